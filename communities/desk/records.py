"""To-dos about collaborations 協働: the ward confirms before the year closes on 31 May, the city counts after it."""

from typing import Any

from django.db.models import Count, F, QuerySet, TextField
from django.db.models.functions import Cast

from portal.accounts.scope import Scope
from portal.areas.enums import AreaKind

from ..enums import CollaborationState
from ..models import Collaboration
from ..rules import CITY_STAFF, MUNICIPAL_STAFF, WARD_STAFF
from .rows import Source, branch


def _to_confirm(scope: Scope) -> "QuerySet[Any, Any] | None":
    """Records that a ward confirms, one line a year."""
    if not scope.areas(*WARD_STAFF):
        return None
    rows = Collaboration.objects.filter(
        lead_area__in=scope.areas(*WARD_STAFF),
        lead_area__kind=AreaKind.WARD,
        state=CollaborationState.SUBMITTED,
    )
    return _by_year(rows, "confirm")


def _to_count(scope: Scope) -> "QuerySet[Any, Any] | None":
    """Records that a ward has confirmed and the city counts, one line a year."""
    if not (city := scope.areas(*CITY_STAFF)):
        return None
    rows = Collaboration.objects.filter(
        lead_area__kind=AreaKind.WARD, lead_area__in=city, state=CollaborationState.WARD_CONFIRMED
    )
    return _by_year(rows, "count")


def _to_count_directly(scope: Scope) -> "QuerySet[Any, Any] | None":
    """Records of towns, where there is no ward to confirm, one line a year."""
    if not (towns := scope.areas(*MUNICIPAL_STAFF)):
        return None
    rows = Collaboration.objects.filter(lead_area__in=towns, state=CollaborationState.SUBMITTED)
    return _by_year(rows.exclude(lead_area__kind=AreaKind.WARD), "count_directly")


def _by_year(rows: QuerySet[Collaboration], kind: str) -> "QuerySet[Any, Any]":
    years = rows.values("fiscal_year").order_by("fiscal_year")
    return branch(years, kind, slug=Cast(F("fiscal_year"), TextField()), count=Count("pk"))


SOURCES = [
    Source("confirm", _to_confirm),
    Source("count", _to_count),
    Source("count_directly", _to_count_directly),
]
