"""Series: a meeting that comes back is made once; the others are events of their own, changed one by one or from here on.

events = repeat_event(by=organiser, event=e, kind="weekly", every=2, count=8, skips_holidays=True, without=[date(2027, 1, 1)])
"""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from portal.kernel import audit, clock, permissions
from portal.kernel.actors import Actor
from portal.kernel.clock import JST
from portal.kernel.refusals import Refusal

from .. import indexing
from ..calculations.series import Recurrence
from ..enums import EventState
from ..enums.events import SERIES_AT_MOST
from ..models import Event, EventSeats, EventSeries
from ..saving import change, insert, locked
from .events import EDITABLE, edit_event, publish_event

MOMENTS = ("starts_at", "ends_at", "entries_close_at", "publish_from", "listed_until")
FIXED = (
    "area",
    "host_community",
    "host_platform",
    "host_authority",
    "collector",
    "needs_officer",
    "needs_deputy",
)
CHANGEABLE = (EventState.DRAFT, EventState.PUBLISHED, EventState.ENTRIES_CLOSED)


@transaction.atomic
def repeat_event(
    *, by: Actor, event: Event, kind: str, every: int = 1, count: int = SERIES_AT_MOST, until: date | None = None,
    skips_holidays: bool = False, without: Sequence[date] = (),
) -> EventSeries:  # fmt: skip
    """Make the later meetings of `event`, each with its own seats, as drafts or published as the first one is.

    Times of the day stay the same in Japan. Raises Refusal when it is part of a series, begun or over,
    ValidationError when the rule fits no second day, PermissionDenied.
    """
    locked(event)
    permissions.require(by, "communities.run_event", event)
    if event.series_id:
        raise Refusal("この催しは、もうシリーズの一回です。", code="series")
    if event.state not in CHANGEABLE or event.has_begun(clock.now()):
        raise Refusal("始まった催しや終わった催しからは、シリーズをつくれません。", code="begun")
    rule = Recurrence(
        kind=kind, first=_day(event.starts_at), count=count, until=until, every=every, skips_holidays=skips_holidays,
        without=frozenset(without),
    )  # fmt: skip
    days = _days(rule)
    series = insert(EventSeries(
        kind=kind, every=every, first_on=days[0], count=len(days), skips_holidays=skips_holidays,
        without=sorted(rule.without), rrule=rule.rrule,
    ))  # fmt: skip
    change(event, {"series": series, "series_number": 1})
    for number, day in enumerate(days[1:], 2):
        _copy(by, event, series, number, day - days[0])
    audit.record("communities.event.repeated", by=by, target=event, data={"count": len(days)})
    return series


@transaction.atomic
def edit_events(*, by: Actor, event: Event, following: bool = False, **fields: Any) -> Event:
    """Change this meeting; with `following` also the later ones of its series, each moved by the same time.

    Only what changes here changes there; meetings that were called off or put off stay as they are. What one of them
    refuses is refused for all, and named. Raises as `edit_event`.
    """
    later = _later(event) if following and event.series_id else []
    differs = {name: value for name, value in fields.items() if _differs(event, name, value)}
    moved = {name: differs.pop(name) for name in MOMENTS if differs.get(name)}
    began = event.starts_at
    edit_event(by=by, event=event, **fields)
    for other in later:
        times = {name: at + (other.starts_at - began) for name, at in moved.items()}
        try:
            edit_event(by=by, event=other, **{**differs, **times})
        except (Refusal, ValidationError) as problem:
            words = problem.message if isinstance(problem, Refusal) else " ".join(problem.messages)
            day = other.starts_at.astimezone(JST)
            raise Refusal(f"{day.month}月{day.day}日の回を直せません。{words}", code="series") from problem
    return event


def _days(rule: Recurrence) -> list[date]:
    try:
        days = rule.days()
    except ValueError as problem:
        raise ValidationError({"kind": str(problem)}) from problem
    if len(days) < 2:
        raise ValidationError({"count": "この決め方では、二回目の日がありません。"})
    return days


def _copy(by: Actor, event: Event, series: EventSeries, number: int, later: timedelta) -> None:
    """One more meeting, so much later, with empty seats of its own."""
    plain = {name: getattr(event, name) for name in (*EDITABLE, *FIXED) if name not in MOMENTS}
    times = {name: getattr(event, name) + later for name in MOMENTS if getattr(event, name)}
    copy = insert(Event(**plain, **times, series=series, series_number=number))
    insert(EventSeats(event=copy, capacity=event.seats.capacity))
    copy.themes.set(event.themes.all())
    data = {"capacity": event.seats.capacity, "collector": event.collector}
    audit.record("communities.event.created", by=by, target=copy, data=data)
    if event.state == EventState.DRAFT:
        indexing.put_event(copy)
    else:
        publish_event(by=by, event=copy)


def _later(event: Event) -> list[Event]:
    rows = Event.objects.select_related("seats", "host_community", "host_platform", "host_authority", "area")
    rows = rows.filter(series=event.series_id, series_number__gt=event.series_number, state__in=CHANGEABLE)
    return list(rows.filter(starts_at__gt=clock.now()).order_by("series_number"))


def _differs(event: Event, name: str, value: Any) -> bool:
    if name == "capacity":
        return bool(event.seats.capacity != value)
    if name == "themes":
        return value is not None and set(event.themes.all()) != set(value)
    return bool(getattr(event, name) != value)


def _day(moment: datetime) -> date:
    return moment.astimezone(JST).date()
