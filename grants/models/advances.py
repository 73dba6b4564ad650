"""概算払: what a municipality asks to receive before its project is settled, and for which months."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from grants.advances.enums import AdvanceState
from grants.enums import YEN_MAX
from portal.kernel import clock
from portal.kernel.fields import Line, Text
from portal.kernel.models import Record
from portal.kernel.privacy import Privacy

from .applications import Application, person
from .approving import Approval

ENDED = (AdvanceState.DECLINED, AdvanceState.TAKEN_BACK)


class Advance(Record):
    """The `number`th 概算払 of a decided file, in yen. Asked for by the chief, granted by a 決裁, paid by a payment of its own.

    `approval` is its newest 決裁. `state` is written by `advances.workflow.ADVANCE` only.
    """

    privacy: ClassVar[Privacy] = Privacy(
        fields=("reason", "requested_by", "declined_by", "taken_back_by"),
        retention="5y",
        purpose="補助金の概算払の請求を受け付け、支払うため",
    )

    application = models.ForeignKey(
        Application, on_delete=models.PROTECT, verbose_name="申請", related_name="advances"
    )
    number = models.PositiveSmallIntegerField("何回目の概算払か")
    amount_yen = models.PositiveBigIntegerField("概算払の額(円)")
    reason = Text("概算払が要る理由", max_length=1000)
    own_number = Line("文書番号", max_length=40, blank=True)
    state = models.CharField("状態", max_length=10, choices=AdvanceState, default=AdvanceState.REQUESTED)
    requested_at = models.DateTimeField("請求した日時", default=clock.now)
    requested_by = person("請求した人")
    approval = models.OneToOneField(
        Approval, on_delete=models.PROTECT, verbose_name="決裁", related_name="advance", null=True, blank=True
    )
    granted_at = models.DateTimeField("認めた日時", null=True, blank=True)
    declined_at = models.DateTimeField("行わないことにした日時", null=True, blank=True)
    declined_by = person("行わないことにした人")
    taken_back_at = models.DateTimeField("取り下げた日時", null=True, blank=True)
    taken_back_by = person("取り下げた人")

    class Meta:
        verbose_name = verbose_name_plural = "概算払"
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(
                fields=["application", "number"],
                name="advance_number_once",
                violation_error_message="同じ回の概算払が、もうあります。",
            ),
            models.UniqueConstraint(
                fields=["application"],
                condition=Q(state=AdvanceState.REQUESTED),
                name="advance_one_requested",
                violation_error_message="まだ結果の出ていない概算払の請求があります。",
            ),
            models.CheckConstraint(
                name="advance_says_how_much_and_why",
                condition=Q(amount_yen__range=(1, YEN_MAX)) & ~Q(reason=""),
                violation_error_message="概算払には、額と理由が要ります。",
            ),
            models.CheckConstraint(
                name="advance_granted_iff_stamped",
                condition=Q(state=AdvanceState.REQUESTED, granted_at__isnull=True)
                | Q(state=AdvanceState.GRANTED, granted_at__isnull=False, approval__isnull=False)
                | Q(state__in=ENDED),
                violation_error_message="認めた日時は、決裁が済んだ概算払が持ちます。",
            ),
            models.CheckConstraint(
                name="advance_ended_iff_stamped",
                condition=Q(
                    state=AdvanceState.DECLINED, declined_at__isnull=False, taken_back_at__isnull=True
                )
                | Q(state=AdvanceState.TAKEN_BACK, taken_back_at__isnull=False, declined_at__isnull=True)
                | (~Q(state__in=ENDED) & Q(declined_at__isnull=True, taken_back_at__isnull=True)),
                violation_error_message="終わった日時は、行わないことにしたか取り下げた概算払だけが持ちます。",
            ),
        ]

    def __str__(self) -> str:
        return f"第{self.number}回の概算払"

    @property
    def slot(self) -> str:
        """By which its payment is known."""
        return f"advance:{self.pk}"


class AdvanceMonth(Record):
    """One month of a 資金計画: how much of the advance is spent in it. `month` is its first day."""

    advance = models.ForeignKey(
        Advance, on_delete=models.CASCADE, verbose_name="概算払", related_name="months"
    )
    month = models.DateField("月")
    amount_yen = models.PositiveBigIntegerField("支出の予定額(円)")

    class Meta:
        verbose_name = verbose_name_plural = "資金計画の月"
        ordering = ["month"]
        constraints = [
            models.UniqueConstraint(
                fields=["advance", "month"],
                name="advancemonth_once",
                violation_error_message="同じ月が、もうあります。",
            ),
            models.CheckConstraint(
                name="advancemonth_in_range",
                condition=Q(amount_yen__range=(1, YEN_MAX), month__day=1),
                violation_error_message="資金計画は、月の初日と、1円からの額で持ちます。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.month:%Y-%m} {self.amount_yen}"
