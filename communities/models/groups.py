"""Working groups 部会 of a community or of a ward: problem → measure → who takes it (西蒲区「テーマ別に地域の課題や対応策を検討」)."""

from django.db import models
from django.db.models import Q
from django.urls import reverse

from portal.areas.models import Area
from portal.kernel.fields import Line, Text
from portal.kernel.models import Record

from .communities import Community
from .initiatives import Initiative
from .themes import Theme


class TakerKind(models.TextChoices):
    """Who takes a measure on."""

    COMMUNITY = "community", "コミュニティ"
    ORGANISATION = "organisation", "団体・会社・学校"
    AUTHORITY = "authority", "行政"
    ROLE = "role", "役割(人)"
    OPEN = "open", "担い手をさがしています"


class MeasureState(models.TextChoices):
    """Where a measure is."""

    CONSIDERING = "considering", "検討中"
    DOING = "doing", "実施中"
    DONE = "done", "できた"
    DROPPED = "dropped", "見送り"


class WorkingGroup(Record):
    """People who think about one theme. It belongs to a community, or to the ward (`area`) itself."""

    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="groups", verbose_name="地域")
    community = models.ForeignKey(
        Community,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="groups",
        verbose_name="コミュニティ",
    )
    theme = models.ForeignKey(
        Theme, on_delete=models.PROTECT, null=True, blank=True, related_name="groups", verbose_name="テーマ"
    )
    name = Line("部会の名前", max_length=80)
    summary = Text("話しあうこと", max_length=1000, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "部会"
        constraints = [
            models.CheckConstraint(
                name="workinggroup_name_not_empty",
                condition=~Q(name=""),
                violation_error_message="部会の名前は、空にできません。",
            ),
        ]
        indexes = [
            models.Index(fields=["area", "-created_at", "-id"], name="workinggroup_area"),
            models.Index(fields=["community", "-created_at", "-id"], name="workinggroup_community"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("communities:group_detail", args=[self.pk])

    @property
    def host_name(self) -> str:
        """The community's name, else the ward's."""
        return self.community.name if self.community else str(self.area.name)


class Problem(Record):
    """What the group wants to change."""

    group = models.ForeignKey(
        WorkingGroup, on_delete=models.PROTECT, related_name="problems", verbose_name="部会"
    )
    title = Line("課題", max_length=120)
    detail = Text("くわしく", max_length=1000, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "課題"
        ordering = ["created_at", "id"]
        constraints = [
            models.CheckConstraint(
                name="problem_title_not_empty",
                condition=~Q(title=""),
                violation_error_message="課題は、空にできません。",
            ),
        ]
        indexes = [models.Index(fields=["group", "created_at", "id"], name="problem_group")]

    def __str__(self) -> str:
        return self.title


class Measure(Record):
    """What is to be done about a problem, and who takes it on. Roles, never names of people."""

    problem = models.ForeignKey(
        Problem, on_delete=models.PROTECT, related_name="measures", verbose_name="課題"
    )
    title = Line("対応策", max_length=120)
    taker_kind = models.CharField("担い手の種類", max_length=12, choices=TakerKind, default=TakerKind.OPEN)
    taker_name = Line("担い手", max_length=80, blank=True)
    initiative = models.ForeignKey(
        Initiative,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="measures",
        verbose_name="生まれた取組",
    )
    state = models.CharField("状態", max_length=12, choices=MeasureState, default=MeasureState.CONSIDERING)

    class Meta:
        verbose_name = verbose_name_plural = "対応策"
        ordering = ["created_at", "id"]
        constraints = [
            models.CheckConstraint(
                name="measure_title_not_empty",
                condition=~Q(title=""),
                violation_error_message="対応策は、空にできません。",
            ),
            models.CheckConstraint(
                name="measure_taker_named",
                condition=Q(taker_kind=TakerKind.OPEN, taker_name="")
                | (~Q(taker_kind=TakerKind.OPEN) & ~Q(taker_name="")),
                violation_error_message="担い手の種類を選んだときは、担い手の名前か役割も要ります。",
            ),
        ]
        indexes = [models.Index(fields=["problem", "created_at", "id"], name="measure_problem")]

    def __str__(self) -> str:
        return self.title
