"""Pages, forms and costs of running events, for the tables of tests."""

from datetime import timedelta
from typing import Any

from portal.kernel import clock
from tests.factories import communities as make

from .cast import Cast

KEPT = "のこるはずの言葉"


def soon(days: int) -> str:
    """A moment to come, as a datetime-local field sends it."""
    return f"{clock.today_jst() + timedelta(days=days)}T18:30"


def event(made: Cast) -> list[Any]:
    return [made.event.pk]


def postponed(made: Cast) -> list[Any]:
    if made.event.state != "postponed":
        make.actions.postpone_event(by=make.ward_officer(), event=made.event, note="雨")
    return [made.event.pk]


FORMS = {
    "event_postpone": ("organiser", event, {"note": KEPT}, KEPT),
    "event_repeat": ("organiser", event, {"kind": "weekly", "count": "3", "without": "2099-04-01"}, "2099-04-01"),
    "event_resume": ("organiser", postponed, {"starts_at": soon(20), "ends_at": soon(21)}, soon(20)),
}  # fmt: skip
READS: dict[str, Any] = {
    "event_archive": (("anonymous", "member"), lambda made: "/events/archive/"),
    "ward_calendar": (("anonymous", "member"), lambda made: "/wards/akiha/calendar/"),
}
COSTS: dict[str, Any] = {
    "event archive list": ("anonymous", lambda made: "/events/archive/", 3),
    "ward calendar": ("anonymous", lambda made: "/wards/akiha/calendar/", 4),
}
