"""The counter's pages in the tables of the tests."""

from datetime import timedelta
from typing import Any

from communities import telling
from communities.actions.counter import receive_registration
from communities.models import Attendance, Event, Registration
from portal.kernel import clock
from tests.factories import communities as make

from .cast import Cast

KEPT = "のこるはずの言葉"
RECEIVED = {
    "channel": "phone", "name": KEPT, "kana": "ノコル", "phone": "0250-22-0000", "party_size": "1", "consent": "on",
}  # fmt: skip
CALLED, READERS = {"call": ""}, {"officer": "", "deputy": ""}  # filled when the people exist


def received(made: Cast) -> Registration:
    """A party without a mailbox, to be told something."""
    party = receive_registration(
        by=made.people["ward"], event=made.event, channel="phone", name="試験 トミ", kana="シケン トミ",
        phone="0250-22-0000", consent=True, another=True,
    )  # fmt: skip
    telling.by_phone("offered", party, "1")
    return party


def _event(made: Cast) -> list[Any]:
    return [made.event.pk]


def _called(made: Cast) -> list[Any]:
    CALLED["call"] = str(received(made).calls.get().pk)
    return [made.event.pk]


def _readers(made: Cast) -> list[Any]:
    READERS["officer"] = str(made.people["city"].user_id)
    return [made.event.pk]


def _at_door(made: Cast) -> list[Any]:
    soon = clock.now() + timedelta(hours=1)
    Event.objects.filter(pk=made.event.pk).update(starts_at=soon, ends_at=soon + timedelta(hours=2))
    return [made.event.pk]


FORMS: dict[str, Any] = {
    "event_counter": ("ward", _called, CALLED, ""),
    "counter_readers": ("ward", _readers, READERS, ""),
    "counter_new": ("ward", _event, RECEIVED, KEPT),
    "counter_check_in": ("ward", _at_door, {"code": "1"}, 'value="1"'),
    "counter_party": (
        "ward",
        lambda made: [*_at_door(made), made.party.pk],
        {"step": "come", "people": "2"},
        "",
    ),
}
READS: dict[str, Any] = {
    "counter_figures": (
        ("ward", "organiser"),
        lambda made: f"/events/{made.event.pk}/counter/check-in/figures/",
    ),
}
FILES: dict[str, Any] = {"counter_slip": None, "counter_list": None}
COSTS: dict[str, Any] = {
    "staff counter": ("ward", lambda made: f"/events/{made.event.pk}/counter/", 11),
}
MORE: dict[str, Any] = {"counter": received}


def too_many_came() -> None:
    party = make.registration(make.event())
    Attendance.objects.create(registration=party, people_count=99, seen_at=clock.now())


BROKEN = {"attendance_people_count": too_many_came}
OWNED = {"registration.proxy": "", "registration.calls": "", "registration.attendance": ""}
MAILS = dict.fromkeys(("needs_named", "needs_unnamed"), "test_counter_readers")
