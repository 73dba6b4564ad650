"""What a government pays: to whom, for which case, how much of it is withheld, and when it was paid."""

import re
import unicodedata
from datetime import date
from typing import ClassVar
from uuid import UUID

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from grants.calculations.payments import last_bank_day
from grants.enums import YEN_MAX
from grants.payments.enums import PaymentKind, PaymentState
from portal.kernel.fields import Line
from portal.kernel.fiscal import FiscalYear
from portal.kernel.models import Record
from portal.kernel.privacy import Privacy

from .applications import person
from .budget_lines import BudgetLine

REFERENCE = 10  # digits of a 照合番号


class Payment(Record):
    """One payment of one case, whatever its table: `case_type` is "app.model", `slot` names what of the case is paid.

    gross = withheld + net, in yen. `line` is the 科目 that its case is charged to; `order_number` that of the 財務会計 system. `fiscal_year` is the year that owes it; `charged_year` the one whose budget paid: the
    same, or later for a 過年度支出. `carried`: its budget was carried over and pays a year longer. `state` is written by `payments.workflow.PAYMENT` only.
    """

    privacy: ClassVar[Privacy] = Privacy(
        fields=("payee", "payee_user", "ordered_by", "paid_by", "cancelled_by"),
        retention="5y",
        purpose="謝金などを支払い、源泉徴収と支払いの結果を記録するため",
    )

    authority = models.ForeignKey(
        "areas.Authority", on_delete=models.PROTECT, verbose_name="団体", related_name="+"
    )
    case_type = models.CharField("案件の種類", max_length=60)
    case_id = models.UUIDField("案件")
    slot = models.CharField("案件の中の支払い", max_length=60)
    title = Line("件名", max_length=160)
    kind = models.CharField("種類", max_length=10, choices=PaymentKind)
    line = models.ForeignKey(
        BudgetLine,
        on_delete=models.PROTECT,
        verbose_name="科目",
        related_name="payments",
        null=True,
        blank=True,
    )
    order_number = Line("支出命令番号", max_length=40, blank=True)
    payee = Line("支払先", max_length=80)
    payee_user = person("支払先の利用者")
    gross_yen = models.PositiveBigIntegerField("支払額(円)")
    withheld_yen = models.PositiveBigIntegerField("源泉徴収額(円)", default=0)
    net_yen = models.PositiveBigIntegerField("差引支払額(円)")
    fiscal_year = models.PositiveSmallIntegerField("年度")
    charged_year = models.PositiveSmallIntegerField("支出した年度", null=True, blank=True)
    carried = models.BooleanField("繰越し", default=False)
    state = models.CharField("状態", max_length=10, choices=PaymentState, default=PaymentState.ORDERED)
    ordered_on = models.DateField("支出命令の日")
    ordered_by = person("支出命令をした人")
    paid_on = models.DateField("支払日", null=True, blank=True)
    paid_at = models.DateTimeField("支払いを記録した日時", null=True, blank=True)
    paid_by = person("支払いを記録した人")
    cancelled_at = models.DateTimeField("取り消した日時", null=True, blank=True)
    cancelled_by = person("取り消した人")

    class Meta:
        verbose_name = verbose_name_plural = "支払い"
        constraints = [
            models.UniqueConstraint(
                fields=["case_type", "case_id", "slot"],
                condition=~Q(state=PaymentState.CANCELLED),
                name="payment_slot_once",
                violation_error_message="この支払いは、もう支出命令を出しています。",
            ),
            models.CheckConstraint(
                name="payment_sums_agree",
                condition=Q(gross_yen=F("withheld_yen") + F("net_yen")) & Q(gross_yen__range=(1, YEN_MAX)),
                violation_error_message="支払額は、源泉徴収額と差引支払額の合計です。",
            ),
            models.CheckConstraint(
                name="payment_withheld_from_fees",
                condition=Q(kind=PaymentKind.FEE) | Q(withheld_yen=0),
                violation_error_message="源泉徴収をするのは、謝金だけです。",
            ),
            models.CheckConstraint(
                name="payment_paid_iff_dated",
                condition=Q(
                    state=PaymentState.PAID,
                    paid_on__isnull=False,
                    paid_at__isnull=False,
                    paid_on__gte=F("ordered_on"),
                    charged_year__gte=F("fiscal_year"),
                )
                | Q(
                    ~Q(state=PaymentState.PAID),
                    paid_on__isnull=True,
                    paid_at__isnull=True,
                    charged_year__isnull=True,
                ),
                violation_error_message="支払日と支出した年度は、支払い済みのものだけが持ちます。",
            ),
            models.CheckConstraint(
                name="payment_cancelled_iff_stamped",
                condition=Q(state=PaymentState.CANCELLED, cancelled_at__isnull=False)
                | (~Q(state=PaymentState.CANCELLED) & Q(cancelled_at__isnull=True)),
                violation_error_message="取り消した日時は、取り消した支払いだけが持ちます。",
            ),
        ]
        indexes = [
            models.Index(fields=["authority", "ordered_on", "id"], name="payment_of_authority"),
            models.Index(fields=["case_type", "case_id"], name="payment_of_case"),
        ]

    def __str__(self) -> str:
        return f"{self.title} {self.get_kind_display()}"

    def get_absolute_url(self) -> str:
        return reverse("grants:payment_detail", args=[self.pk])

    def get_cancel_url(self) -> str:
        return reverse("grants:payment_cancel", args=[self.pk])

    @property
    def reference(self) -> str:
        """照合番号: what the 財務会計 system keeps beside its own number, so that its files can be matched."""
        return f"P{self.pk.hex[:REFERENCE].upper()}"

    @staticmethod
    def span(reference: str) -> tuple[UUID, UUID] | None:
        """The ids that a typed 照合番号 may mean, first and last; None when it is none."""
        text = unicodedata.normalize("NFKC", reference).strip().upper().removeprefix("P")
        if not re.fullmatch(rf"[0-9A-F]{{{REFERENCE}}}", text):
            return None
        rest = 32 - REFERENCE
        return UUID(text + "0" * rest), UUID(text + "F" * rest)

    @property
    def is_open(self) -> bool:
        return self.state == PaymentState.ORDERED

    @property
    def is_past_year(self) -> bool:
        """Whether it was paid as 過年度支出."""
        return self.charged_year is not None and self.charged_year > self.fiscal_year

    @property
    def last_on(self) -> date:
        """The last day on which its budget can pay: that of its year, of the following one when it is carried over."""
        return last_bank_day(self.fiscal_year + int(self.carried))

    @property
    def year_label(self) -> str:
        return FiscalYear(self.fiscal_year).label

    @property
    def charged_label(self) -> str:
        return FiscalYear(self.charged_year).label if self.charged_year else ""
