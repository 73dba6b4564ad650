"""Seats under their lock: whoever holds it counts people, moves parties, and offers what is free.

The order of locks is event → seats → parties. Every freed seat goes through `settle`, and so through one `offer_next`.
"""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Exists, Q

from portal.kernel import clock
from portal.kernel.actors import Actor, JobActor, TokenActor

from .. import mails, workflow
from ..enums import EventState, RegistrationState
from ..models import Event, EventSeats, Registration
from ..queries.asks import childcare_left
from ..saving import locked
from . import offers

RUNNING = (
    EventState.PUBLISHED,
    EventState.ENTRIES_CLOSED,
)  # seats are offered while the event will take place
OFFERING = JobActor("offer_next")
_FRESH = ("state", "entry_method", "entries_close_at", "starts_at")
_COUNTED = {
    RegistrationState.CONFIRMED: "confirmed_count",
    RegistrationState.OFFERED: "offered_count",
    RegistrationState.WAITING: "waiting_count",
}


def lock(event: Event, **asked: Exists) -> EventSeats:
    """The seats of `event` under their lock; what decides about entries is read again after it, in place.

    `asked`: more questions to the database, answered in the same statement on `seats.asked`.
    """
    seats = EventSeats.objects.select_for_update(no_key=True, of=("self",)).get(event=event.pk)
    found = Event.objects.filter(pk=event.pk).values(*_FRESH, **asked).get()
    for name in _FRESH:
        setattr(event, name, found[name])
    seats.event, seats.asked = event, {name: found[name] for name in asked}
    return seats


def count(seats: EventSeats, state: str, people: int) -> None:
    """Add `people` (or take them away) where parties of this state are counted."""
    column = _COUNTED.get(RegistrationState(state))
    if column:
        setattr(seats, column, getattr(seats, column) + people)


def move(
    seats: EventSeats, party: Registration, step: str, *, by: Actor, note: str = "", **fields: Any
) -> None:
    """Move a party of these seats along its table and count it where it now is. `settle` must follow."""
    event, before = seats.event, locked(party).state
    workflow.REGISTRATION.apply(party, step, by=by, note=note, **fields)
    party.event = event
    count(seats, before, -party.party_size)
    count(seats, party.state, party.party_size)


def settle(seats: EventSeats) -> list[Registration]:
    """Offer what is free and save the counts. Returns the parties that were offered seats."""
    offered = offer_next(seats)
    seats.save()
    return offered


def offer_next(seats: EventSeats) -> list[Registration]:
    """Offer free seats to the first party that fits, and again until nobody fits. Larger ones keep their place.

    None goes out for an event that does not take place, nor with less than three hours of daytime to answer.
    """
    event, found = seats.event, []
    ends = offers.offer_deadline(clock.now(), event.starts_at) if event.state in RUNNING else None
    while ends and seats.waiting_count and seats.left != 0:
        party = next_party(event, seats.left)
        if party is None:
            break
        offer(seats, party, by=OFFERING, offer_ends_at=ends)
        mails.offered(party)
        found.append(party)
    return found


def offer(seats: EventSeats, party: Registration, *, by: Actor, **fields: Any) -> None:
    """One offer, without a mail."""
    move(seats, party, "offer", by=by, offered_at=clock.now(), **fields)


def next_turn(seats: EventSeats) -> int:
    """The last place of the queue. Positions and turns come from one number, so no two are ever alike."""
    seats.last_position += 1
    return seats.last_position


def only_its_own(by: Actor, registration: Registration) -> None:
    """A link acts for its own party alone. Raises PermissionDenied."""
    if isinstance(by, TokenActor) and by.object_ref != f"registration:{registration.pk}":
        raise PermissionDenied("このリンクでは、この申込みを変えられません。")


def next_party(event: Event, left: int | None) -> Registration | None:
    """The first party that waits and fits: its people into the free seats, its children into the free childcare.

    Those that do not fit keep their place. The seats are locked.
    """
    queue = Registration.objects.filter(event=event, state=RegistrationState.WAITING).order_by("turn")
    queue = (queue if left is None else queue.filter(party_size__lte=left)).select_related("childcare")
    party = queue.first()
    if party is None or not hasattr(party, "childcare"):
        return party
    places = childcare_left(event)
    if party.childcare.children_count <= places:
        return party
    return queue.filter(Q(childcare__isnull=True) | Q(childcare__children_count__lte=places)).first()
