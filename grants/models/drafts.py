"""What someone typed into a draft of ①, ② or ④ that another had saved meanwhile."""

from typing import ClassVar

from django.conf import settings
from django.db import models

from grants.enums import Place
from portal.kernel import clock
from portal.kernel.models import Record
from portal.kernel.privacy import Privacy

from .one_of import one_of

DRAFTS = ("dispatch", "workshop", "theme", "proposal")


class DraftTyped(Record):
    """Kept until its writer has saved it or says that it is settled. `part`: the section, or the draft itself."""

    privacy: ClassVar[Privacy] = Privacy(
        fields=("typed_by", "sent"), retention="1y", purpose="同時に編集した内容をなくさないため"
    )

    dispatch = models.ForeignKey(
        "grants.Dispatch",
        on_delete=models.CASCADE,
        verbose_name="派遣",
        related_name="+",
        null=True,
        blank=True,
    )
    workshop = models.ForeignKey(
        "grants.Workshop", on_delete=models.CASCADE, verbose_name="ワークショップ", related_name="+", null=True, blank=True
    )  # fmt: skip
    theme = models.ForeignKey(
        "grants.CommissionTheme", on_delete=models.CASCADE, verbose_name="テーマ", related_name="+", null=True, blank=True
    )  # fmt: skip
    proposal = models.ForeignKey(
        "grants.Proposal", on_delete=models.CASCADE, verbose_name="企画提案", related_name="+", null=True, blank=True
    )  # fmt: skip
    part = models.CharField("ところ", max_length=12, choices=Place)
    based_on = models.PositiveIntegerField("もとの版")
    sent = models.JSONField("入力した内容", default=dict)
    typed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, verbose_name="入力した人", related_name="+"
    )
    typed_at = models.DateTimeField("入力日時", default=clock.now)

    class Meta:
        verbose_name = verbose_name_plural = "下書きの取り置いた入力"
        constraints = [
            models.CheckConstraint(
                name="drafttyped_of_one_draft",
                condition=one_of(DRAFTS),
                violation_error_message="取り置いた入力は、一つの下書きのものです。",
            ),
            models.UniqueConstraint(
                fields=[*DRAFTS, "part", "typed_by"],
                name="drafttyped_one_a_person",
                nulls_distinct=False,
                violation_error_message="取り置いた入力は、一人に一つです。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_part_display()} {self.based_on}"
