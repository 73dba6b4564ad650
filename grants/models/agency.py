"""The 委託先 of a menu of table DISPATCH, its 精算書, and through which way each visit is paid."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from grants.agency.enums import HOLDING, StatementState
from grants.enums import YEN_MAX
from portal.kernel.fields import Line
from portal.kernel.fiscal import wareki
from portal.kernel.models import Record
from portal.kernel.privacy import Privacy

from .applications import person
from .budget_lines import BudgetLine
from .dispatch_visits import Visit

PURPOSE = "アドバイザーの派遣の委託と精算を記録するため"


class AgencyContract(Record):
    """The contract of one year with the organisation through which fees and travel of ① are paid. Yen, tax included.

    `case_yen` is what the organisation gets for each visit (事務費); 0: nothing. It is charged to `line` as a whole.
    `revision` of a statement and the amount left are held under the lock of this row.
    """

    privacy: ClassVar[Privacy] = Privacy(fields=("created_by",), retention="5y", purpose=PURPOSE)

    menu = models.OneToOneField(
        "grants.Menu", on_delete=models.PROTECT, verbose_name="メニュー", related_name="agency"
    )
    organisation = models.ForeignKey(
        "communities.Organisation", on_delete=models.PROTECT, verbose_name="委託先", related_name="+"
    )
    number = Line("契約番号", max_length=40)
    signed_on = models.DateField("契約日")
    amount_yen = models.PositiveBigIntegerField("契約額(円)")
    case_yen = models.PositiveIntegerField("事務費(1回あたり、円)", default=0)
    line = models.ForeignKey(
        BudgetLine, on_delete=models.PROTECT, verbose_name="科目", related_name="agency_contracts"
    )
    created_by = person("登録した人")

    class Meta:
        verbose_name = verbose_name_plural = "委託先の契約"
        constraints = [
            models.CheckConstraint(
                name="agencycontract_in_range",
                condition=Q(amount_yen__range=(1, YEN_MAX), case_yen__lte=F("amount_yen")),
                violation_error_message="契約額か事務費が、入力できる範囲の外です。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation} {self.number}"

    def get_absolute_url(self) -> str:
        return reverse("grants:agency_contract", args=[self.pk])

    def get_act_url(self, act: str) -> str:
        return reverse("grants:agency_contract_act", args=[self.pk, act])


class AgencyStatement(Record):
    """One 精算書: the visits of a month that the organisation paid. The sums are frozen when it is submitted.

    `state` is written by `agency.workflow.STATEMENT` only; `version` counts submissions, `revision` the saves of a draft.
    """

    privacy: ClassVar[Privacy] = Privacy(
        fields=("created_by", "submitted_by", "checked_by"), retention="5y", purpose=PURPOSE
    )

    contract = models.ForeignKey(
        AgencyContract, on_delete=models.PROTECT, verbose_name="契約", related_name="statements"
    )
    number = models.PositiveSmallIntegerField("回")
    month = models.DateField("月")
    state = models.CharField("状態", max_length=10, choices=StatementState, default=StatementState.DRAFT)
    version = models.PositiveSmallIntegerField("提出の回数", default=0)
    revision = models.PositiveIntegerField("版", default=0)
    fee_yen = models.PositiveBigIntegerField("謝金(円)", default=0)
    travel_yen = models.PositiveBigIntegerField("旅費(円)", default=0)
    office_yen = models.PositiveBigIntegerField("事務費(円)", default=0)
    total_yen = models.PositiveBigIntegerField("精算額(円)", default=0)
    created_by = person("作った人")
    submitted_at = models.DateTimeField("提出した日時", null=True, blank=True)
    submitted_by = person("提出した人")
    checked_at = models.DateTimeField("確認した日時", null=True, blank=True)
    checked_by = person("確認した人")
    paid_at = models.DateTimeField("支払いが済んだ日時", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "精算書"
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(
                fields=["contract", "number"],
                name="agencystatement_number_once",
                violation_error_message="同じ回の精算書が、もうあります。",
            ),
            models.UniqueConstraint(
                fields=["contract"],
                condition=Q(state=StatementState.DRAFT),
                name="agencystatement_one_draft",
                violation_error_message="作成中の精算書が、もうあります。",
            ),
            models.CheckConstraint(
                name="agencystatement_sums_agree",
                condition=Q(total_yen=F("fee_yen") + F("travel_yen") + F("office_yen"))
                & (~Q(state__in=[state.value for state in HOLDING]) | Q(total_yen__range=(1, YEN_MAX))),
                violation_error_message="精算額は、謝金・旅費・事務費の合計です。",
            ),
            models.CheckConstraint(
                name="agencystatement_submitted_iff_stamped",
                condition=Q(
                    state__in=[state.value for state in HOLDING], submitted_at__isnull=False, version__gte=1
                )
                | (~Q(state__in=[state.value for state in HOLDING]) & Q(submitted_at__isnull=True)),
                violation_error_message="提出した日時は、提出した精算書だけが持ちます。",
            ),
            models.CheckConstraint(
                name="agencystatement_checked_iff_stamped",
                condition=Q(
                    state__in=[StatementState.CHECKED.value, StatementState.PAID.value],
                    checked_at__isnull=False,
                )
                | (
                    ~Q(state__in=[StatementState.CHECKED.value, StatementState.PAID.value])
                    & Q(checked_at__isnull=True)
                ),
                violation_error_message="確認した日時は、県が確認した精算書だけが持ちます。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.contract.organisation} 精算書 第{self.number}回"

    def get_absolute_url(self) -> str:
        return reverse("grants:agency_statement", args=[self.pk])

    def get_act_url(self, act: str) -> str:
        return reverse("grants:agency_statement_act", args=[self.pk, act])

    @property
    def is_draft(self) -> bool:
        return self.state == StatementState.DRAFT

    @property
    def month_label(self) -> str:
        """「令和8年12月」."""
        return wareki(self.month).partition("月")[0] + "月"


class VisitCost(Record):
    """How one visit is paid: in a 精算書, or directly (`statement` empty). A visit has one such row: it is never paid twice.

    Yen. `withheld_yen` is the income tax that whoever pays the advisor takes from fee and travel.
    """

    visit = models.OneToOneField(
        Visit, on_delete=models.PROTECT, verbose_name="派遣の回", related_name="cost"
    )
    statement = models.ForeignKey(
        AgencyStatement,
        on_delete=models.PROTECT,
        verbose_name="精算書",
        related_name="costs",
        null=True,
        blank=True,
    )
    fee_yen = models.PositiveIntegerField("謝金(円)")
    travel_yen = models.PositiveIntegerField("旅費(円)", default=0)
    withheld_yen = models.PositiveIntegerField("源泉徴収額(円)", default=0)
    office_yen = models.PositiveIntegerField("事務費(円)", default=0)

    class Meta:
        verbose_name = verbose_name_plural = "派遣の回の費用"
        ordering = ["visit__starts_at", "id"]
        constraints = [
            models.CheckConstraint(
                name="visitcost_office_through_agency",
                condition=Q(statement__isnull=False) | Q(office_yen=0),
                violation_error_message="事務費がつくのは、委託先の精算だけです。",
            ),
            models.CheckConstraint(
                name="visitcost_withheld_within",
                condition=Q(withheld_yen__lte=F("fee_yen") + F("travel_yen")),
                violation_error_message="源泉徴収額は、謝金と旅費の合計までです。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.visit} {self.fee_yen + self.travel_yen}円"

    @property
    def total_yen(self) -> int:
        """What the prefecture pays for it."""
        return self.fee_yen + self.travel_yen + self.office_yen

    @property
    def net_yen(self) -> int:
        """What the advisor gets."""
        return self.fee_yen + self.travel_yen - self.withheld_yen
