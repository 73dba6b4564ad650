"""What a prefecture offers in a fiscal year, as data: opening next year is a copy, not code."""

from fractions import Fraction
from typing import TYPE_CHECKING

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from communities.enums import PlatformPhase
from grants.calculations import ExpenseRule
from grants.dispatch.enums import REPORT_DAYS
from grants.enums import (
    ADVANCE_PERCENT,
    APRIL_DAY,
    RESULT_DAYS,
    SHIFT_PERCENT,
    Applicant,
    ProgrammeState,
    Table,
)
from grants.settlement.checklist import result_checklist
from portal.kernel.fields import Line, Text
from portal.kernel.fiscal import FiscalYear
from portal.kernel.models import Record

from .menu_caps import CAP_RULES, Capped
from .menu_keeping import KeptByMatter
from .menu_papers import Papers
from .menu_terms import FOLLOW_UP_RULES, WORKED_RULES, FollowUp, Worked

if TYPE_CHECKING:
    from .project_types import ProjectType


class Programme(Record):
    """A programme of one authority in one fiscal year, with the words of its source.

    `provisional`: the budget has not passed yet (「当初予算の成立が前提」); calls run as 準備行為, decisions are refused.
    `copied_from`: the year it was opened from. `appeal_notice`: the 教示 that decisions print; empty prints none.
    """

    authority = models.ForeignKey(
        "areas.Authority", on_delete=models.PROTECT, verbose_name="団体", related_name="+"
    )
    fiscal_year = models.PositiveSmallIntegerField("年度")
    slug = models.SlugField("記号", max_length=40, unique=True)
    title = Line("名前", max_length=120)
    provisional = models.BooleanField("予算成立前提", default=False)
    budget_passed_on = models.DateField("議決日", null=True, blank=True)
    state = models.CharField("状態", max_length=10, choices=ProgrammeState, default=ProgrammeState.DRAFT)
    published_at = models.DateTimeField("公開日時", null=True, blank=True)
    closed_at = models.DateTimeField("終了日時", null=True, blank=True)
    copied_from = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        verbose_name="写しのもと",
        related_name="copies",
        null=True,
        blank=True,
    )
    appeal_notice = Text("教示", max_length=1000, blank=True)
    rule_title = Line("根拠の規則", max_length=120)
    purpose_heading = Line("目的の見出し", max_length=120)
    purpose = Text("目的", max_length=1000)
    image_caption = Line("図の言葉", max_length=200, blank=True)
    definition = Text("コミュニティ・プラットフォームとは", max_length=1000)
    reasons = ArrayField(models.TextField(), verbose_name="なぜ必要か", default=list, blank=True)
    notes = ArrayField(models.TextField(), verbose_name="注記", default=list, blank=True)
    source = Line("出典", max_length=200)

    class Meta:
        verbose_name = verbose_name_plural = "事業"
        constraints = [
            models.UniqueConstraint(
                fields=["authority", "fiscal_year", "title"],
                name="programme_one_a_year",
                violation_error_message="この年度の同じ名前の事業が、もうあります。",
            ),
            models.UniqueConstraint(
                fields=["copied_from", "fiscal_year"],
                name="programme_one_copy_a_year",
                violation_error_message="この年度の写しが、もうあります。",
            ),
            models.CheckConstraint(
                name="programme_provisional_until_passed",
                condition=Q(provisional=False) | Q(budget_passed_on__isnull=True),
                violation_error_message="議決日を入れた事業は、予算成立前提ではありません。",
            ),
            models.CheckConstraint(
                name="programme_published_iff_left_draft",
                condition=Q(state=ProgrammeState.DRAFT, published_at__isnull=True)
                | (~Q(state=ProgrammeState.DRAFT) & Q(published_at__isnull=False)),
                violation_error_message="公開日時は、公開した事業だけが持ちます。",
            ),
            models.CheckConstraint(
                name="programme_closed_iff_stamped",
                condition=Q(state=ProgrammeState.CLOSED, closed_at__isnull=False)
                | (~Q(state=ProgrammeState.CLOSED) & Q(closed_at__isnull=True)),
                violation_error_message="終了日時は、終了した事業だけが持ちます。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title}({self.year_label})"

    def get_absolute_url(self) -> str:
        """The officers' page of the programme."""
        return reverse("grants:programme_detail", args=[self.slug])

    def get_move_url(self, step: str) -> str:
        return reverse("grants:programme_move", args=[self.slug, step])

    @property
    def is_draft(self) -> bool:
        return self.state == ProgrammeState.DRAFT

    @property
    def year_label(self) -> str:
        """令和8年度."""
        return FiscalYear(self.fiscal_year).label


class Menu(Capped, Papers, Worked, FollowUp, KeptByMatter, Record):
    """One of the four menus: its terms as data, its text word for word."""

    programme = models.ForeignKey(
        Programme, on_delete=models.PROTECT, verbose_name="事業", related_name="menus"
    )
    number = models.PositiveSmallIntegerField("番号")
    table = models.CharField("手続き", max_length=12, choices=Table)
    name = Line("名前", max_length=120)
    name_note = Line("名前の添え書き", max_length=120, blank=True)
    title = Line("見出し", max_length=120)
    short = Line("短い名前", max_length=40)
    mark = Line("印", max_length=40, blank=True)
    content = ArrayField(models.TextField(), verbose_name="内容", default=list, blank=True)
    examples = ArrayField(models.TextField(), verbose_name="実施例", default=list, blank=True)
    cost = Line("経費負担", max_length=120)
    cost_notes = ArrayField(models.TextField(), verbose_name="経費負担の説明", default=list, blank=True)
    share_numerator = models.PositiveSmallIntegerField("補助率の分子")
    share_denominator = models.PositiveSmallIntegerField("補助率の分母")
    adopted_about = models.PositiveSmallIntegerField("採択の目安(件)", null=True, blank=True)
    screen_days = models.PositiveSmallIntegerField("形式審査の目安(日)", null=True, blank=True)
    visits_max = models.PositiveSmallIntegerField("1市町村の派遣回数", null=True, blank=True)
    report_days = models.PositiveSmallIntegerField("報告の期限(日)", default=REPORT_DAYS)
    result_days = models.PositiveSmallIntegerField("実績報告の期限(完了から何日)", default=RESULT_DAYS)
    result_april_day = models.PositiveSmallIntegerField("実績報告の期限(翌年度4月の日)", default=APRIL_DAY)
    shift_percent = models.PositiveSmallIntegerField("承認が要る配分の変更(%)", default=SHIFT_PERCENT)
    applicants = ArrayField(
        models.CharField(max_length=12, choices=Applicant), verbose_name="申請できる者", default=list
    )
    stages = ArrayField(
        models.CharField(max_length=20, choices=PlatformPhase),
        verbose_name="コミプラの段階",
        default=list,
        blank=True,
    )
    students = models.BooleanField("学生サポーターの活用", default=True)
    advance_allowed = models.BooleanField("概算払", default=False)
    advance_percent = models.PositiveSmallIntegerField("概算払の限度(交付決定額の%)", default=ADVANCE_PERCENT)
    withdraw_days = models.PositiveSmallIntegerField("決定後に取り下げられる日数", null=True, blank=True)
    conditions = ArrayField(models.TextField(), verbose_name="交付の条件", default=list, blank=True)
    checklist = models.JSONField("審査の項目", default=list, blank=True)
    result_checklist = models.JSONField("検査の項目", default=result_checklist, blank=True)
    expense_rules = models.JSONField("経費の決まり", default=list, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "事業メニュー"
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "number"],
                name="menu_number_once",
                violation_error_message="同じ番号のメニューが、もうあります。",
            ),
            models.CheckConstraint(
                name="menu_number_1_to_4",
                condition=Q(number__range=(1, 4)),
                violation_error_message="メニューの番号は、1から4までです。",
            ),
            models.CheckConstraint(
                name="menu_share_proper",
                condition=Q(share_numerator__gt=0) & Q(share_numerator__lte=F("share_denominator")),
                violation_error_message="補助率は、0より大きく、1以下です。",
            ),
            models.CheckConstraint(
                name="menu_result_terms_in_range",
                condition=Q(
                    result_days__range=(1, 365), result_april_day__range=(1, 30), shift_percent__lte=100
                ),
                violation_error_message="実績報告の期限か、配分の変更の割合が、入力できる範囲の外です。",
            ),
            models.CheckConstraint(
                name="menu_advance_percent_in_range",
                condition=Q(advance_percent__range=(1, 100)),
                violation_error_message="概算払の限度は、1から100までの割合です。",
            ),
            *CAP_RULES,
            *FOLLOW_UP_RULES,
            *WORKED_RULES,
        ]

    def __str__(self) -> str:
        return f"メニュー{self.mark_number} {self.title}"

    def get_absolute_url(self) -> str:
        return reverse("grants:menu_detail", args=[self.programme.slug, self.number])

    @property
    def mark_number(self) -> str:
        """①–④."""
        return "①②③④"[self.number - 1]

    @property
    def share(self) -> Fraction:
        return Fraction(self.share_numerator, self.share_denominator)

    @property
    def share_label(self) -> str:
        """The share as the source writes it: 10/10, 1/2."""
        return f"{self.share_numerator}/{self.share_denominator}"

    @property
    def rules(self) -> tuple[ExpenseRule, ...]:
        return tuple(
            ExpenseRule(
                setsu=tuple(row["setsu"]), words=tuple(row["words"]), effect=row["effect"], text=row["text"]
            )
            for row in self.expense_rules
        )

    def takes(self, applicant: str) -> bool:
        """Whether `applicant` may apply under the menu."""
        return applicant in self.applicants

    @property
    def applicants_words(self) -> str:
        """「市町村、地域コミュニティ組織、県」."""
        return "、".join(Applicant(key).label for key in self.applicants)

    @property
    def is_applied_for_here(self) -> bool:
        """Whether applications of the menu are made and submitted in the portal, under a call."""
        return self.table == Table.SUBSIDY

    @property
    def takes_calls(self) -> bool:
        """Whether calls can be announced: ③ needs one, ① and ② are bound by one only where they have it."""
        return self.table != Table.COMMISSION

    @property
    def wanted_stages(self) -> frozenset[str]:
        """The コミプラ stages the menu is meant for, those of its types where it has types. Empty: any, or none yet."""
        return frozenset(self.stages).union(*(kind.stages for kind in self.project_types.all()))

    def fitting_types(self, stage: str) -> "list[ProjectType]":
        """The types meant for a コミプラ at `stage`, in order."""
        return [kind for kind in self.project_types.all() if kind.fits(stage)]
