"""A batch: the same done with many files, one after the other in the order of the list, each by the rules of its own page."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from grants.enums import YEN_MAX
from grants.enums.approving import BatchOutcome, BatchWay, Matter
from portal.kernel.fields import Line, Text
from portal.kernel.models import Record
from portal.kernel.privacy import Privacy

from .applications import person
from .approving import PURPOSE
from .one_of import one_of

RECORDED = Q(paper__isnull=False, decided_on__isnull=False, effective_on__isnull=False) & ~(
    Q(record_number="") | Q(approver_title="") | Q(approver_name="")
)
UNRECORDED = Q(
    paper__isnull=True, decided_on__isnull=True, effective_on__isnull=True, record_number="", approver_title="",
    approver_name="",
)  # fmt: skip
DONE = {
    Matter.DECISION: "決定しました", Matter.REJECTION: "不交付を決定しました", Matter.SETTLEMENT: "確定しました",
}  # fmt: skip


class LetterBatch(Record):
    """What is done with all files of the batch (`way`), and what is common to them.

    RECORD: what the office's own 決裁 says of all of them; numbers that are typed get a 枝番 from the second file on.
    DRAFT: they are drafted. SIGN: the next step of each is signed by who asked. NOTICE: 内示 of a 要望調査 (no matter).
    `reason`: 不交付の理由, or the note of the 内示; `memo`: 伺い.
    """

    privacy: ClassVar[Privacy] = Privacy(
        fields=("asked_by", "approver_name", "reason", "memo"), retention="5y", purpose=PURPOSE
    )

    menu = models.ForeignKey(
        "grants.Menu", on_delete=models.PROTECT, verbose_name="メニュー", related_name="letter_batches"
    )
    asked_by = person("頼んだ人")
    way = models.CharField("すること", max_length=8, choices=BatchWay, default=BatchWay.RECORD)
    matter = models.CharField(
        "決裁の内容", max_length=12, choices=Matter, default=Matter.DECISION, blank=True
    )
    line = models.ForeignKey(
        "grants.BudgetLine",
        on_delete=models.PROTECT,
        verbose_name="科目",
        related_name="+",
        null=True,
        blank=True,
    )
    reason = Text("理由", max_length=1000, blank=True)
    memo = Text("伺い", max_length=1000, blank=True)
    record_number = Line("起案番号", max_length=40, blank=True)
    decided_on = models.DateField("決裁日", null=True, blank=True)
    approver_title = Line("決裁権者の職", max_length=60, blank=True)
    approver_name = Line("決裁権者の氏名", max_length=60, blank=True)
    paper = models.OneToOneField(
        "kernel.StoredFile",
        on_delete=models.PROTECT,
        verbose_name="決裁済みの文書",
        related_name="+",
        null=True,
        blank=True,
    )
    effective_on = models.DateField("施行日", null=True, blank=True)
    document_number = Line("文書番号", max_length=50, blank=True)
    commitment_number = Line("支出負担行為の番号", max_length=30, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "一括の手続き"
        ordering = ["-created_at", "-id"]
        constraints = [
            models.CheckConstraint(
                name="letterbatch_dates_in_order",
                condition=Q(effective_on__isnull=True) | Q(effective_on__gte=F("decided_on")),
                violation_error_message="施行日は、決裁日と同じ日か、それより後にしてください。",
            ),
            models.CheckConstraint(
                name="letterbatch_evidenced_iff_recorded",
                condition=(Q(way=BatchWay.RECORD) & RECORDED) | (~Q(way=BatchWay.RECORD) & UNRECORDED),
                violation_error_message="起案番号・決裁権者・決裁済みの文書は、庁内の決裁を記録するものだけが持ちます。",
            ),
            models.CheckConstraint(
                name="letterbatch_matter_unless_notice",
                condition=Q(way=BatchWay.NOTICE, matter="") | (~Q(way=BatchWay.NOTICE) & ~Q(matter="")),
                violation_error_message="内示のほかは、決裁の内容を持ちます。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.heading} {self.record_number}".strip()

    def get_absolute_url(self) -> str:
        return reverse("grants:letter_batch", args=[self.pk])

    @property
    def job_key(self) -> str:
        return f"letters:{self.pk}"

    @property
    def heading(self) -> str:
        """「交付決定の記録」, 「額の確定の起案」, 「内示」."""
        if self.way == BatchWay.NOTICE:
            return str(BatchWay.NOTICE.label)
        return f"{self.get_matter_display()}の{'記録' if self.way == BatchWay.RECORD else self.get_way_display()}"

    @property
    def done_words(self) -> str:
        """What is said of a file that went through."""
        if self.way == BatchWay.RECORD:
            return DONE[Matter(self.matter)]
        return f"{self.get_way_display()}しました"


class BatchItem(Record):
    """One file of a batch, in its place. Refused ones say why and take no number.

    `approval`: the 決裁 that was open when asked; no later draft is signed or recorded in its place. `step`: the place of the
    signature that was next then. `answer` and `amount_yen`: the 内示 of one municipality, upon its answer of `answered_at`.
    """

    batch = models.ForeignKey(
        LetterBatch, on_delete=models.PROTECT, verbose_name="一括", related_name="items"
    )
    application = models.ForeignKey(
        "grants.Application", on_delete=models.PROTECT, verbose_name="申請", related_name="+", null=True, blank=True
    )  # fmt: skip
    answer = models.ForeignKey(
        "grants.NeedsAnswer", on_delete=models.PROTECT, verbose_name="回答", related_name="+", null=True, blank=True
    )  # fmt: skip
    approval = models.ForeignKey(
        "grants.Approval", on_delete=models.PROTECT, verbose_name="決裁", related_name="+", null=True, blank=True
    )  # fmt: skip
    answered_at = models.DateTimeField("選んだときの回答日時", null=True, blank=True)
    amount_yen = models.PositiveBigIntegerField("内示額(円)", null=True, blank=True)
    step = models.PositiveSmallIntegerField("押す順", null=True, blank=True)
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
            models.UniqueConstraint(
                fields=["batch", "answer"],
                name="batchitem_answer_once",
                violation_error_message="同じ市町村の回答が、もう入っています。",
            ),
            models.CheckConstraint(
                name="batchitem_one_target",
                condition=one_of(("application", "answer")),
                violation_error_message="一括の1件は、申請か要望の回答の、どちらか一つです。",
            ),
            models.CheckConstraint(
                name="batchitem_amount_iff_notice",
                condition=Q(answer__isnull=True, amount_yen__isnull=True)
                | Q(answer__isnull=False, amount_yen__isnull=False, amount_yen__lte=YEN_MAX),
                violation_error_message="内示額は、要望の回答だけが持ちます。",
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
