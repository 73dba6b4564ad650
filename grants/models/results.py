"""実績報告: what a decided project came to, its 決算 beside the decided budget, and the evidence."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from grants.calculations import ExpenseRow, IncomeRow
from grants.enums import YEN_MAX, IncomeKind, Setsu
from portal.kernel.fields import Line, Text
from portal.kernel.models import Record
from portal.kernel.privacy import Privacy

from .applications import Application, person

PURPOSE = "補助事業の実績を確かめ、補助金の額を確定するため"


class ResultReport(Record):
    """The result of one application. Written by the municipality, filed by its chief; returned, it is written again.

    `version` counts how often it was filed, `revision` how often it was saved. Amounts in whole yen, tax included:
    `claimed_yen` is what the municipality puts down as the grant, `base_yen` and `computed_yen` what the 決算 gives.
    """

    privacy: ClassVar[Privacy] = Privacy(
        fields=("content", "outcome", "next_steps", "returned_note", "saved_by", "filed_by"),
        retention="5y",
        purpose=PURPOSE,
    )

    application = models.OneToOneField(
        Application, on_delete=models.PROTECT, verbose_name="申請", related_name="result"
    )
    completed_on = models.DateField("完了した日", null=True, blank=True)
    content = Text("実施した内容", max_length=2000, blank=True)
    outcome = Text("成果", max_length=2000, blank=True)
    next_steps = Text("これからの取組", max_length=1000, blank=True)
    claimed_yen = models.PositiveBigIntegerField("補助金の精算額(円)", null=True, blank=True)
    outlay_yen = models.PositiveBigIntegerField("18節の決算額(円)", null=True, blank=True)
    total_yen = models.PositiveBigIntegerField("決算の総事業費(円)", default=0)
    base_yen = models.PositiveBigIntegerField("決算の補助対象経費(円)", default=0)
    computed_yen = models.PositiveBigIntegerField("決算から計算した額(円)", default=0)
    own_number = Line("文書番号", max_length=40, blank=True)
    returned_note = Text("戻された理由", max_length=1000, blank=True)
    revision = models.PositiveIntegerField("保存の回数", default=0)
    saved_at = models.DateTimeField("保存した日時", null=True, blank=True)
    saved_by = person("保存した人")
    saved_tab = models.CharField("保存した画面", max_length=36, blank=True)
    version = models.PositiveSmallIntegerField("報告の回数", default=0)
    filed_at = models.DateTimeField("報告した日時", null=True, blank=True)
    filed_by = person("報告した人")

    class Meta:
        verbose_name = verbose_name_plural = "実績報告"
        constraints = [
            models.CheckConstraint(
                name="resultreport_filed_complete",
                condition=Q(filed_at__isnull=True)
                | (Q(version__gte=1, completed_on__isnull=False, claimed_yen__isnull=False) & ~Q(content="")),
                violation_error_message="報告した実績には、完了した日、実施した内容、補助金の精算額が要ります。",
            ),
            models.CheckConstraint(
                name="resultreport_claims_within_computed",
                condition=Q(filed_at__isnull=True)
                | Q(claimed_yen__lte=F("computed_yen"), computed_yen__lte=F("base_yen")),
                violation_error_message="補助金の精算額は、決算から計算した額までです。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.application} 実績報告"

    def get_absolute_url(self) -> str:
        return self.application.get_result_url()

    @property
    def is_filed(self) -> bool:
        return self.version > 0


class ResultExpense(Record):
    """One line of the 決算's expenses beside what was decided for it. `budget_yen` 0: it was not in the decided budget."""

    report = models.ForeignKey(
        ResultReport, on_delete=models.CASCADE, verbose_name="実績報告", related_name="expenses"
    )
    position = models.PositiveSmallIntegerField("順")
    setsu = models.PositiveSmallIntegerField("節", choices=Setsu)
    description = Line("内訳", max_length=100)
    budget_yen = models.PositiveBigIntegerField("予算額(円)", default=0)
    actual_yen = models.PositiveBigIntegerField("決算額(円)", default=0)
    ineligible_yen = models.PositiveBigIntegerField("うち対象外(円)", default=0)

    class Meta:
        verbose_name = verbose_name_plural = "決算の支出の行"
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(
                fields=["report", "position"],
                name="resultexpense_position_once",
                violation_error_message="同じ順の行が、もうあります。",
            ),
            models.CheckConstraint(
                name="resultexpense_in_range",
                condition=Q(
                    budget_yen__lte=YEN_MAX, actual_yen__lte=YEN_MAX, ineligible_yen__lte=F("actual_yen")
                ),
                violation_error_message="対象外の額は、決算額までです。",
            ),
        ]

    def __str__(self) -> str:
        return f"{Setsu(self.setsu).heading} {self.description}"

    @property
    def difference_yen(self) -> int:
        """決算 − 予算."""
        return self.actual_yen - self.budget_yen

    @property
    def row(self) -> ExpenseRow:
        """The line as the arithmetic of a budget takes it."""
        return ExpenseRow(
            setsu=self.setsu,
            description=self.description,
            unit_price_yen=self.actual_yen,
            ineligible_yen=self.ineligible_yen,
        )


class ResultIncome(Record):
    """One line of the 決算's typed income beside what was decided; the grant and the municipality's share are computed."""

    report = models.ForeignKey(
        ResultReport, on_delete=models.CASCADE, verbose_name="実績報告", related_name="incomes"
    )
    position = models.PositiveSmallIntegerField("順")
    kind = models.CharField("区分", max_length=10, choices=IncomeKind)
    description = Line("内容", max_length=100)
    budget_yen = models.PositiveBigIntegerField("予算額(円)", default=0)
    actual_yen = models.PositiveBigIntegerField("決算額(円)", default=0)

    class Meta:
        verbose_name = verbose_name_plural = "決算の収入の行"
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(
                fields=["report", "position"],
                name="resultincome_position_once",
                violation_error_message="同じ順の行が、もうあります。",
            ),
            models.CheckConstraint(
                name="resultincome_in_range",
                condition=Q(budget_yen__lte=YEN_MAX, actual_yen__lte=YEN_MAX),
                violation_error_message="金額が、入力できる範囲の外です。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.description}"

    @property
    def row(self) -> IncomeRow:
        """The line as the arithmetic of a budget takes it."""
        return IncomeRow(kind=self.kind, description=self.description, amount_yen=self.actual_yen)


class ResultFile(Record):
    """One piece of evidence of the result. Taken out, it stays stored: an earlier report may name it."""

    privacy: ClassVar[Privacy] = Privacy(fields=("added_by",), retention="5y", purpose=PURPOSE)

    report = models.ForeignKey(
        ResultReport, on_delete=models.PROTECT, verbose_name="実績報告", related_name="files"
    )
    title = Line("何の書類か", max_length=100)
    file = models.OneToOneField(
        "kernel.StoredFile", on_delete=models.PROTECT, verbose_name="ファイル", related_name="+"
    )
    added_by = person("添付した人")
    filed_at = models.DateTimeField("はじめて報告した日時", null=True, blank=True)
    removed_at = models.DateTimeField("外した日時", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "実績の証拠書類"
        ordering = ["created_at", "id"]
        constraints = [
            models.CheckConstraint(
                name="resultfile_removed_after_added",
                condition=Q(removed_at__isnull=True) | Q(removed_at__gte=F("created_at")),
                violation_error_message="外した日時は、添付した日時より後です。",
            ),
        ]
        indexes = [models.Index(fields=["report", "created_at"], name="resultfile_of_report")]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("grants:result_file", args=[self.report.application_id, self.pk])

    def get_remove_url(self) -> str:
        return reverse("grants:result_file_remove", args=[self.report.application_id, self.pk])
