"""The staff's lists by what their address asks for: the page, what is done to many, and the file read the same."""

from collections.abc import Mapping
from typing import Any

from django.db.models import QuerySet

from portal.accounts.scope import Scope

from ..enums import CollaborationState, CommunityState, EventState
from ..models import Collaboration, Community, Event
from .collaborations import WAITING, collaborations_in_areas, with_evidence_kinds
from .communities import communities_in_areas, search_names
from .events import events_in_areas
from .upkeep import communities_asleep, communities_without_organiser

NEEDS = {
    "asleep": ("動きがない", communities_asleep),
    "organiser": ("世話人がいない", communities_without_organiser),
}


def staff_communities(scope: Scope, data: Mapping[str, Any]) -> QuerySet[Community]:
    """The communities of one's areas by state (or by what they need) and words."""
    rows = search_names(communities_in_areas(scope), _words(data))
    state = data.get("state", "")
    if state in CommunityState.values:
        return rows.filter(state=state)
    return NEEDS[state][1](rows) if state in NEEDS else rows


def staff_events(scope: Scope, data: Mapping[str, Any]) -> QuerySet[Event]:
    """The events of one's areas by state and words."""
    rows, state = events_in_areas(scope), data.get("state", "")
    if words := _words(data):
        rows = rows.filter(title__icontains=words)
    return rows.filter(state=state) if state in EventState.values else rows


def staff_collaborations(scope: Scope, data: Mapping[str, Any]) -> QuerySet[Collaboration]:
    """The records of one's areas by state and year; those that wait when no state is named."""
    rows = with_evidence_kinds(collaborations_in_areas(scope))
    state, year = str(data.get("state", "")), str(data.get("year", ""))
    known = state in CollaborationState.values
    rows = rows.filter(state=state) if known else rows.filter(state__in=WAITING)
    if year.isascii() and year.isdigit() and len(year) == 4:
        rows = rows.filter(fiscal_year=int(year))
    return rows


def _words(data: Mapping[str, Any]) -> str:
    return " ".join(str(data.get("q", "")).split())[:100]
