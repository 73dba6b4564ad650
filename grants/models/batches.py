"""A batch of letters: many files decided by one 決裁 of the office, one letter after the other in the order of the list."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from grants.enums.approving import BatchOutcome
from portal.kernel.fields import Line, Text
from portal.kernel.models import Record
from portal.kernel.privacy import Privacy

from .applications import person
from .approving import PURPOSE


class LetterBatch(Record):
    """What the office's own 決裁 says of all files of the batch. Numbers that are typed get a 枝番 from the second file on."""

    privacy: ClassVar[Privacy] = Privacy(
        fields=("asked_by", "approver_name"), retention="5y", purpose=PURPOSE
    )

    menu = models.ForeignKey(
        "grants.Menu", on_delete=models.PROTECT, verbose_name="メニュー", related_name="letter_batches"
    )
    asked_by = person("頼んだ人")
    line = models.ForeignKey(
        "grants.BudgetLine",
        on_delete=models.PROTECT,
        verbose_name="科目",
        related_name="+",
        null=True,
        blank=True,
    )
    record_number = Line("起案番号", max_length=40)
    decided_on = models.DateField("決裁日")
    approver_title = Line("決裁権者の職", max_length=60)
    approver_name = Line("決裁権者の氏名", max_length=60)
    paper = models.OneToOneField(
        "kernel.StoredFile", on_delete=models.PROTECT, verbose_name="決裁済みの文書", related_name="+"
    )
    effective_on = models.DateField("施行日")
    document_number = Line("文書番号", max_length=50, blank=True)
    commitment_number = Line("支出負担行為の番号", max_length=30, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "通知書の一括"
        ordering = ["-created_at", "-id"]
        constraints = [
            models.CheckConstraint(
                name="letterbatch_dates_in_order",
                condition=Q(effective_on__gte=F("decided_on")),
                violation_error_message="施行日は、決裁日と同じ日か、それより後にしてください。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.record_number} {self.effective_on}"

    def get_absolute_url(self) -> str:
        return reverse("grants:letter_batch", args=[self.pk])

    @property
    def job_key(self) -> str:
        return f"letters:{self.pk}"


class BatchItem(Record):
    """One file of a batch, in its place. Refused ones say why and take no number."""

    batch = models.ForeignKey(
        LetterBatch, on_delete=models.PROTECT, verbose_name="一括", related_name="items"
    )
    application = models.ForeignKey(
        "grants.Application", on_delete=models.PROTECT, verbose_name="申請", related_name="+"
    )
    position = models.PositiveSmallIntegerField("順")
    outcome = models.CharField("結果", max_length=8, choices=BatchOutcome, default=BatchOutcome.WAITING)
    message = Text("できなかった理由", max_length=1000, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "一括の申請"
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(
                fields=["batch", "position"],
                name="batchitem_position_once",
                violation_error_message="同じ順の申請が、もうあります。",
            ),
            models.UniqueConstraint(
                fields=["batch", "application"],
                name="batchitem_file_once",
                violation_error_message="同じ申請が、もう入っています。",
            ),
            models.CheckConstraint(
                name="batchitem_refused_says_why",
                condition=(Q(outcome=BatchOutcome.REFUSED) & ~Q(message=""))
                | (~Q(outcome=BatchOutcome.REFUSED) & Q(message="")),
                violation_error_message="できなかったものだけが、理由を持ちます。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.position} {self.get_outcome_display()}"
