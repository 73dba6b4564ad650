"""The visits of a dispatch: when, where, and how their day was moved."""

from typing import ClassVar

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Q

from grants.dispatch.enums import VISITS_MAX, VisitState
from portal.kernel.fields import Line
from portal.kernel.models import Record
from portal.kernel.privacy import Privacy

from .applications import person
from .dispatch_advisors import moments


class Visit(Record):
    """One visit. It keeps its advisor's time: two that are not called off never overlap, whoever writes at once.

    `state` is written by `dispatch.workflow.VISIT` only. A consultation has a time too: when it is held free for it.
    """

    privacy: ClassVar[Privacy] = Privacy(
        fields=("created_by",), retention="5y", purpose="アドバイザーの派遣の日程を決め、実施を確かめるため"
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
        ]
        indexes = [models.Index(fields=["state", "ends_at"], name="visit_by_state")]

    def __str__(self) -> str:
        return f"{self.dispatch} 第{self.number}回"
