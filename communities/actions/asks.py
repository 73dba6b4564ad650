"""What an event asks: its questions, whether children come, childcare, reminders.

q = add_question(by=organiser, event=e, kind="choice", wording="どの話に関心がありますか", options=["空き店舗", "寺子屋"], required=True)
"""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Max

from portal.kernel import audit, clock, permissions
from portal.kernel.actors import Actor
from portal.kernel.refusals import Refusal

from ..enums import QUESTION_LIMIT
from ..models import Event, EventAsk, EventQuestion, EventSeats
from ..queries.asks import childcare_taken, childcare_waited_for, is_answered, questions_of
from ..saving import change, insert, locked
from ..seats import seating

FROZEN = (
    "もう答えた方がいるため、言い回しのほかは変えられません。聞くのをやめて、新しい質問を作ってください。"
)


@transaction.atomic
def edit_ask(
    *, by: Actor, event: Event, children_welcome: bool = False, childcare_capacity: int | None = None,
    childcare_close_at: datetime | None = None, childcare_from_age: int = 1, childcare_to_age: int = 6,
    remind_week: bool = True, remind_day: bool = True,
) -> EventAsk:  # fmt: skip
    """Set what an event asks about children, and when it reminds. Raises PermissionDenied, ValidationError.

    Refusal for a childcare deadline after that of the entries, or fewer places than are promised or waited for.
    More places are offered at once to those who wait for them.
    """
    permissions.require(by, "communities.run_event", event)
    seats = seating.lock(event)
    ask = EventAsk.objects.get_or_create(event=event)[0]
    if childcare_close_at and childcare_close_at > event.entries_end_at:
        raise Refusal(
            "託児の締切は、申込みの締切より前にしてください。", field="childcare_close_at", code="late"
        )
    taken, waited_for = childcare_taken(event), childcare_waited_for(event)
    if waited_for > (childcare_capacity or 0):
        raise Refusal(
            f"託児{waited_for}人を希望して待っている申込みがあります。これより少なくはできません。",
            field="childcare_capacity", code="waited_for",
        )  # fmt: skip
    if taken > (childcare_capacity or 0):
        raise Refusal(
            f"託児は、もう{taken}人を受け付けています。これより少なくはできません。", field="childcare_capacity", code="taken"
        )  # fmt: skip
    changed = change(
        ask,
        {
            "children_welcome": children_welcome, "childcare_capacity": childcare_capacity,
            "childcare_close_at": childcare_close_at, "childcare_from_age": childcare_from_age,
            "childcare_to_age": childcare_to_age, "remind_week": remind_week, "remind_day": remind_day,
        },
    )  # fmt: skip
    if changed:
        audit.record("communities.eventask.edited", by=by, target=ask, data={"fields": changed})
    seating.settle(seats)
    return ask


@transaction.atomic
def add_question(
    *, by: Actor, event: Event, kind: str, wording: str, hint: str = "", options: Sequence[str] = (), required: bool = False
) -> EventQuestion:  # fmt: skip
    """One question more, ten at most. Those who have registered before are not asked. Raises PermissionDenied, Refusal."""
    permissions.require(by, "communities.run_event", event)
    _seats_locked(event)
    if questions_of(event).count() >= QUESTION_LIMIT:
        raise Refusal(f"質問は、{QUESTION_LIMIT}問までです。", code="too_many")
    last = questions_of(event, retired=True).aggregate(last=Max("place"))["last"] or 0
    question = insert(
        EventQuestion(
            event=event, place=last + 1, kind=kind, wording=wording, hint=hint, options=list(options), required=required
        )
    )  # fmt: skip
    audit.record(
        "communities.eventquestion.added", by=by, target=question, data={"event": event.pk, "kind": kind}
    )
    return question


@transaction.atomic
def edit_question(
    *, by: Actor, question: EventQuestion, kind: str, wording: str, hint: str = "", options: Sequence[str] = (),
    required: bool = False,
) -> EventQuestion:  # fmt: skip
    """Change a question; once somebody answered, its wording and hint alone. Raises PermissionDenied, Refusal."""
    permissions.require(by, "communities.run_event", question.event)
    _seats_locked(question.event)
    locked(question)
    fixed = {"kind": kind, "options": list(options), "required": required}
    moved = [name for name, value in fixed.items() if getattr(question, name) != value]
    if moved and is_answered(question):
        raise Refusal(FROZEN, field=moved[0], code="frozen")
    changed = change(question, {**fixed, "wording": wording, "hint": hint})
    if changed:
        audit.record("communities.eventquestion.edited", by=by, target=question, data={"fields": changed})
    return question


@transaction.atomic
def retire_question(*, by: Actor, event: Event, question: UUID) -> EventQuestion:
    """Ask it no more; what was answered stays until it is erased with the registrations. Again changes nothing."""
    permissions.require(by, "communities.run_event", event)
    _seats_locked(event)
    row = EventQuestion.objects.select_for_update(no_key=True).filter(event=event, pk=question).first()
    if row is None:
        raise Refusal("この質問は、もうありません。", code="gone")
    if row.retired_at is None:
        change(row, {"retired_at": clock.now()})
        audit.record("communities.eventquestion.retired", by=by, target=row)
    return row


def _seats_locked(event: Event) -> None:
    """Answers are stored under the lock of the seats: nobody answers a question that is being changed."""
    EventSeats.objects.select_for_update(no_key=True).get(event=event)
