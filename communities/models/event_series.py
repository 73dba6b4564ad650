"""A series: meetings that come back. Each is an event of its own; this row keeps the rule they were made by."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from portal.kernel.models import Record

from ..enums.events import SERIES_AT_MOST, SERIES_WEEKS, SeriesKind


class EventSeries(Record):
    """The rule of a series. `count` is how many meetings it made; JST days."""

    kind = models.CharField("くり返し方", max_length=12, choices=SeriesKind)
    every = models.PositiveSmallIntegerField("何週ごと", default=1)
    first_on = models.DateField("最初の日")
    count = models.PositiveSmallIntegerField("回数")
    skips_holidays = models.BooleanField("祝日を休む", default=False)
    without = ArrayField(models.DateField("休む日"), verbose_name="休む日", default=list, blank=True)
    rrule = models.CharField("RFC 5545 の書き方", max_length=60)

    class Meta:
        verbose_name = verbose_name_plural = "シリーズ"
        constraints = [
            models.CheckConstraint(
                name="eventseries_count",
                condition=Q(count__gte=2, count__lte=SERIES_AT_MOST),
                violation_error_message=f"シリーズは、2回から{SERIES_AT_MOST}回までです。",
            ),
            models.CheckConstraint(
                name="eventseries_every",
                condition=Q(every__gte=1, every__lte=SERIES_WEEKS),
                violation_error_message=f"間隔は、1週から{SERIES_WEEKS}週までです。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.first_on} {self.rrule}"
