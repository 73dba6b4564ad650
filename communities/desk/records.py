"""To-dos about collaborations 協働: the ward confirms before the year closes on 31 May, the city counts after it."""

from typing import Any

from django.db.models import Count, F, QuerySet, TextField
from django.db.models.functions import Cast

from portal.areas.enums import AreaKind

from ..enums import CollaborationState
from ..models import Collaboration
from ..rules import CITY_STAFF, MUNICIPAL_STAFF, WARD_STAFF
from .rows import branch, for_roles


def _to_confirm(areas: frozenset[str]) -> "QuerySet[Any, Any]":
    """Records that a ward confirms, one line a year."""
    rows = Collaboration.objects.filter(
        lead_area__in=areas,
        lead_area__kind=AreaKind.WARD,
        state=CollaborationState.SUBMITTED,
    )
    return _by_year(rows, "confirm")


def _to_count(areas: frozenset[str]) -> "QuerySet[Any, Any]":
    """Records that a ward has confirmed and the city counts, one line a year."""
    rows = Collaboration.objects.filter(
        lead_area__kind=AreaKind.WARD, lead_area__in=areas, state=CollaborationState.WARD_CONFIRMED
    )
    return _by_year(rows, "count")


def _to_count_directly(areas: frozenset[str]) -> "QuerySet[Any, Any]":
    """Records of towns, where there is no ward to confirm, one line a year."""
    rows = Collaboration.objects.filter(lead_area__in=areas, state=CollaborationState.SUBMITTED)
    return _by_year(rows.exclude(lead_area__kind=AreaKind.WARD), "count_directly")


def _by_year(rows: QuerySet[Collaboration], kind: str) -> "QuerySet[Any, Any]":
    years = rows.values("fiscal_year").order_by("fiscal_year")
    return branch(years, kind, slug=Cast(F("fiscal_year"), TextField()), count=Count("pk"))


SOURCES = [
    for_roles("confirm", _to_confirm, *WARD_STAFF),
    for_roles("count", _to_count, *CITY_STAFF),
    for_roles("count_directly", _to_count_directly, *MUNICIPAL_STAFF),
]
