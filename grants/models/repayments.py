"""When a 返還 had been received, what came in of it, sum by sum, and the days on which the rest was agreed to come in (分割納付)."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from grants.calculations.recovery import Part
from grants.enums import YEN_MAX
from grants.recovery.enums import Booking
from portal.kernel import clock
from portal.kernel.fields import Line, Text
from portal.kernel.models import Record
from portal.kernel.privacy import Privacy

from .applications import person
from .recovery import PURPOSE, Reclaim


class ReclaimTranche(Record):
    """How much of a 返還 counts as received on which day: the base of its 加算金 (適正化法施行令10条1項). In yen."""

    reclaim = models.ForeignKey(
        Reclaim, on_delete=models.CASCADE, verbose_name="返還", related_name="tranches"
    )
    received_on = models.DateField("受領した日")
    amount_yen = models.PositiveBigIntegerField("そのうち返還する額(円)")

    class Meta:
        verbose_name = verbose_name_plural = "返還する額の受領の内訳"
        ordering = ["received_on"]
        constraints = [
            models.UniqueConstraint(
                fields=["reclaim", "received_on"],
                name="reclaimtranche_day_once",
                violation_error_message="同じ受領の日が、もうあります。",
            ),
            models.CheckConstraint(
                name="reclaimtranche_in_range",
                condition=Q(amount_yen__range=(1, YEN_MAX)),
                violation_error_message="受領の内訳の額は、1円からです。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.received_on} {self.amount_yen}"


class Repayment(Record):
    """One sum of a 返還, entered by the accountant, and where it went (`calculations.recovery.allot`). In yen.

    `booked`: 戻入 or 歳入 of the principal, by the day of this sum; 加算金 and 延滞金 are revenue whenever they come.
    """

    privacy: ClassVar[Privacy] = Privacy(fields=("entered_by",), retention="5y", purpose=PURPOSE)

    reclaim = models.ForeignKey(
        Reclaim, on_delete=models.PROTECT, verbose_name="返還", related_name="repayments"
    )
    collected_on = models.DateField("納入された日")
    amount_yen = models.PositiveBigIntegerField("納入された額(円)")
    principal_yen = models.PositiveBigIntegerField("うち返還額(円)")
    surcharge_yen = models.PositiveBigIntegerField("うち加算金(円)", default=0)
    arrears_yen = models.PositiveBigIntegerField("うち延滞金(円)", default=0)
    booked = models.CharField("経理", max_length=8, choices=Booking)
    entered_at = models.DateTimeField("記録した日時", default=clock.now)
    entered_by = person("記録した人")

    class Meta:
        verbose_name = verbose_name_plural = "返還の納入"
        ordering = ["collected_on", "entered_at", "id"]
        constraints = [
            models.CheckConstraint(
                name="repayment_sums_agree",
                condition=Q(amount_yen=F("principal_yen") + F("surcharge_yen") + F("arrears_yen")),
                violation_error_message="納入された額は、返還額・加算金・延滞金の合計です。",
            ),
            models.CheckConstraint(
                name="repayment_in_range",
                condition=Q(amount_yen__range=(1, YEN_MAX)),
                violation_error_message="納入された額は、1円からです。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.collected_on} {self.amount_yen}"

    @property
    def part(self) -> Part:
        """As the arithmetic takes it."""
        return Part(
            on=self.collected_on, principal_yen=self.principal_yen, surcharge_yen=self.surcharge_yen,
            arrears_yen=self.arrears_yen,
        )  # fmt: skip


class InstalmentPlan(Record):
    """That the rest of a 返還 may come in on several days, and why; a later plan replaces it. `own_number`: of the 決裁."""

    privacy: ClassVar[Privacy] = Privacy(fields=("reason", "agreed_by"), retention="5y", purpose=PURPOSE)

    reclaim = models.ForeignKey(
        Reclaim, on_delete=models.PROTECT, verbose_name="返還", related_name="instalment_plans"
    )
    reason = Text("分割納付を認める理由", max_length=1000)
    own_number = Line("決裁の文書番号", max_length=40, blank=True)
    agreed_at = models.DateTimeField("認めた日時", default=clock.now)
    agreed_by = person("認めた人")
    replaced_at = models.DateTimeField("改めた日時", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "分割納付"
        ordering = ["agreed_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["reclaim"],
                condition=Q(replaced_at__isnull=True),
                name="instalmentplan_one_live",
                violation_error_message="分割納付が、もう認められています。",
            ),
            models.CheckConstraint(
                name="instalmentplan_says_why",
                condition=~Q(reason=""),
                violation_error_message="分割納付を認めるには、理由を書いてください。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.reclaim} 分割納付"


class Instalment(Record):
    """One day of a 分割納付 and how much of the principal is due on it, in yen."""

    plan = models.ForeignKey(
        InstalmentPlan, on_delete=models.CASCADE, verbose_name="分割納付", related_name="instalments"
    )
    due_on = models.DateField("納期限")
    amount_yen = models.PositiveBigIntegerField("納める額(円)")

    class Meta:
        verbose_name = verbose_name_plural = "分割納付の回"
        ordering = ["due_on"]
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "due_on"],
                name="instalment_day_once",
                violation_error_message="同じ納期限が、もうあります。",
            ),
            models.CheckConstraint(
                name="instalment_in_range",
                condition=Q(amount_yen__range=(1, YEN_MAX)),
                violation_error_message="分割納付の額は、1円からです。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.due_on} {self.amount_yen}"
