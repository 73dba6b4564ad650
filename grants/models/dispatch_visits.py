"""The visits of a dispatch: when, where, how their day was moved, and what both sides report of them."""

from datetime import date, timedelta
from typing import ClassVar

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from grants.dispatch.enums import MINUTES_MAX, PEOPLE_MAX, VISITS_MAX, Side, VisitState
from portal.kernel import clock
from portal.kernel.fields import Line, Text
from portal.kernel.models import Record
from portal.kernel.privacy import Privacy

from .applications import person
from .dispatch_advisors import moments


class Visit(Record):
    """One visit. It keeps its advisor's time: two that are not called off never overlap, whoever writes at once.

    `state` is written by `dispatch.workflow.VISIT` only. A consultation has a time too: when it is held free for it.
    """

    privacy: ClassVar[Privacy] = Privacy(
        fields=("created_by", "held_by"),
        retention="5y",
        purpose="アドバイザーの派遣の日程を決め、実施を確かめるため",
    )

    dispatch = models.ForeignKey(
        "grants.Dispatch", on_delete=models.PROTECT, verbose_name="派遣", related_name="visits"
    )
    advisor = models.ForeignKey(
        "grants.Advisor", on_delete=models.PROTECT, verbose_name="アドバイザー", related_name="visits"
    )
    number = models.PositiveSmallIntegerField("回")
    starts_at = models.DateTimeField("始まり")
    ends_at = models.DateTimeField("終わり")
    place = Line("場所", max_length=120, blank=True)
    state = models.CharField("状態", max_length=10, choices=VisitState, default=VisitState.TENTATIVE)
    created_by = person("日程を入れた人")
    held_at = models.DateTimeField("実施を記録した日時", null=True, blank=True)
    held_by = person("実施を記録した人")
    reported_at = models.DateTimeField("報告がそろった日時", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "派遣の回"
        ordering = ["starts_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["dispatch", "number"],
                condition=~Q(state=VisitState.CANCELLED),
                name="visit_number_once",
                violation_error_message="同じ回の日程が、もうあります。",
            ),
            models.CheckConstraint(
                name="visit_number_in_range",
                condition=Q(number__range=(1, VISITS_MAX)),
                violation_error_message=f"回は、1回目から{VISITS_MAX}回目までです。",
            ),
            models.CheckConstraint(
                name="visit_ends_after_start",
                condition=Q(ends_at__gt=F("starts_at")),
                violation_error_message="終わりは、始まりより後にしてください。",
            ),
            ExclusionConstraint(
                name="visit_advisor_not_twice",
                expressions=[("advisor", RangeOperators.EQUAL), (moments(), RangeOperators.OVERLAPS)],
                condition=~Q(state=VisitState.CANCELLED),
                violation_error_message="このアドバイザーには、その時間に別の予定があります。",
            ),
            models.CheckConstraint(
                name="visit_held_iff_recorded",
                condition=Q(state__in=[VisitState.HELD, VisitState.REPORTED], held_at__isnull=False)
                | (~Q(state__in=[VisitState.HELD, VisitState.REPORTED]) & Q(held_at__isnull=True)),
                violation_error_message="実施を記録した日時は、実施した回だけが持ちます。",
            ),
            models.CheckConstraint(
                name="visit_reported_iff_complete",
                condition=Q(state=VisitState.REPORTED, reported_at__isnull=False)
                | (~Q(state=VisitState.REPORTED) & Q(reported_at__isnull=True)),
                violation_error_message="報告がそろった日時は、報告済みの回だけが持ちます。",
            ),
        ]
        indexes = [models.Index(fields=["state", "ends_at"], name="visit_by_state")]

    def __str__(self) -> str:
        return f"{self.dispatch} 第{self.number}回"

    def get_absolute_url(self) -> str:
        """The page of this visit, for all sides."""
        return reverse("grants:visit_detail", args=[self.pk])

    def get_act_url(self, act: str) -> str:
        return reverse("grants:visit_act", args=[self.pk, act])

    @property
    def on(self) -> date:
        """The day in Japan."""
        return self.starts_at.astimezone(clock.JST).date()

    @property
    def report_due_on(self) -> date:
        """Until when both sides report: so many days after, by the menu."""
        return self.on + timedelta(days=self.dispatch.menu.report_days)

    @property
    def is_late(self) -> bool:
        """Whether the day until which both sides report is past."""
        return self.report_due_on < clock.today_jst()

    @property
    def is_over(self) -> bool:
        """Whether it has begun, so that it can be noted as held."""
        return self.starts_at <= clock.now()


class VisitMove(Record):
    """One change of a visit's day: from when to when, and why."""

    privacy: ClassVar[Privacy] = Privacy(
        fields=("moved_by",), retention="5y", purpose="派遣の日程の変更を残すため"
    )

    visit = models.ForeignKey(Visit, on_delete=models.PROTECT, verbose_name="派遣の回", related_name="moves")
    before_starts_at = models.DateTimeField("変更前の始まり")
    before_ends_at = models.DateTimeField("変更前の終わり")
    starts_at = models.DateTimeField("変更後の始まり")
    ends_at = models.DateTimeField("変更後の終わり")
    reason = Line("理由", max_length=200)
    moved_by = person("変えた人")

    class Meta:
        verbose_name = verbose_name_plural = "日程の変更"
        ordering = ["created_at", "id"]
        constraints = [
            models.CheckConstraint(
                name="visitmove_says_why",
                condition=~Q(reason="") & Q(ends_at__gt=F("starts_at")),
                violation_error_message="日程を変える理由を書いてください。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.visit} {self.before_starts_at}"


class VisitReport(Record):
    """What one side reports of a visit. Written once; `minutes` are the advisor's, `people_count` the municipality's."""

    privacy: ClassVar[Privacy] = Privacy(
        fields=("content", "outcome", "written_by"),
        retention="5y",
        purpose="派遣の結果を確かめ、謝金を支払うため",
    )

    visit = models.ForeignKey(
        Visit, on_delete=models.PROTECT, verbose_name="派遣の回", related_name="reports"
    )
    side = models.CharField("報告した側", max_length=12, choices=Side)
    content = Text("助言の内容", max_length=2000)
    outcome = Text("成果と、これから", max_length=2000)
    people_count = models.PositiveSmallIntegerField("参加した人数", null=True, blank=True)
    minutes = models.PositiveSmallIntegerField("助言した時間(分)", null=True, blank=True)
    written_by = person("報告した人")

    class Meta:
        verbose_name = verbose_name_plural = "派遣の報告"
        ordering = ["side"]
        constraints = [
            models.UniqueConstraint(
                fields=["visit", "side"],
                name="visitreport_one_a_side",
                violation_error_message="この回の報告は、もう出しています。",
            ),
            models.CheckConstraint(
                name="visitreport_figures_of_the_side",
                condition=Q(
                    side=Side.MUNICIPALITY,
                    people_count__isnull=False,
                    people_count__lte=PEOPLE_MAX,
                    minutes__isnull=True,
                )
                | Q(
                    side=Side.ADVISOR,
                    people_count__isnull=True,
                    minutes__isnull=False,
                    minutes__range=(1, MINUTES_MAX),
                ),
                violation_error_message="市町村は参加した人数を、アドバイザーは助言した時間を報告します。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.visit} {self.get_side_display()}の報告"
