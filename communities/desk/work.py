"""To-dos about events: drafts to publish, meetings that are over and not reported."""

from datetime import timedelta
from typing import Any

from django.db.models import F, Q, QuerySet, TextField
from django.db.models.functions import Cast

from portal.accounts.scope import Scope
from portal.kernel import clock

from ..enums import EventState
from ..models import Event
from ..rules import WARD_STAFF
from ..workflow import EVENT
from .rows import Source, branch

LOOK_BACK = timedelta(days=365)  # an older meeting is no longer reported, it is history


def _event_drafts(scope: Scope) -> "QuerySet[Any, Any] | None":
    """Meetings to come that nobody sees yet."""
    areas = scope.areas(*WARD_STAFF)
    if not areas:
        return None
    rows = Event.objects.filter(state=EventState.DRAFT, area__in=areas, ends_at__gte=clock.now())
    return _events(rows.order_by("starts_at", "pk"), "event_drafts", at="starts_at")


def _reports(scope: Scope) -> "QuerySet[Any, Any] | None":
    """Meetings that are over: not yet noted as held, or held and not reported where the procedure asks for a report."""
    areas = scope.areas(*WARD_STAFF)
    if not areas:
        return None
    open_states = sorted(
        {state for step in EVENT.transitions if step.name == "hold" for state in step.sources}
    )
    reported = [step for step in EVENT.transitions if step.target == EventState.REPORTED]
    waiting = Q(state__in=open_states)
    if reported:
        waiting |= Q(state__in=sorted({state for step in reported for state in step.sources}))
    now = clock.now()
    rows = Event.objects.filter(waiting, area__in=areas, ends_at__lt=now, ends_at__gte=now - LOOK_BACK)
    return _events(rows.order_by("ends_at", "pk"), "reports", at="ends_at")


def _events(rows: "QuerySet[Event]", kind: str, *, at: str) -> "QuerySet[Any, Any]":
    return branch(
        rows, kind, ref="pk", name="title", area_code="area", area_name="area__name", at=at,
        note=Cast(F("state"), TextField()),
    )  # fmt: skip


SOURCES = [Source("event_drafts", _event_drafts), Source("reports", _reports)]
