"""変更: what the municipality asks to do otherwise than decided, and how the prefecture answers."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from grants.calculations import ExpenseRow, IncomeRow
from grants.enums import YEN_MAX, IncomeKind, Setsu
from grants.enums.approving import ChangeAnswer
from portal.kernel.fields import Line, Text
from portal.kernel.models import Record
from portal.kernel.privacy import Privacy

from .applications import Application, person
from .approving import Approval

PURPOSE = "補助事業の変更を審査し、承認するため"


class ChangeRequest(Record):
    """The `number`th change of a decided file. Written by the municipality, filed by its chief, answered by a 決裁.

    `asked_yen` is the grant after the change, of `base_yen`, in whole yen. One at a time is open.
    """

    privacy: ClassVar[Privacy] = Privacy(
        fields=("reason", "content", "saved_by", "filed_by"), retention="5y", purpose=PURPOSE
    )

    application = models.ForeignKey(
        Application, on_delete=models.PROTECT, verbose_name="申請", related_name="changes"
    )
    number = models.PositiveSmallIntegerField("何回目の変更か")
    reason = Text("変更の理由", max_length=1000, blank=True)
    content = Text("変更する内容", max_length=2000, blank=True)
    ends_on = models.DateField("変更後の完了予定", null=True, blank=True)
    asked_yen = models.PositiveBigIntegerField("変更後の交付申請額(円)", null=True, blank=True)
    outlay_yen = models.PositiveBigIntegerField("変更後の18節の額(円)", null=True, blank=True)
    own_number = Line("文書番号", max_length=40, blank=True)
    total_yen = models.PositiveBigIntegerField("変更後の総事業費(円)", default=0)
    base_yen = models.PositiveBigIntegerField("変更後の補助対象経費(円)", default=0)
    saved_at = models.DateTimeField("保存した日時", null=True, blank=True)
    saved_by = person("保存した人")
    saved_tab = models.CharField("保存した画面", max_length=36, blank=True)
    filed_at = models.DateTimeField("申請した日時", null=True, blank=True)
    filed_by = person("申請した人")
    answer = models.CharField("結果", max_length=8, choices=ChangeAnswer, blank=True)
    answered_at = models.DateTimeField("結果が出た日時", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "変更の申請"
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(
                fields=["application", "number"],
                name="changerequest_number_once",
                violation_error_message="同じ回の変更が、もうあります。",
            ),
            models.UniqueConstraint(
                fields=["application"],
                condition=Q(answered_at__isnull=True),
                name="changerequest_one_open",
                violation_error_message="まだ結果の出ていない変更があります。",
            ),
            models.CheckConstraint(
                name="changerequest_filed_complete",
                condition=Q(filed_at__isnull=True)
                | (Q(asked_yen__isnull=False, asked_yen__gt=0, asked_yen__lte=F("base_yen")) & ~Q(reason="")),
                violation_error_message="変更の申請には、理由と、補助対象経費までの交付申請額が要ります。",
            ),
            models.CheckConstraint(
                name="changerequest_answered_iff_stamped",
                condition=Q(answer="", answered_at__isnull=True)
                | (~Q(answer="") & Q(answered_at__isnull=False, filed_at__isnull=False)),
                violation_error_message="結果は、申請した変更に、日時といっしょに記録します。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.application} 第{self.number}回の変更"

    @property
    def is_filed(self) -> bool:
        return self.filed_at is not None


class ChangeExpense(Record):
    """One line of expenses as it would be, beside what was decided for it (0: it is new)."""

    change = models.ForeignKey(
        ChangeRequest, on_delete=models.CASCADE, verbose_name="変更", related_name="expenses"
    )
    position = models.PositiveSmallIntegerField("順")
    setsu = models.PositiveSmallIntegerField("節", choices=Setsu)
    description = Line("内訳", max_length=100)
    budget_yen = models.PositiveBigIntegerField("変更前の額(円)", default=0)
    changed_yen = models.PositiveBigIntegerField("変更後の額(円)", default=0)
    ineligible_yen = models.PositiveBigIntegerField("うち対象外(円)", default=0)

    class Meta:
        verbose_name = verbose_name_plural = "変更後の支出の行"
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(
                fields=["change", "position"],
                name="changeexpense_position_once",
                violation_error_message="同じ順の行が、もうあります。",
            ),
            models.CheckConstraint(
                name="changeexpense_in_range",
                condition=Q(
                    budget_yen__lte=YEN_MAX, changed_yen__lte=YEN_MAX, ineligible_yen__lte=F("changed_yen")
                ),
                violation_error_message="対象外の額は、変更後の額までです。",
            ),
        ]

    def __str__(self) -> str:
        return f"{Setsu(self.setsu).heading} {self.description}"

    @property
    def row(self) -> ExpenseRow:
        """The line as the arithmetic of a budget takes it."""
        return ExpenseRow(
            setsu=self.setsu,
            description=self.description,
            unit_price_yen=self.changed_yen,
            ineligible_yen=self.ineligible_yen,
        )


class ChangeIncome(Record):
    """One typed line of income, likewise."""

    change = models.ForeignKey(
        ChangeRequest, on_delete=models.CASCADE, verbose_name="変更", related_name="incomes"
    )
    position = models.PositiveSmallIntegerField("順")
    kind = models.CharField("区分", max_length=10, choices=IncomeKind)
    description = Line("内容", max_length=100)
    budget_yen = models.PositiveBigIntegerField("変更前の額(円)", default=0)
    changed_yen = models.PositiveBigIntegerField("変更後の額(円)", default=0)

    class Meta:
        verbose_name = verbose_name_plural = "変更後の収入の行"
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(
                fields=["change", "position"],
                name="changeincome_position_once",
                violation_error_message="同じ順の行が、もうあります。",
            ),
            models.CheckConstraint(
                name="changeincome_in_range",
                condition=Q(budget_yen__lte=YEN_MAX, changed_yen__lte=YEN_MAX),
                violation_error_message="金額が、入力できる範囲の外です。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.description}"

    @property
    def row(self) -> IncomeRow:
        """The line as the arithmetic of a budget takes it."""
        return IncomeRow(kind=self.kind, description=self.description, amount_yen=self.changed_yen)


class ChangeDecision(Record):
    """One drafted answer to a change; it counts while its 決裁 is open or signed."""

    privacy: ClassVar[Privacy] = Privacy(fields=("reason",), retention="5y", purpose=PURPOSE)

    approval = models.OneToOneField(
        Approval, on_delete=models.PROTECT, verbose_name="決裁", related_name="change_decision"
    )
    change = models.ForeignKey(
        ChangeRequest, on_delete=models.PROTECT, verbose_name="変更", related_name="decisions"
    )
    answer = models.CharField("結果", max_length=8, choices=ChangeAnswer)
    before_yen = models.PositiveBigIntegerField("変更前の交付決定額(円)")
    amount_yen = models.PositiveBigIntegerField("変更後の交付決定額(円)", null=True, blank=True)
    reason = Text("承認しない理由", max_length=1000, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "変更の承認"
        ordering = ["created_at", "id"]
        constraints = [
            models.CheckConstraint(
                name="changedecision_amount_iff_approved",
                condition=Q(
                    answer=ChangeAnswer.APPROVED, amount_yen__isnull=False, amount_yen__gt=0, reason=""
                )
                | (Q(answer=ChangeAnswer.REFUSED, amount_yen__isnull=True) & ~Q(reason="")),
                violation_error_message="変更後の交付決定額は承認するときだけ、理由は承認しないときだけ入ります。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_answer_display()} {self.amount_yen or ''}".strip()

    @property
    def is_approval(self) -> bool:
        return self.answer == ChangeAnswer.APPROVED
