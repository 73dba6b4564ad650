"""What the kernel's sweep does for seats: ends offers whose time is over, and offers what is still free."""

import structlog
from django.db import OperationalError
from django.db.models import F, Q, QuerySet

from portal.kernel import clock
from portal.kernel.actors import JobActor

from ..actions.offers import expire_offer, fill_seats
from ..models import EventSeats, Registration
from ..seats import seating

SWEEPING = JobActor("sweep_offers")
AT_ONCE = 500
log = structlog.get_logger("offers")


def sweep_expired_offers() -> tuple[str, int]:
    """For the kernel's sweep: what ended, in words."""
    return "期限が切れた席の案内", sweep_offers()


def sweep_offers() -> int:
    """End every offer whose time is over, each in a transaction of its own, and offer seats that are still free.

    Returns how many ended. One that cannot be had now (its seats are busy) comes with the next sweep.
    """
    now = clock.now()
    over = Registration.objects.filter(offer_ends_at__lte=now, event__state__in=seating.RUNNING)
    ended = 0
    for party in over.select_related("event").order_by("offer_ends_at", "id")[:AT_ONCE]:
        try:
            ended += expire_offer(by=SWEEPING, registration=party)
        except OperationalError:
            log.warning("offer_busy", registration=str(party.pk))
    for seats in _with_free_seats()[:AT_ONCE]:
        try:
            fill_seats(by=SWEEPING, event=seats.event)
        except OperationalError:
            log.warning("seats_busy", event=str(seats.pk))
    return ended


def _with_free_seats() -> QuerySet[EventSeats]:
    free = Q(capacity__isnull=True) | Q(capacity__gt=F("confirmed_count") + F("offered_count"))
    rows = EventSeats.objects.filter(free, waiting_count__gt=0, event__state__in=seating.RUNNING)
    return rows.filter(event__starts_at__gt=clock.now()).select_related("event").order_by("event")
