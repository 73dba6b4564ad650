"""Events by day, for the sheet of a month and for the record of what was. Constant cost, however many there are."""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta

from django.db.models import Count, F, QuerySet, Window
from django.db.models.functions import RowNumber, TruncDate

from portal.kernel import clock
from portal.kernel.clock import JST

from .. import moderation
from ..enums import PUBLIC_EVENT
from ..models import Event
from .events import SHOWN_WITH, is_listed

A_DAY = 3  # titles shown on one day of the sheet


def events_by_day(
    area_codes: Iterable[str], first: date, last: date
) -> tuple[dict[date, int], dict[date, list[Event]]]:
    """({day: how many begin}, {day: the first few of them}) in the areas, from `first` to `last`. Two queries."""
    rows = (
        _between(first, last)
        .filter(area__in=list(area_codes))
        .annotate(day=TruncDate("starts_at", tzinfo=JST))
    )
    counts = dict(rows.order_by().values("day").annotate(count=Count("pk")).values_list("day", "count"))
    place = Window(RowNumber(), partition_by=F("day"), order_by=[F("starts_at").asc(), F("pk").asc()])
    few = rows.annotate(place=place).filter(place__lte=A_DAY).order_by("starts_at", "id")
    found: dict[date, list[Event]] = {}
    for event in few.only("id", "title", "starts_at", "state", "area"):
        found.setdefault(event.day, []).append(event)
    return counts, found


def past_events(area_codes: Iterable[str] | None = None) -> QuerySet[Event]:
    """Public events that are over, for the record. Order them by `-starts_at`."""
    now = clock.now()
    rows = Event.objects.filter(is_listed(now), state__in=PUBLIC_EVENT, starts_at__lt=now, ends_at__lt=now)
    if area_codes is not None:
        rows = rows.filter(area__in=list(area_codes))
    return moderation.shown(rows.select_related(*SHOWN_WITH))


def _between(first: date, last: date) -> QuerySet[Event]:
    start, end = _midnight(first), _midnight(last + timedelta(days=1))
    rows = Event.objects.filter(is_listed(), state__in=PUBLIC_EVENT, starts_at__gte=start, starts_at__lt=end)
    return moderation.shown(rows)


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), tzinfo=JST)
