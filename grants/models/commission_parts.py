"""出来形 of a terminated contract of menu ④: the part of the work that is accepted, and what is paid for it."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from grants.contracts.enums import PART_INSPECTED, PartState
from grants.enums import YEN_MAX
from portal.kernel.fields import Text
from portal.kernel.models import Record
from portal.kernel.privacy import Privacy

from .applications import person
from .commission_contracts import PURPOSE, Contract


class PartialWork(Record):
    """What was done when a contract was terminated. `state` is written by `contracts.workflow.PART` only.

    `percent` is the part of the whole work that the 出来形検査 accepts; `amount_yen` that part of the price with tax, cut off
    to whole yen. `inspections` counts them: each has a 検査調書 of its own. Who inspected is never who decides that it is paid. Its charge stays until it is decided or given up.
    A decision is taken back as long as no payment is ordered: its stamps go with it, the charge stays at its sum until the next one.
    """

    privacy: ClassVar[Privacy] = Privacy(
        fields=("inspected_by", "decided_by", "invoiced_by", "findings"), retention="5y", purpose=PURPOSE
    )

    contract = models.OneToOneField(
        Contract, on_delete=models.PROTECT, verbose_name="契約", related_name="part"
    )
    state = models.CharField("状態", max_length=10, choices=PartState, default=PartState.WAITING)
    inspections = models.PositiveSmallIntegerField("検査の回数", default=0)
    inspected_on = models.DateField("検査日", null=True, blank=True)
    inspected_at = models.DateTimeField("検査を記録した日時", null=True, blank=True)
    inspected_by = person("検査した人")
    percent = models.PositiveSmallIntegerField("出来形の割合(%)", null=True, blank=True)
    amount_yen = models.PositiveBigIntegerField("出来形の額(円・税込)", null=True, blank=True)
    findings = Text("検査の所見", max_length=1000, blank=True)
    decided_at = models.DateTimeField("認めた日時", null=True, blank=True)
    decided_by = person("認めた人")
    invoiced_at = models.DateTimeField("請求の日時", null=True, blank=True)
    invoiced_by = person("請求した人")
    paid_at = models.DateTimeField("支払いを記録した日時", null=True, blank=True)
    dropped_at = models.DateTimeField("支払わないことにした日時", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "契約の出来形"
        constraints = [
            models.CheckConstraint(
                name="partialwork_inspected_whole",
                condition=Q(
                    state__in=PART_INSPECTED, inspected_on__isnull=False, inspected_at__isnull=False,
                    inspected_by__isnull=False, percent__range=(1, 100), amount_yen__range=(1, YEN_MAX),
                )
                | (~Q(state__in=PART_INSPECTED) & Q(inspected_on__isnull=True, amount_yen__isnull=True)),
                violation_error_message="出来形の検査には、検査日、検査した人、割合と額が要ります。",
            ),
            models.CheckConstraint(
                name="partialwork_decided_by_another",
                condition=Q(
                    state__in=[PartState.DECIDED, PartState.INVOICED, PartState.PAID], decided_at__isnull=False,
                    decided_by__isnull=False,
                )
                & ~Q(decided_by=F("inspected_by"))
                | ~Q(state__in=[PartState.DECIDED, PartState.INVOICED, PartState.PAID])
                & Q(decided_at__isnull=True),
                violation_error_message="出来形は、検査した人とはべつの人が認めます。",
            ),
            models.CheckConstraint(
                name="partialwork_ends_iff_stamped",
                condition=Q(state=PartState.PAID, paid_at__isnull=False, dropped_at__isnull=True)
                | Q(state=PartState.DROPPED, paid_at__isnull=True, dropped_at__isnull=False)
                | (
                    ~Q(state__in=[PartState.PAID, PartState.DROPPED])
                    & Q(paid_at__isnull=True, dropped_at__isnull=True)
                ),
                violation_error_message="終わった日時は、支払ったか、支払わないことにした出来形だけが持ちます。",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.contract} 出来形"

    def amount_of(self, percent: int) -> int:
        """That part of the price with tax, in whole yen, cut off."""
        return (self.contract.price_yen or 0) * percent // 100
