"""Reads of seats: who waits and why, who was offered what, and the events of the last day (当日対応)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet

from portal.kernel import clock

from ..enums import Collector, EventState, RegistrationState
from ..models import Event, Registration
from ..seats import offers
from .asks import childcare_left

RUNNING = (EventState.PUBLISHED, EventState.ENTRIES_CLOSED)
QUEUE_SHOWN = 200


@dataclass(frozen=True, slots=True)
class Place:
    """One party that waits: whether what is free is enough for it, else whether seats or childcare are too few."""

    party: Registration
    fits: bool
    passed_over: bool
    lacks_childcare: bool = False


@dataclass(frozen=True, slots=True)
class Queue:
    """Everybody who waits or was offered seats, in turn, and why nobody moves up."""

    offered: list[Registration]
    waiting: list[Place]
    why: str
    may_seat: bool  # no offer goes out any more: seats are handed out by hand


def queue_of(event: Event) -> Queue:
    """The queue of an event that comes with its seats. One query, three where somebody waits for childcare."""
    rows = Registration.objects.filter(
        event=event, state__in=[RegistrationState.WAITING, RegistrationState.OFFERED]
    )
    parties = list(rows.select_related("childcare").order_by("turn")[:QUEUE_SHOWN])
    waiting = [party for party in parties if party.state == RegistrationState.WAITING]
    places = childcare_left(event) if any(map(_children, waiting)) else 0
    shown = [_place(party, event.seats.left, places) for party in waiting]
    lacks = any(each.lacks_childcare for each in shown) and not any(each.fits for each in shown)
    seats = seating_of(event, [party.party_size for party in waiting], lacks_childcare=lacks)
    return Queue(
        offered=[party for party in parties if party.state == RegistrationState.OFFERED],
        waiting=shown,
        why=offers.why_nobody(seats),
        may_seat=event.state in RUNNING and not seats.may_offer and clock.now() < event.ends_at,
    )


def _place(party: Registration, left: int | None, places: int) -> Place:
    fits = left is None or party.party_size <= left
    lacks = fits and _children(party) > places
    return Place(party, fits=fits and not lacks, passed_over=bool(left) and not fits, lacks_childcare=lacks)


def _children(party: Registration) -> int:
    """For how many children a party wants childcare. Loaded with `childcare`."""
    return party.childcare.children_count if hasattr(party, "childcare") else 0


def lacks_childcare(party: Registration) -> bool:
    """Whether the free places of childcare are too few for this party. Two queries where it wants some."""
    wanted = _children(party)
    return wanted > 0 and childcare_left(party.event) < wanted


def seating_of(event: Event, waiting: Iterable[int] = (), *, lacks_childcare: bool = False) -> offers.Seating:
    """The facts about the seats of an event that comes with them. No query."""
    seats, now = event.seats, clock.now()
    return offers.Seating(
        capacity=seats.capacity,
        left=seats.left,
        offered=seats.offered_count,
        smallest_waiting=min(waiting, default=None),
        may_offer=event.state in RUNNING and offers.offer_deadline(now, event.starts_at) is not None,
        lacks_childcare=lacks_childcare,
    )


def place_in_queue(registration: Registration) -> tuple[int, int]:
    """(place of this party among those that wait, how many parties wait). Places begin at 1. One query."""
    waiting = Registration.objects.filter(event=registration.event_id, state=RegistrationState.WAITING)
    found = waiting.aggregate(place=Count("pk", filter=Q(turn__lte=registration.turn)), parties=Count("pk"))
    return found["place"], found["parties"]


def last_day_events(area_codes: Iterable[str]) -> QuerySet[Event]:
    """当日対応: events the city collects for, so near that no offer goes out, with seats for somebody who waits."""
    now = clock.now()
    fits = Registration.objects.filter(
        Q(event__seats__capacity__isnull=True) | Q(party_size__lte=OuterRef("left")),
        event=OuterRef("pk"),
        state=RegistrationState.WAITING,
    )
    rows = Event.objects.filter(
        area__in=list(area_codes),
        collector__in=[Collector.CITY, Collector.JOINT],
        state__in=RUNNING,
        starts_at__lt=offers.soonest_start(now),
        starts_at__gte=now - timedelta(days=1),
        ends_at__gte=now,
        seats__waiting_count__gt=0,
    )
    left = F("seats__capacity") - F("seats__confirmed_count") - F("seats__offered_count")
    return rows.annotate(left=left).filter(Exists(fits)).order_by("starts_at", "id")
