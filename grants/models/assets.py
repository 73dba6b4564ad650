"""What was acquired with a grant, and what is to be done with it before its 処分制限期間 ends."""

from typing import ClassVar
from uuid import UUID

from django.db import models
from django.db.models import F, Q, Sum
from django.urls import reverse

from grants.assets.enums import OPEN, AssetState, Basis, DisposalKind, DisposalState
from grants.assets.lives import YEARS_MAX, label
from grants.calculations import assets as sums
from grants.enums import QUANTITY_MAX, YEN_MAX
from portal.areas.models import Section
from portal.kernel.fields import Line, Text
from portal.kernel.models import Record
from portal.kernel.privacy import Privacy

from .applications import Application, person

PURPOSE = "補助金で取得した財産を管理し、その処分を承認するため"


class Asset(Record):
    """One line of the 取得財産等管理台帳, in whole yen, tax included. `state` is written by `assets.workflow.ASSET` only.

    `until_on` is the last day of its 処分制限期間 (`years` from the table of kinds, or as the office set them, with
    `years_reason`). `grant_yen` is the part of `amount_yen` that the grant paid.
    """

    privacy: ClassVar[Privacy] = Privacy(
        fields=("listed_by", "years_reason"), retention="10y", purpose=PURPOSE
    )

    application = models.ForeignKey(
        Application, on_delete=models.PROTECT, verbose_name="申請", related_name="assets"
    )
    name = Line("財産の名称", max_length=80)
    spec = Line("規格", max_length=120, blank=True)
    kind = models.CharField("種類", max_length=20)
    quantity = models.PositiveIntegerField("数量", default=1)
    unit_price_yen = models.PositiveBigIntegerField("単価(円)")
    amount_yen = models.PositiveBigIntegerField("金額(円)")
    grant_yen = models.PositiveBigIntegerField("うち補助金(円)")
    acquired_on = models.DateField("取得した日")
    place = Line("保管場所", max_length=120)
    years = models.PositiveSmallIntegerField("処分制限期間(年)")
    years_reason = Text("年数を定めた理由", max_length=400, blank=True)
    until_on = models.DateField("制限期間の最後の日")
    listed_by = person("台帳に載せた人")
    state = models.CharField("状態", max_length=10, choices=AssetState, default=AssetState.HELD)
    ended_at = models.DateTimeField("制限が終わった日時", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "取得財産"
        ordering = ["acquired_on", "created_at", "id"]
        constraints = [
            models.CheckConstraint(
                name="asset_amount_is_product",
                condition=Q(amount_yen=F("unit_price_yen") * F("quantity")),
                violation_error_message="金額は、単価×数量です。",
            ),
            models.CheckConstraint(
                name="asset_grant_within_amount",
                condition=Q(grant_yen__gt=0, grant_yen__lte=F("amount_yen")),
                violation_error_message="補助金の額は、1円から取得の金額までです。",
            ),
            models.CheckConstraint(
                name="asset_in_range",
                condition=Q(
                    amount_yen__lte=YEN_MAX, quantity__range=(1, QUANTITY_MAX), years__range=(1, YEARS_MAX),
                    until_on__gt=F("acquired_on"),
                ),
                violation_error_message="金額・数量・年数のどれかが、入力できる範囲の外です。",
            ),
            models.CheckConstraint(
                name="asset_ended_iff_stamped",
                condition=Q(state=AssetState.HELD, ended_at__isnull=True)
                | (~Q(state=AssetState.HELD) & Q(ended_at__isnull=False)),
                violation_error_message="制限が終わった日時は、終わった財産だけが持ちます。",
            ),
        ]  # fmt: skip
        indexes = [
            models.Index(fields=["until_on"], name="asset_limited", condition=Q(state=AssetState.HELD)),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """The piece's page, for both sides."""
        return reverse("grants:asset_detail", args=[self.pk])

    def get_act_url(self, act: str) -> str:
        return reverse("grants:asset_act", args=[self.pk, act])

    @property
    def is_held(self) -> bool:
        return self.state == AssetState.HELD

    @property
    def kind_label(self) -> str:
        return label(self.kind)


class Disposal(Record):
    """財産処分: what the municipality wants to do with one piece, and the prefecture's answer through 決裁.

    `price_yen`: what it brings in (None: nothing). `payback_yen` is the 納付金 as it was drafted, of `basis`; `ends_limit`
    says whether the piece is free afterwards. `state` is written by `assets.workflow.DISPOSAL` only.
    """

    privacy: ClassVar[Privacy] = Privacy(
        fields=("reason", "plan", "answer_reason", "conditions", "written_by", "asked_by"),
        retention="10y",
        purpose=PURPOSE,
    )

    asset = models.ForeignKey(Asset, on_delete=models.PROTECT, verbose_name="財産", related_name="disposals")
    kind = models.CharField("処分の種類", max_length=10, choices=DisposalKind)
    planned_on = models.DateField("処分の予定日")
    price_yen = models.PositiveBigIntegerField("処分で得る額(円)", null=True, blank=True)
    reason = Text("処分の理由", max_length=1000)
    plan = Text("処分の方法と、そのあとの計画", max_length=1000)
    written_by = person("書いた人")
    state = models.CharField("状態", max_length=10, choices=DisposalState, default=DisposalState.DRAFT)
    asked_at = models.DateTimeField("申請した日時", null=True, blank=True)
    asked_by = person("申請した人")
    basis = models.CharField("納付金のもと", max_length=10, choices=Basis, blank=True)
    payback_yen = models.PositiveBigIntegerField("納付金(円)", null=True, blank=True)
    ends_limit = models.BooleanField("処分で制限が終わる", default=True)
    conditions = Text("承認の条件", max_length=1000, blank=True)
    answer_reason = Text("理由", max_length=1000, blank=True)
    answered_at = models.DateTimeField("答えた日時", null=True, blank=True)
    withdrawn_at = models.DateTimeField("取り下げた日時", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "財産処分"
        ordering = ["created_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["asset"],
                condition=Q(state__in=sorted(OPEN)),
                name="disposal_one_open",
                violation_error_message="この財産の処分は、もう申請の途中です。",
            ),
            models.CheckConstraint(
                name="disposal_says_why",
                condition=~Q(reason="") & ~Q(plan=""),
                violation_error_message="処分の理由と計画を書いてください。",
            ),
            models.CheckConstraint(
                name="disposal_in_range",
                condition=(Q(price_yen__isnull=True) | Q(price_yen__range=(1, YEN_MAX)))
                & (Q(payback_yen__isnull=True) | Q(payback_yen__lte=YEN_MAX)),
                violation_error_message="金額が、入力できる範囲の外です。",
            ),
            models.CheckConstraint(
                name="disposal_answered_iff_ended",
                condition=Q(
                    state=DisposalState.APPROVED, answered_at__isnull=False, payback_yen__isnull=False
                )
                | Q(Q(state=DisposalState.REFUSED, answered_at__isnull=False), ~Q(answer_reason=""))
                | Q(
                    ~Q(state__in=[DisposalState.APPROVED, DisposalState.REFUSED]),
                    answered_at__isnull=True,
                ),
                violation_error_message="答えた日時は、答えた処分だけが持ちます。承認しないときは、理由を書いてください。",
            ),
            models.CheckConstraint(
                name="disposal_withdrawn_iff_stamped",
                condition=Q(state=DisposalState.WITHDRAWN, withdrawn_at__isnull=False)
                | (~Q(state=DisposalState.WITHDRAWN) & Q(withdrawn_at__isnull=True)),
                violation_error_message="取り下げた日時は、取り下げた処分だけが持ちます。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.asset.name}の{self.get_kind_display()}"

    def get_absolute_url(self) -> str:
        """Its page, for both sides."""
        return reverse("grants:disposal_detail", args=[self.pk])

    def get_staff_url(self) -> str:
        return self.get_absolute_url()

    def get_act_url(self, act: str) -> str:
        return reverse("grants:disposal_act", args=[self.pk, act])

    @property
    def application(self) -> Application:
        return self.asset.application

    @property
    def office(self) -> Section:
        """Whose 決裁 and whose number the answer gets."""
        return self.asset.application.office

    @property
    def office_id(self) -> UUID:
        return self.asset.application.office_id

    @property
    def municipality_id(self) -> str:
        return str(self.asset.application.municipality_id)

    @property
    def remaining_yen(self) -> int:
        """残存価額 on the planned day."""
        asset = self.asset
        return sums.remaining_yen(
            asset.amount_yen, acquired_on=asset.acquired_on, years=asset.years, on=self.planned_on
        )

    def payback_by(self, basis: str) -> int:
        """The 納付金 in yen if it is taken of `basis`; with those of the piece approved before, at most its grant. One query."""
        asset = self.asset
        others = asset.disposals.filter(state=DisposalState.APPROVED).exclude(pk=self.pk)
        paid = others.aggregate(total=Sum("payback_yen"))["total"] or 0
        of_yen = {Basis.PRICE: self.price_yen or 0, Basis.REMAINING: self.remaining_yen}.get(Basis(basis), 0)
        return sums.payback_yen(
            of_yen, grant_yen=asset.grant_yen, amount_yen=asset.amount_yen, paid_back_yen=paid
        )
