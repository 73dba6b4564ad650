"""To-dos about events: drafts to publish, meetings that are over and not reported."""

from datetime import timedelta
from typing import Any

from django.db.models import F, QuerySet, TextField
from django.db.models.functions import Cast

from portal.kernel import clock

from ..enums import EventState
from ..models import Event
from ..rules import WARD_STAFF
from ..workflow import EVENT
from .rows import branch, for_roles

LOOK_BACK = timedelta(days=365)  # an older meeting is no longer reported, it is history
UNREPORTED = sorted(
    {state for step in EVENT.transitions if step.name in ("hold", "report") for state in step.sources}
)


def _event_drafts(areas: frozenset[str]) -> "QuerySet[Any, Any]":
    """Meetings to come that nobody sees yet."""
    rows = Event.objects.filter(state=EventState.DRAFT, area__in=areas, ends_at__gte=clock.now())
    return _events(rows.order_by("starts_at", "pk"), "event_drafts", at="starts_at")


def _reports(areas: frozenset[str]) -> "QuerySet[Any, Any]":
    """Meetings that are over: not yet noted as held, or held and not reported."""
    now = clock.now()
    rows = Event.objects.filter(
        state__in=UNREPORTED, area__in=areas, ends_at__lt=now, ends_at__gte=now - LOOK_BACK
    )
    return _events(rows.order_by("ends_at", "pk"), "reports", at="ends_at")


def _events(rows: "QuerySet[Event]", kind: str, *, at: str) -> "QuerySet[Any, Any]":
    return branch(
        rows, kind, ref="pk", name="title", area_code="area", area_name="area__name", at=at,
        note=Cast(F("state"), TextField()),
    )  # fmt: skip


SOURCES = [for_roles("event_drafts", _event_drafts, *WARD_STAFF), for_roles("reports", _reports, *WARD_STAFF)]
