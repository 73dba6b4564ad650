"""The pulse of the portal, and what it tells of the times it stood still."""

from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet

from . import clock
from .health import BEAT_MAX_AGE
from .models import Heartbeat, Outage

BEAT = "beat"


@transaction.atomic
def beat() -> None:
    """Note that beat is alive. Was it silent for longer than /readyz allows, that time is kept as an outage, once."""
    now = clock.now()
    last = Heartbeat.objects.filter(name=BEAT).values_list("at", flat=True).first()
    if last is not None and now - last > BEAT_MAX_AGE:
        Outage.objects.bulk_create([Outage(started_at=last, ended_at=now)], ignore_conflicts=True)
    Heartbeat.objects.update_or_create(name=BEAT, defaults={"at": now})


def between(start: datetime, end: datetime) -> QuerySet[Outage]:
    """The outages that touch the time from `start` to `end`, the earliest first."""
    return Outage.objects.filter(started_at__lt=end, ended_at__gt=start)
