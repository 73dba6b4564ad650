"""What a side asks supporters for at a file, who was matched to it, and on which days."""

from datetime import date, timedelta
from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from grants.supporters.enums import (
    MINUTES_MAX,
    PEOPLE_MAX,
    TRAVEL_MAX,
    DayState,
    Help,
    PlacementState,
    RequestState,
)
from portal.kernel import clock
from portal.kernel.fields import Line, Text
from portal.kernel.models import Record
from portal.kernel.privacy import Privacy

from .applications import person
from .supporters import Supporter

FILES = ("application", "dispatch", "workshop", "theme")  # one of ③, ①, ②, ④


def _file(model: str, name: str) -> models.ForeignKey:
    return models.ForeignKey(
        model, on_delete=models.PROTECT, verbose_name=name, related_name="+", null=True, blank=True
    )


def _one_file() -> Q:
    found = Q()
    for chosen in FILES:
        found |= Q(**{f"{name}__isnull": name != chosen for name in FILES})
    return found


class SupportRequest(Record):
    """Supporters wanted at one file. `state` is written by `supporters.workflow.SUPPORT_REQUEST` only.

    `municipality` receives them (with `office`, where the prefecture hosts), whichever side asked.
    """

    privacy: ClassVar[Privacy] = Privacy(
        fields=("created_by", "contact_name"), retention="5y", purpose="学生サポーターに手伝ってほしい活動を募り、連絡するため"
    )  # fmt: skip

    menu = models.ForeignKey(
        "grants.Menu", on_delete=models.PROTECT, verbose_name="メニュー", related_name="+"
    )
    application = _file("grants.Application", "補助金の申請")
    dispatch = _file("grants.Dispatch", "アドバイザーの派遣")
    workshop = _file("grants.Workshop", "ワークショップ")
    theme = _file("grants.CommissionTheme", "テーマ")
    municipality = models.ForeignKey(
        "areas.Area", on_delete=models.PROTECT, verbose_name="受け入れる市町村", related_name="+"
    )
    office = models.ForeignKey(
        "areas.Section", on_delete=models.PROTECT, verbose_name="担当の振興局", related_name="+"
    )
    title = Line("活動の名前", max_length=100)
    field = models.CharField("手伝ってほしいこと", max_length=12, choices=Help)
    work = Text("活動の内容", max_length=1000)
    place = Line("場所", max_length=120)
    hours = Line("時間", max_length=60)
    first_on = models.DateField("はじめの日")
    last_on = models.DateField("おわりの日")
    people = models.PositiveSmallIntegerField("人数", default=1)
    contact_name = Line("当日の担当者", max_length=60)
    created_by = person("募った人")
    state = models.CharField("状態", max_length=12, choices=RequestState, default=RequestState.OPEN)

    class Meta:
        verbose_name = verbose_name_plural = "学生サポーターの募集"
        constraints = [
            models.CheckConstraint(
                name="supportrequest_one_file",
                condition=_one_file(),
                violation_error_message="学生サポーターは、一つの案件について募ります。",
            ),
            models.CheckConstraint(
                name="supportrequest_days_in_order",
                condition=Q(last_on__gte=F("first_on")),
                violation_error_message="おわりの日は、はじめの日と同じか、それより後にしてください。",
            ),
            models.CheckConstraint(
                name="supportrequest_people_in_range",
                condition=Q(people__range=(1, PEOPLE_MAX)),
                violation_error_message="人数は、1人から50人までです。",
            ),
        ]
        indexes = [
            models.Index(fields=["municipality", "-created_at", "id"], name="supportrequest_of_town"),
            models.Index(fields=["office", "state"], name="supportrequest_of_office"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("grants:support_detail", args=[self.pk])

    def get_act_url(self, act: str) -> str:
        return reverse("grants:support_act", args=[self.pk, act])

    def get_propose_url(self, supporter: Supporter) -> str:
        return reverse("grants:support_propose", args=[self.pk, supporter.pk])

    @property
    def kind(self) -> str:
        """Which of `FILES` it stands at."""
        return next(name for name in FILES if getattr(self, f"{name}_id") is not None)

    @property
    def file(self) -> models.Model:
        found: models.Model = getattr(self, self.kind)
        return found

    @property
    def is_open(self) -> bool:
        return self.state == RequestState.OPEN


class Placement(Record):
    """One student at one request. `state` is written by `supporters.workflow.PLACEMENT` only."""

    privacy: ClassVar[Privacy] = Privacy(
        fields=("supporter", "work", "learned", "proposed_by", "confirmed_by"),
        retention="5y",
        purpose="学生サポーターの活動を決め、記録し、証明するため",
    )

    request = models.ForeignKey(
        SupportRequest, on_delete=models.PROTECT, verbose_name="募集", related_name="placements"
    )
    supporter = models.ForeignKey(
        Supporter, on_delete=models.PROTECT, verbose_name="学生サポーター", related_name="placements"
    )
    state = models.CharField("状態", max_length=12, choices=PlacementState, default=PlacementState.PROPOSED)
    proposed_by = person("打診した人")
    accepted_at = models.DateTimeField("引き受けた日時", null=True, blank=True)
    reported_at = models.DateTimeField("報告した日時", null=True, blank=True)
    work = Text("したこと", max_length=1500, blank=True)
    learned = Text("感じたこと・学んだこと", max_length=1500, blank=True)
    confirmed_at = models.DateTimeField("確認した日時", null=True, blank=True)
    confirmed_by = person("確認した人")

    class Meta:
        verbose_name = verbose_name_plural = "学生サポーターの活動"
        constraints = [
            models.UniqueConstraint(
                fields=["request", "supporter"],
                condition=~Q(state__in=[PlacementState.DECLINED, PlacementState.CALLED_OFF]),
                name="placement_student_once",
                violation_error_message="この学生には、もう打診しています。",
            ),
            models.CheckConstraint(
                name="placement_reported_iff_written",
                condition=~Q(state__in=[PlacementState.REPORTED, PlacementState.CONFIRMED])
                | (Q(reported_at__isnull=False, accepted_at__isnull=False) & ~Q(work="")),
                violation_error_message="活動の報告には、したことが要ります。",
            ),
            models.CheckConstraint(
                name="placement_confirmed_iff_stamped",
                condition=Q(state=PlacementState.CONFIRMED, confirmed_at__isnull=False)
                | Q(~Q(state=PlacementState.CONFIRMED), confirmed_at__isnull=True),
                violation_error_message="確認した日時は、確認した活動だけが持ちます。",
            ),
        ]
        indexes = [models.Index(fields=["supporter", "-created_at", "id"], name="placement_of_supporter")]

    def __str__(self) -> str:
        return f"{self.supporter} {self.request}"

    def get_absolute_url(self) -> str:
        """The page of all three sides."""
        return reverse("grants:placement_detail", args=[self.pk])

    def get_act_url(self, act: str) -> str:
        return reverse("grants:placement_act", args=[self.pk, act])

    def get_day_url(self, day: "PlacementDay", act: str) -> str:
        return reverse("grants:placement_day", args=[self.pk, day.pk, act])

    @property
    def is_running(self) -> bool:
        return self.state == PlacementState.ACCEPTED

    def due_on(self, report_days: int, last_on: date) -> date:
        """Until when the student reports."""
        return last_on + timedelta(days=report_days)


class PlacementDay(Record):
    """One day of a placement; not dropped it is the student's only one of that day. `state`: `workflow.PLACEMENT_DAY`."""

    placement = models.ForeignKey(
        Placement, on_delete=models.PROTECT, verbose_name="活動", related_name="days"
    )
    supporter = models.ForeignKey(
        Supporter, on_delete=models.PROTECT, verbose_name="学生サポーター", related_name="+"
    )
    on = models.DateField("日")
    state = models.CharField("状態", max_length=12, choices=DayState, default=DayState.KEPT)
    minutes = models.PositiveSmallIntegerField("時間(分)", null=True, blank=True)
    travel_yen = models.PositiveIntegerField("交通費(円)", default=0)
    is_insured = models.BooleanField("保険", default=False)
    confirmed_at = models.DateTimeField("確認した日時", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "活動の日"
        ordering = ["on"]
        constraints = [
            models.UniqueConstraint(
                fields=["supporter", "on"],
                condition=~Q(state=DayState.DROPPED),
                name="placementday_student_not_twice",
                violation_error_message="この学生には、その日に別の活動が入っています。ほかの日か、ほかの学生を選んでください。",
            ),
            models.CheckConstraint(
                name="placementday_in_range",
                condition=(Q(minutes__isnull=True) | Q(minutes__range=(1, MINUTES_MAX)))
                & Q(travel_yen__lte=TRAVEL_MAX),
                violation_error_message="活動の時間か交通費が、入力できる範囲の外です。",
            ),
            models.CheckConstraint(
                name="placementday_recorded_whole",
                condition=~Q(state__in=[DayState.RECORDED, DayState.CONFIRMED]) | Q(minutes__isnull=False),
                violation_error_message="記録した日には、活動の時間が要ります。",
            ),
            models.CheckConstraint(
                name="placementday_confirmed_insured",
                condition=Q(state=DayState.CONFIRMED, confirmed_at__isnull=False, is_insured=True)
                | Q(~Q(state=DayState.CONFIRMED), confirmed_at__isnull=True),
                violation_error_message="確認する日は、保険に入っていたことを確かめます。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.placement} {self.on}"

    @property
    def is_open(self) -> bool:
        return self.state in (DayState.KEPT, DayState.RECORDED)

    @property
    def has_come(self) -> bool:
        return self.on <= clock.today_jst()

    @property
    def hours_words(self) -> str:
        """「3時間30分」."""
        hours, rest = divmod(self.minutes or 0, 60)
        return "".join([f"{hours}時間" if hours else "", f"{rest}分" if rest else ""]) or "―"
