"""The revocation of a decision, and the money that is given back."""

from datetime import date
from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from grants.enums import YEN_MAX
from grants.recovery.enums import Booking, Cause, ReclaimState
from portal.kernel import clock
from portal.kernel.fields import Text
from portal.kernel.models import Record
from portal.kernel.privacy import Privacy

from .applications import Application, person
from .approving import Approval
from .assets import Disposal
from .budget_lines import BudgetLine

PURPOSE = "交付決定を取り消した理由と、返還の経過を残すため"


class Revocation(Record):
    """One drafted 取消し; it counts while its 決裁 is open or signed. `paid_yen`: what had been paid when it was drafted.

    `surcharges`: 加算金 is taken from the day of receipt (適正化法19条1項の例); not where the municipality is not at fault.
    """

    privacy: ClassVar[Privacy] = Privacy(fields=("reason",), retention="5y", purpose=PURPOSE)

    approval = models.OneToOneField(
        Approval, on_delete=models.PROTECT, verbose_name="決裁", related_name="revocation"
    )
    application = models.ForeignKey(
        Application, on_delete=models.PROTECT, verbose_name="申請", related_name="revocations"
    )
    reason = Text("取り消す理由", max_length=1000)
    paid_yen = models.PositiveBigIntegerField("支払済みの額(円)")
    surcharges = models.BooleanField("加算金", default=True)

    class Meta:
        verbose_name = verbose_name_plural = "交付決定の取消し"
        ordering = ["created_at", "id"]
        constraints = [
            models.CheckConstraint(
                name="revocation_says_why",
                condition=~Q(reason=""),
                violation_error_message="取消しには、理由を書いてください。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.application} 取消し"


class Reclaim(Record):
    """One 返還: ordered by 納入通知 until `due_on`, collected by the accountant with what its lateness costs. In yen.

    `surcharge_from`: the first day from which 加算金 counts (of its `tranches`); empty: none. `booked` says whether it went back into the 科目 (戻入,
    inside 出納整理期間) or into the revenue, by its last sum. `repaid_yen`: what its `repayments` brought of `amount_yen` so far.
    `next_due_on`: of a 分割納付, the next day on which something is due. `state` is written by `recovery.workflow.RECLAIM` only.
    """

    privacy: ClassVar[Privacy] = Privacy(
        fields=("ordered_by", "collected_by", "cancelled_by", "ended_by"), retention="5y", purpose=PURPOSE
    )

    application = models.ForeignKey(
        Application, on_delete=models.PROTECT, verbose_name="申請", related_name="reclaims"
    )
    line = models.ForeignKey(
        BudgetLine,
        on_delete=models.PROTECT,
        verbose_name="科目",
        related_name="reclaims",
        null=True,
        blank=True,
    )
    disposal = models.ForeignKey(
        Disposal,
        on_delete=models.PROTECT,
        verbose_name="財産処分",
        related_name="reclaims",
        null=True,
        blank=True,
    )
    cause = models.CharField("原因", max_length=12, choices=Cause)
    amount_yen = models.PositiveBigIntegerField("返還額(円)")
    surcharge_from = models.DateField("加算金を数え始める日", null=True, blank=True)
    due_on = models.DateField("納期限")
    ordered_at = models.DateTimeField("納入通知の日時", default=clock.now)
    ordered_by = person("納入通知をした人")
    repaid_yen = models.PositiveBigIntegerField("納入された返還額(円)", default=0)
    next_due_on = models.DateField("分割納付の次の納期限", null=True, blank=True)
    state = models.CharField("状態", max_length=10, choices=ReclaimState, default=ReclaimState.ORDERED)
    collected_on = models.DateField("納入された日", null=True, blank=True)
    collected_at = models.DateTimeField("納入を記録した日時", null=True, blank=True)
    collected_by = person("納入を記録した人")
    surcharge_yen = models.PositiveBigIntegerField("加算金(円)", default=0)
    arrears_yen = models.PositiveBigIntegerField("延滞金(円)", default=0)
    booked = models.CharField("経理", max_length=8, choices=Booking, blank=True)
    cancelled_at = models.DateTimeField("取りやめた日時", null=True, blank=True)
    cancelled_by = person("取りやめた人")
    ended_at = models.DateTimeField("一部の納入で終わりにした日時", null=True, blank=True)
    ended_by = person("一部の納入で終わりにした人")

    class Meta:
        verbose_name = verbose_name_plural = "返還"
        ordering = ["ordered_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["application", "disposal"],
                condition=Q(state=ReclaimState.ORDERED),
                name="reclaim_one_open",
                nulls_distinct=False,
                violation_error_message="納入を待っている返還が、もうあります。",
            ),
            models.CheckConstraint(
                name="reclaim_disposal_iff_cause",
                condition=Q(cause=Cause.DISPOSAL, disposal__isnull=False)
                | (~Q(cause=Cause.DISPOSAL) & Q(disposal__isnull=True)),
                violation_error_message="財産処分の納付金は、承認した処分について求めます。",
            ),
            models.CheckConstraint(
                name="reclaim_in_range",
                condition=Q(amount_yen__range=(1, YEN_MAX)),
                violation_error_message="返還する額がありません。",
            ),
            models.CheckConstraint(
                name="reclaim_collected_when_repaid",
                condition=Q(repaid_yen__lte=F("amount_yen"))
                & (~Q(state=ReclaimState.COLLECTED) | Q(repaid_yen=F("amount_yen"))),
                violation_error_message="納入された額は返還額までで、納入済みの返還は、そのすべてが納入されています。",
            ),
            models.CheckConstraint(
                name="reclaim_cancelled_before_repaid",
                condition=~Q(state=ReclaimState.CANCELLED) | Q(repaid_yen=0),
                violation_error_message="一部でも納入された返還は、取りやめられません。",
            ),
            models.CheckConstraint(
                name="reclaim_collected_iff_booked",
                condition=Q(
                    state=ReclaimState.COLLECTED, collected_on__isnull=False, collected_at__isnull=False
                )
                & ~Q(booked="")
                | ~Q(state=ReclaimState.COLLECTED)
                & Q(
                    collected_on__isnull=True,
                    collected_at__isnull=True,
                    booked="",
                    surcharge_yen=0,
                    arrears_yen=0,
                ),
                violation_error_message="納入された日と経理は、納入済みの返還だけが持ちます。",
            ),
            models.CheckConstraint(
                name="reclaim_cancelled_iff_stamped",
                condition=Q(state=ReclaimState.CANCELLED, cancelled_at__isnull=False)
                | (~Q(state=ReclaimState.CANCELLED) & Q(cancelled_at__isnull=True)),
                violation_error_message="取りやめた日時は、取りやめた返還だけが持ちます。",
            ),
            models.CheckConstraint(
                name="reclaim_ended_iff_stamped",
                condition=Q(state=ReclaimState.ENDED, ended_at__isnull=False, cause=Cause.SETTLEMENT)
                | (~Q(state=ReclaimState.ENDED) & Q(ended_at__isnull=True)),
                violation_error_message="一部の納入で終わりにした日時は、額の確定による返還で、終わりにしたものだけが持ちます。",
            ),
        ]
        indexes = [
            models.Index(fields=["due_on"], name="reclaim_open", condition=Q(state=ReclaimState.ORDERED))
        ]

    def __str__(self) -> str:
        return f"{self.application} 返還"

    def get_absolute_url(self) -> str:
        return reverse("grants:reclaim_detail", args=[self.pk])

    def get_cancel_url(self) -> str:
        return reverse("grants:reclaim_cancel", args=[self.pk])

    def get_instalments_url(self) -> str:
        return reverse("grants:reclaim_instalments", args=[self.pk])

    @property
    def is_open(self) -> bool:
        return self.state == ReclaimState.ORDERED

    def is_overdue(self, today: date) -> bool:
        """Whether its 納期限, under a 分割納付 that of the next instalment, has passed unpaid."""
        return self.is_open and today > self.expected_on

    @property
    def expected_on(self) -> date:
        """Until when something is to come in next."""
        return self.next_due_on or self.due_on

    @property
    def left_yen(self) -> int:
        """What is still open of `amount_yen`."""
        return self.amount_yen - self.repaid_yen

    @property
    def total_yen(self) -> int:
        """What came in, or must come in without 加算金 and 延滞金 while it is open."""
        return self.amount_yen + self.surcharge_yen + self.arrears_yen
