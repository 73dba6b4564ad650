"""Reminders before an event: seven days and one day ahead, one mail each, in the daytime, never for what was called off.

Beat asks every ten minutes which events are due and notes one job each; the job writes the mails in batches.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.db import transaction

from portal.kernel import clock, jobs
from portal.kernel.jobs import Running

from ..enums import EventState, RegistrationState
from ..mails import counter as mails_counter
from ..models import Event

AHEAD = {"week": timedelta(days=7), "day": timedelta(days=1)}
EARLIEST_HOUR, LATEST_HOUR = 8, 21  # JST; nobody's telephone rings at night
BATCH = 200
COMING = (EventState.PUBLISHED, EventState.ENTRIES_CLOSED)


def due(now: datetime) -> Iterator[tuple[Event, str]]:
    """Events whose reminder is due on this day in Japan: that many days before the start, by the calendar. One query."""
    today = now.astimezone(clock.JST).date()
    last = now + max(AHEAD.values()) + timedelta(days=1)
    rows = Event.objects.filter(state__in=COMING, starts_at__gt=now, starts_at__lte=last).select_related(
        "ask"
    )
    for event in rows.order_by("starts_at", "pk"):
        ahead = event.starts_at.astimezone(clock.JST).date() - today
        for name, before in AHEAD.items():
            ask = getattr(event, "ask", None)
            if ahead == before and (ask is None or getattr(ask, f"remind_{name}")):
                yield event, name


def plan() -> int:
    """Note one job for each reminder that is due; the same again notes nothing. Nothing at night."""
    now = clock.now()
    if not EARLIEST_HOUR <= now.astimezone(clock.JST).hour < LATEST_HOUR:
        return 0
    found = list(due(now))
    with transaction.atomic():
        for event, name in found:
            day = event.starts_at.astimezone(clock.JST).date()
            key = f"remind:{event.pk}:{name}:{day:%Y%m%d}"
            jobs.enqueue(
                "communities.remind", key=key, obj=event, payload={"ahead": name, "day": day.isoformat()}
            )
    return len(found)


def remind(job: Running) -> None:
    """Job: one mail to each party that has seats. An event called off or moved in the meantime is left alone."""
    name, day = job.payload["ahead"], job.payload["day"]
    total = job.obj.registrations.filter(state=RegistrationState.CONFIRMED).count()
    after = done = 0
    while True:
        with transaction.atomic():
            event = Event.objects.select_for_update(no_key=True, of=("self",)).get(pk=job.row.object_id)
            if event.state not in COMING or event.starts_at.astimezone(clock.JST).date().isoformat() != day:
                return
            parties = event.registrations.filter(state=RegistrationState.CONFIRMED, position__gt=after)
            batch = list(parties.order_by("position")[:BATCH])
            for party in batch:
                mails_counter.reminder(party, event, f"{name}:{day}")
        if not batch:
            return
        after, done = batch[-1].position, done + len(batch)
        job.progress(done, total)
