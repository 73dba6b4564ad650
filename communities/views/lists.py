"""What the staff's lists are filtered by: the same reading of the address for the list and for what is done to many."""

from collections.abc import Mapping
from typing import Any

from django.db.models import QuerySet

from portal.accounts.scope import Scope

from .. import queries
from ..enums import CollaborationState, CommunityState
from ..models import Collaboration, Community
from ..queries.upkeep import communities_asleep, communities_without_organiser
from ..rules import MUNICIPAL_STAFF, WARD_STAFF

NEEDS = {
    "asleep": ("動きがない", communities_asleep),
    "organiser": ("世話人がいない", communities_without_organiser),
}


def staff_communities(scope: Scope, data: Mapping[str, Any]) -> QuerySet[Community]:
    """The communities of one's areas by state (or by what they need) and words."""
    rows = queries.search_names(queries.communities_in_areas(scope), str(data.get("q", ""))[:100].strip())
    rows = queries.with_organisers(rows)
    state = data.get("state", "")
    if state in CommunityState.values:
        return rows.filter(state=state)
    return NEEDS[state][1](rows) if state in NEEDS else rows


def staff_collaborations(scope: Scope, data: Mapping[str, Any]) -> QuerySet[Collaboration]:
    """The records of one's areas by state and year; those that wait when no state is named."""
    rows = queries.with_evidence_kinds(queries.collaborations_in_areas(scope))
    state, year = str(data.get("state", "")), str(data.get("year", ""))
    known = state in CollaborationState.values
    rows = rows.filter(state=state) if known else rows.filter(state__in=queries.WAITING)
    if year.isascii() and year.isdigit() and len(year) == 4:
        rows = rows.filter(fiscal_year=int(year))
    return rows


def bulk_buttons(request: Any, state: str) -> dict[str, bool]:
    """Which buttons the queue of collaborations offers this person."""
    scope = request.scope
    return {
        "may_confirm": scope.has(*WARD_STAFF) and state in ("waiting", CollaborationState.SUBMITTED),
        "may_count": scope.has(*MUNICIPAL_STAFF) and state in ("waiting", *queries.WAITING),
    }
