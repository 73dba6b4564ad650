"""The counter's pages in the tables of the tests."""

from datetime import timedelta
from typing import Any

from communities.actions.asks import add_question
from communities.actions.counter import receive_registration
from communities.models import (
    Attendance,
    ChildcareRequest,
    Event,
    EventAnswer,
    EventAsk,
    EventQuestion,
    GuardianConsent,
    Registration,
)
from communities.telling import telephone
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
    telephone.by_phone("offered", party, "1")
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


RETIRED = {"question": ""}
QUESTION = {"wording": KEPT, "kind": "choice", "options": "甲\n乙"}


def _question(made: Cast) -> EventQuestion:
    return add_question(by=made.people["ward"], event=made.event, kind="text", wording="何をしたいですか")


def _retired(made: Cast) -> list[Any]:
    RETIRED["question"] = str(_question(made).pk)
    return [made.event.pk]


FORMS: dict[str, Any] = {
    "event_asks": ("organiser", _event, {"childcare_from_age": "1", "childcare_to_age": "5"}, ""),
    "event_questions": ("organiser", _retired, RETIRED, ""),
    "event_question_new": ("organiser", _event, QUESTION, KEPT),
    "event_question_edit": ("organiser", lambda made: [made.event.pk, _question(made).pk], QUESTION, KEPT),
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
    "event_answers": (("ward", "city"), lambda made: f"/events/{made.event.pk}/counter/answers/"),
}
FILES: dict[str, Any] = {"counter_slip": "PDF", "counter_list": "PDF", "counter_figures": "a part of a page"}
COSTS: dict[str, Any] = {
    "staff answers": ("ward", lambda made: f"/events/{made.event.pk}/counter/answers/", 12),
    "staff counter": ("ward", lambda made: f"/events/{made.event.pk}/counter/", 11),
}
MORE: dict[str, Any] = {"counter": received}


def ask_of(**values: Any) -> None:
    row = EventAsk.objects.create(event=make.event())
    EventAsk.objects.filter(pk=row.pk).update(**values)


def asked(**values: Any) -> EventQuestion:
    event = make.event()
    row = add_question(by=make.ward_officer(), event=event, kind="text", wording="何")
    EventQuestion.objects.filter(pk=row.pk).update(**values)
    return row


def same_place() -> None:
    row = asked()
    EventQuestion.objects.create(event=row.event, place=row.place, kind="text", wording="何")


def answer(*values: list[str]) -> None:
    row = asked()
    party = make.registration(row.event)
    for each in values:
        EventAnswer.objects.create(registration=party, question=row, values=each)


def unnamed_guardian() -> None:
    now = clock.now()
    party = make.registration(make.event())
    GuardianConsent.objects.create(
        registration=party, name="", phone="1", participation_at=now, emergency_at=now
    )


def ages_missing() -> None:
    ChildcareRequest.objects.create(registration=make.registration(make.event()), ages=[2], children_count=2)


def too_many_came() -> None:
    party = make.registration(make.event())
    Attendance.objects.create(registration=party, people_count=99, seen_at=clock.now())


BROKEN = {
    "attendance_people_count": too_many_came,
    "eventask_childcare_has_a_deadline": lambda: ask_of(childcare_capacity=3),
    "eventask_childcare_ages": lambda: ask_of(childcare_from_age=7),
    "eventquestion_place": same_place,
    "eventquestion_options_iff_choice": lambda: asked(options=["甲", "乙"]),
    "eventquestion_wording_not_empty": lambda: asked(wording=""),
    "eventanswer_once": lambda: answer(["甲"], ["乙"]),
    "eventanswer_not_empty": lambda: answer([]),
    "guardianconsent_named": unnamed_guardian,
    "childcarerequest_one_age_each": ages_missing,
}
OWNED = {
    f"registration.{name}": ""
    for name in ("proxy", "calls", "attendance", "answers", "ages", "guardian", "childcare")
} | {"event.ask": "", "event.questions": ""}
MAILS = {
    **dict.fromkeys(("needs_named", "needs_unnamed"), "test_counter_readers"),
    "reminder": "test_reminders",
}
