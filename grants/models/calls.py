"""A call for applications under a menu, with its deadline in both calendars."""

from datetime import datetime

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from grants.enums import ARRIVALS, SHIFTS
from portal.kernel import clock
from portal.kernel.fields import Line
from portal.kernel.fiscal import Arrival, Deadline, Shift
from portal.kernel.models import Record

from .programmes import Menu


class CallQuerySet(models.QuerySet["Call"]):
    def open(self, at: datetime) -> "CallQuerySet":
        """Calls that take applications at `at`."""
        return self.filter(opens_at__lte=at, closes_at__gt=at)


class Call(Record):
    """A call for applications under one menu. `closes_at` is the first instant that is too late (`Deadline.closes_at`)."""

    menu = models.ForeignKey(Menu, on_delete=models.PROTECT, verbose_name="メニュー", related_name="calls")
    title = Line("名前", max_length=60)
    opens_at = models.DateTimeField("受付開始")
    closes_on = models.DateField("締切日")
    closes_time = models.TimeField("締切時刻", null=True, blank=True)
    shift = models.CharField("休日のときの扱い", max_length=24, choices=SHIFTS)
    arrival = models.CharField("届き方", max_length=12, choices=ARRIVALS)
    closes_at = models.DateTimeField("締切(この時刻からは受け付けない)")

    objects = CallQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "募集"
        ordering = ["closes_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["menu", "title"],
                name="call_title_once",
                violation_error_message="同じ名前の募集が、もうあります。",
            ),
            models.CheckConstraint(
                name="call_opens_before_it_closes",
                condition=Q(opens_at__lt=F("closes_at")),
                violation_error_message="締切は、受付開始より後にしてください。",
            ),
        ]
        indexes = [models.Index(fields=["closes_at"], name="call_closes_at")]

    def __str__(self) -> str:
        return self.title

    def get_relief_url(self) -> str:
        """Where officers extend it and accept what comes after it."""
        return reverse("grants:call_relief", args=[self.pk])

    def get_extend_url(self) -> str:
        return reverse("grants:call_extend", args=[self.pk])

    def get_admit_url(self) -> str:
        return reverse("grants:call_admit", args=[self.pk])

    @property
    def deadline(self) -> Deadline:
        return Deadline(self.closes_on, self.closes_time, Shift(self.shift), Arrival(self.arrival))

    @property
    def days_left_words(self) -> str:
        """「締切まで5日」, 「締切は今日」, 「締切を過ぎました」."""
        left = self.days_left
        return "締切を過ぎました" if left is None else f"締切まで{left}日" if left else "締切は今日"

    @property
    def days_left(self) -> int | None:
        """Days until the deadline's day, 0 on the day itself; None when it has passed."""
        if not self.is_open(clock.now()):
            return None
        return (self.deadline.effective - clock.today_jst()).days

    def is_open(self, at: datetime) -> bool:
        """Whether an application may be submitted at `at`."""
        return self.opens_at <= at < self.closes_at
