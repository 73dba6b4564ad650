"""The size of a party and of an event: a party gets smaller, a capacity changes. Freed seats are offered on.

reduce_party(by=link, registration=party, party_size=2, party_names=["佐久間 湊"])
"""

from collections.abc import Sequence

from django.core.exceptions import ValidationError
from django.db import transaction

from portal.kernel import audit, clock, permissions
from portal.kernel.actors import Actor, UserActor
from portal.kernel.names import clean_name
from portal.kernel.refusals import Refusal

from .. import mails
from ..enums import LIVE_REGISTRATIONS, EventState
from ..models import Event, Registration
from ..saving import change, locked
from ..seats import seating


@transaction.atomic
def reduce_party(
    *, by: Actor, registration: Registration, party_size: int, party_names: Sequence[str] = ()
) -> Registration:
    """Come with fewer people: the place in the queue stays, seats that get free go to the next.

    Raises Refusal: not smaller, cancelled, the event has begun; ValidationError: more names than people.
    """
    seating.only_its_own(by, registration)
    event = registration.event
    seats = seating.lock(event)
    locked(registration)
    if isinstance(by, UserActor):
        permissions.require(by, "communities.change_party", registration)
    _refuse_late(event, registration)
    before = registration.party_size
    if not 1 <= party_size < before:
        raise Refusal(
            f"いまは{before}人です。人数は、減らすことだけができます。増やすときは、主催者に連絡してください。",
            field="party_size",
            code="not_smaller",
        )
    names = [clean_name(each) for each in party_names]
    if len(names) >= party_size:
        raise ValidationError({"party_names": "お連れの方の氏名が、参加する人数より多くなっています。"})
    seating.count(seats, registration.state, party_size - before)
    change(registration, {"party_size": party_size, "party_names": names})
    data = {"from": before, "to": party_size}
    audit.record("communities.registration.party_reduced", by=by, target=registration, data=data)
    mails.party_reduced(registration)
    seating.settle(seats)
    return registration


@transaction.atomic
def change_capacity(*, by: Actor, event: Event, capacity: int | None) -> bool:
    """Set the capacity (None: nobody counts) and offer what gets free. False when it was so already.

    Raises ValidationError at `capacity` when fewer than those who hold or were offered a seat; PermissionDenied.
    """
    permissions.require(by, "communities.run_event", event)
    seats = seating.lock(event)
    before = seats.capacity
    if before == capacity:
        return False
    if capacity is not None and capacity < seats.taken:
        raise ValidationError({"capacity": _too_small(seats.confirmed_count, seats.offered_count)})
    change(seats, {"capacity": capacity})
    data = {"from": before, "to": capacity}
    audit.record("communities.event.capacity_changed", by=by, target=event, data=data)
    seating.settle(seats)
    return True


def _too_small(confirmed: int, offered: int) -> str:
    """Why a capacity is refused, with the least that is possible."""
    held = (
        f"{confirmed}人が参加を決め、{offered}人に案内中" if offered else f"{confirmed}人が参加を決めています"
    )
    joint = "です。" if offered else "。"
    return f"もう{held}{joint}定員は、{confirmed + offered}人以上にしてください。"


def _refuse_late(event: Event, registration: Registration) -> None:
    if registration.state not in LIVE_REGISTRATIONS:
        raise Refusal(f"この申込みは、いま「{registration.get_state_display()}」です。", code="moved")
    if event.state not in (*seating.RUNNING, EventState.POSTPONED) or event.has_begun(clock.now()):
        raise Refusal(
            "催しが始まったか、中止になったため、人数を変えられません。主催者に連絡してください。",
            code="late",
        )
