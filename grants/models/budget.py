"""The rows of a budget, and the cap of a municipality over all its files of a year."""

from django.db import models
from django.db.models import F, Q

from grants.calculations import ExpenseRow, IncomeRow, cap_left
from grants.enums import QUANTITY_MAX, YEN_MAX, IncomeKind, Setsu, UseBasis
from portal.kernel.fields import Line
from portal.kernel.models import Record


class ExpenseLine(Record):
    """One line of the expenses under a 節, tax included."""

    application = models.ForeignKey(
        "grants.Application", on_delete=models.CASCADE, verbose_name="申請", related_name="expenses"
    )
    position = models.PositiveSmallIntegerField("順")
    setsu = models.PositiveSmallIntegerField("節", choices=Setsu)
    description = Line("積算の内訳", max_length=100)
    unit_price_yen = models.PositiveBigIntegerField("単価(円)")
    quantity = models.PositiveIntegerField("数量", default=1)
    amount_yen = models.PositiveBigIntegerField("金額(円)")
    ineligible_yen = models.PositiveBigIntegerField("うち対象外(円)", default=0)

    class Meta:
        verbose_name = verbose_name_plural = "支出の行"
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["application", "position"], name="expenseline_position_once"),
            models.CheckConstraint(
                name="expenseline_amount_is_product",
                condition=Q(amount_yen=F("unit_price_yen") * F("quantity")),
                violation_error_message="金額は、単価×数量です。",
            ),
            models.CheckConstraint(
                name="expenseline_ineligible_within",
                condition=Q(ineligible_yen__lte=F("amount_yen")),
                violation_error_message="対象外の額は、金額を超えられません。",
            ),
            models.CheckConstraint(
                name="expenseline_in_range",
                condition=Q(
                    amount_yen__lte=YEN_MAX,
                    quantity__gte=1,
                    quantity__lte=QUANTITY_MAX,
                    setsu__in=Setsu.values,
                ),
                violation_error_message="単価・数量・節のどれかが、入力できる範囲の外です。",
            ),
        ]

    def __str__(self) -> str:
        return f"{Setsu(self.setsu).heading} {self.description}"

    @property
    def row(self) -> ExpenseRow:
        return ExpenseRow(
            setsu=self.setsu,
            description=self.description,
            unit_price_yen=self.unit_price_yen,
            quantity=self.quantity,
            ineligible_yen=self.ineligible_yen,
        )


class IncomeLine(Record):
    """One typed line of income; the grant is computed and the municipality's share stands on the application."""

    application = models.ForeignKey(
        "grants.Application", on_delete=models.CASCADE, verbose_name="申請", related_name="incomes"
    )
    position = models.PositiveSmallIntegerField("順")
    kind = models.CharField("区分", max_length=10, choices=IncomeKind)
    description = Line("内容", max_length=100)
    amount_yen = models.PositiveBigIntegerField("金額(円)")

    class Meta:
        verbose_name = verbose_name_plural = "収入の行"
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["application", "position"], name="incomeline_position_once"),
            models.CheckConstraint(
                name="incomeline_in_range",
                condition=Q(amount_yen__lte=YEN_MAX),
                violation_error_message="金額が、入力できる範囲の外です。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.description}"

    @property
    def row(self) -> IncomeRow:
        return IncomeRow(kind=self.kind, description=self.description, amount_yen=self.amount_yen)


class CapAccount(Record):
    """The scarce thing of ③: what one municipality may receive under a menu in a fiscal year.

    Whoever gives out money of it locks this row, late and briefly (case → cap → budget line → counter).
    """

    municipality = models.ForeignKey(
        "areas.Area", on_delete=models.PROTECT, verbose_name="市町村", related_name="+"
    )
    menu = models.ForeignKey(
        "grants.Menu", on_delete=models.PROTECT, verbose_name="メニュー", related_name="cap_accounts"
    )
    fiscal_year = models.PositiveSmallIntegerField("年度")
    limit_yen = models.PositiveBigIntegerField("上限額(円)")

    class Meta:
        verbose_name = verbose_name_plural = "市町村の枠"
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "menu", "fiscal_year"],
                name="capaccount_one_a_year",
                violation_error_message="この市町村の、この年度の枠は、もうあります。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.municipality_id} {self.fiscal_year}"

    @property
    def used_yen(self) -> int:
        return sum(use.amount_yen for use in self.uses.all())

    @property
    def left_yen(self) -> int:
        return cap_left(limit_yen=self.limit_yen, used_yen=[self.used_yen])


class CapUse(Record):
    """What one file uses of a cap. `application` is empty for a decision made outside the portal (on paper before it)."""

    account = models.ForeignKey(CapAccount, on_delete=models.PROTECT, verbose_name="枠", related_name="uses")
    application = models.OneToOneField(
        "grants.Application",
        on_delete=models.PROTECT,
        verbose_name="申請",
        related_name="cap_use",
        null=True,
        blank=True,
    )
    basis = models.CharField("根拠", max_length=10, choices=UseBasis)
    title = Line("件名", max_length=120)
    amount_yen = models.PositiveBigIntegerField("額(円)")

    class Meta:
        verbose_name = verbose_name_plural = "枠の使用"
        ordering = ["created_at", "id"]
        constraints = [
            models.CheckConstraint(
                name="capuse_application_iff_here",
                condition=Q(basis=UseBasis.OUTSIDE, application__isnull=True)
                | (~Q(basis=UseBasis.OUTSIDE) & Q(application__isnull=False)),
                violation_error_message="ポータルの外で決定した額だけが、申請なしで記録できます。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title} {self.amount_yen}"
