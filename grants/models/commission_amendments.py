"""変更契約 of menu ④: what the contractor asks to do otherwise than signed, and what became of it."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from grants.contracts.enums import AmendmentState
from grants.enums import YEN_MAX
from portal.kernel import clock
from portal.kernel.fields import Text
from portal.kernel.models import Record
from portal.kernel.privacy import Privacy

from .applications import person
from .commission_contracts import PURPOSE, Contract


class Amendment(Record):
    """The `number`th change of a signed contract, before and after. `state` is written by `contracts.workflow.AMENDMENT` only.

    What it was before stays here, so that every version of the contract can be read. `estimated_yen` is a 予定価格 anew,
    where the price rises above the old one; never shown to the contractor. `approval` is its newest 決裁. Prices are in yen with tax.
    """

    privacy: ClassVar[Privacy] = Privacy(fields=("asked_by", "reason"), retention="5y", purpose=PURPOSE)

    contract = models.ForeignKey(
        Contract, on_delete=models.PROTECT, verbose_name="契約", related_name="amendments"
    )
    number = models.PositiveSmallIntegerField("何回目の変更か")
    reason = Text("変更の理由", max_length=1000)
    ends_before = models.DateField("変更前の履行期間の終わり")
    ends_on = models.DateField("変更後の履行期間の終わり")
    price_before = models.PositiveBigIntegerField("変更前の契約金額(円・税込)")
    price_yen = models.PositiveBigIntegerField("変更後の契約金額(円・税込)")
    estimated_yen = models.PositiveBigIntegerField("変更後の予定価格(円・税込)", null=True, blank=True)
    approval = models.ForeignKey(
        "grants.Approval", on_delete=models.PROTECT, verbose_name="決裁", related_name="amendments", null=True,
        blank=True,
    )  # fmt: skip
    asked_at = models.DateTimeField("申し出た日時", default=clock.now)
    asked_by = person("申し出た人")
    state = models.CharField("状態", max_length=10, choices=AmendmentState, default=AmendmentState.ASKED)
    agreed_on = models.DateField("変更契約の日", null=True, blank=True)
    ended_at = models.DateTimeField("結果が出た日時", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "契約の変更"
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(
                fields=["contract", "number"],
                name="amendment_number_once",
                violation_error_message="同じ番号の変更が、もうあります。",
            ),
            models.UniqueConstraint(
                fields=["contract"],
                condition=Q(state=AmendmentState.ASKED),
                name="amendment_one_open",
                violation_error_message="結果の出ていない変更の申出が、もうあります。",
            ),
            models.CheckConstraint(
                name="amendment_changes_something",
                condition=~Q(ends_on=F("ends_before"), price_yen=F("price_before")),
                violation_error_message="終わりの日か契約金額の、どちらかを変えてください。",
            ),
            models.CheckConstraint(
                name="amendment_price_proper",
                condition=Q(price_yen__range=(1, YEN_MAX)),
                violation_error_message="契約金額は、1円からです。",
            ),
            models.CheckConstraint(
                name="amendment_agreed_iff_dated",
                condition=Q(state=AmendmentState.AGREED, agreed_on__isnull=False)
                | (~Q(state=AmendmentState.AGREED) & Q(agreed_on__isnull=True)),
                violation_error_message="変更契約の日は、結んだ変更だけが持ちます。",
            ),
            models.CheckConstraint(
                name="amendment_ended_iff_stamped",
                condition=Q(state=AmendmentState.ASKED, ended_at__isnull=True)
                | (~Q(state=AmendmentState.ASKED) & Q(ended_at__isnull=False)),
                violation_error_message="結果が出た日時は、結果の出た変更だけが持ちます。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.contract} 第{self.number}回の変更"

    def get_absolute_url(self) -> str:
        """The page of its contract, for the contractor."""
        return self.contract.get_absolute_url()

    @property
    def is_open(self) -> bool:
        return self.state == AmendmentState.ASKED

    @property
    def difference_yen(self) -> int:
        """What the price rises by; below 0 when it falls."""
        return self.price_yen - self.price_before
