"""Inspection of a result, the amount that is settled upon it, and the municipality's invoice."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from grants.enums import YEN_MAX
from portal.kernel import clock
from portal.kernel.fields import Line, Text
from portal.kernel.models import Record
from portal.kernel.privacy import Privacy

from .applications import Application, person
from .approving import Approval

PURPOSE = "補助事業の実績を確かめ、補助金の額を確定して支払うため"


class Inspection(Record):
    """検査調書: what an officer found of the `number`th report. `answers`: the points as they were asked, with verdict and note.

    `disallowed_yen` is taken from the eligible costs of the 決算, with its reason; `base_yen` is what is left, in yen.
    """

    privacy: ClassVar[Privacy] = Privacy(
        fields=("inspected_by", "findings", "disallowed_reason"), retention="5y", purpose=PURPOSE
    )

    application = models.ForeignKey(
        Application, on_delete=models.PROTECT, verbose_name="申請", related_name="inspections"
    )
    number = models.PositiveSmallIntegerField("何回目の報告か")
    inspected_on = models.DateField("検査した日")
    method = Line("検査の方法と場所", max_length=120)
    answers = models.JSONField("検査の項目の判定", default=list)
    findings = Text("検査の所見", max_length=1000, blank=True)
    disallowed_yen = models.PositiveBigIntegerField("対象外と認めた額(円)", default=0)
    disallowed_reason = Text("対象外と認めた理由", max_length=1000, blank=True)
    base_yen = models.PositiveBigIntegerField("認めた補助対象経費(円)")
    inspected_by = person("検査した人")

    class Meta:
        verbose_name = verbose_name_plural = "検査調書"
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(
                fields=["application", "number"],
                name="inspection_once_a_report",
                violation_error_message="この報告は、もう検査が済んでいます。",
            ),
            models.CheckConstraint(
                name="inspection_disallowed_says_why",
                condition=Q(disallowed_yen=0, disallowed_reason="")
                | (Q(disallowed_yen__gt=0) & ~Q(disallowed_reason="")),
                violation_error_message="対象外と認めた額には、その理由を書いてください。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.application} 検査調書"


class Settlement(Record):
    """One drafted 額の確定; it counts while its 決裁 is open or signed. Whole yen: min(decided, share of the base, claimed)."""

    approval = models.OneToOneField(
        Approval, on_delete=models.PROTECT, verbose_name="決裁", related_name="settlement"
    )
    application = models.ForeignKey(
        Application, on_delete=models.PROTECT, verbose_name="申請", related_name="settlements"
    )
    inspection = models.ForeignKey(
        Inspection, on_delete=models.PROTECT, verbose_name="検査調書", related_name="settlements"
    )
    decided_yen = models.PositiveBigIntegerField("交付決定額(円)")
    amount_yen = models.PositiveBigIntegerField("確定額(円)")

    class Meta:
        verbose_name = verbose_name_plural = "額の確定"
        ordering = ["created_at", "id"]
        constraints = [
            models.CheckConstraint(
                name="settlement_within_decided",
                condition=Q(amount_yen__lte=F("decided_yen")),
                violation_error_message="確定額は、交付決定額までです。",
            ),
        ]

    def __str__(self) -> str:
        return f"額の確定 {self.amount_yen}"


class Invoice(Record):
    """請求書 of the municipality for what is still to be paid of a settled file, in yen."""

    privacy: ClassVar[Privacy] = Privacy(fields=("filed_by",), retention="5y", purpose=PURPOSE)

    application = models.ForeignKey(
        Application, on_delete=models.PROTECT, verbose_name="申請", related_name="invoices"
    )
    amount_yen = models.PositiveBigIntegerField("請求額(円)")
    own_number = Line("文書番号", max_length=40, blank=True)
    filed_at = models.DateTimeField("請求した日時", default=clock.now)
    filed_by = person("請求した人")

    class Meta:
        verbose_name = verbose_name_plural = "請求書"
        ordering = ["filed_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["application"],
                name="invoice_one_a_file",
                violation_error_message="この申請の請求書は、もう出しています。",
            ),
            models.CheckConstraint(
                name="invoice_in_range",
                condition=Q(amount_yen__gt=0, amount_yen__lte=YEN_MAX),
                violation_error_message="請求する額がありません。",
            ),
        ]

    def __str__(self) -> str:
        return f"請求書 {self.amount_yen}"
