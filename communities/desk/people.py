"""To-dos about communities and those who belong to them: requests, drafts, nobody in charge, asleep."""

from typing import Any

from django.db.models import Count, F, Min, QuerySet

from portal.accounts.scope import Scope
from portal.kernel import ports

from ..enums import CommunityState, MembershipState
from ..models import Community, Membership
from ..queries.upkeep import (
    communities_asleep,
    communities_unaccompanied,
    communities_without_organiser,
)
from ..rules import WARD_STAFF
from .rows import Source, branch, for_roles


def _requests(areas: frozenset[str]) -> "QuerySet[Any, Any]":
    """Requests to join that wait, one line a community, the oldest first."""
    waiting = Membership.objects.filter(state=MembershipState.REQUESTED, community__area__in=areas)
    rows = waiting.order_by().values("community")
    return branch(
        rows, "requests", ref="community", slug="community__slug", name="community__name",
        area_code="community__area", area_name="community__area__name", count=Count("pk"), at=Min("created_at"), order="desk_at",
    )  # fmt: skip


def _drafts(areas: frozenset[str]) -> "QuerySet[Any, Any]":
    """Drafts: those whose organisers asked first."""
    rows = Community.objects.filter(state=CommunityState.DRAFT, area__in=areas)
    order = (F("publish_asked_at").asc(nulls_last=True), "created_at")
    return _communities(rows.order_by(*order), "community_drafts", at="publish_asked_at")


def _without_organiser(areas: frozenset[str]) -> "QuerySet[Any, Any]":
    """Published communities that nobody looks after."""
    rows = communities_without_organiser(_published(areas))
    return _communities(rows.order_by("published_at", "pk"), "without_organiser", at="published_at")


def _unaccompanied(scope: Scope) -> "QuerySet[Any, Any] | None":
    """Published communities that no hub staff accompanies; no branch while nobody can say who is accompanied."""
    areas = scope.areas(*WARD_STAFF)
    if not areas or not any(True for _ in ports.accompanied):
        return None
    rows = communities_unaccompanied(_published(areas))
    return _communities(rows.order_by("published_at", "pk"), "without_companion", at="published_at")


def _asleep(areas: frozenset[str]) -> "QuerySet[Any, Any]":
    """Published communities without any sign of life for 90 days, the oldest first."""
    rows = communities_asleep(_published(areas))
    return _communities(rows.order_by("published_at", "pk"), "asleep", at="published_at")


def _published(areas: frozenset[str]) -> QuerySet[Community]:
    return Community.objects.filter(state=CommunityState.PUBLISHED, area__in=areas)


def _communities(rows: QuerySet[Community], kind: str, *, at: str) -> "QuerySet[Any, Any]":
    return branch(
        rows, kind, ref="pk", slug="slug", name="name", area_code="area", area_name="area__name", at=at
    )


SOURCES = [
    for_roles("requests", _requests, *WARD_STAFF),
    for_roles("community_drafts", _drafts, *WARD_STAFF),
    for_roles("without_organiser", _without_organiser, *WARD_STAFF),
    Source("without_companion", _unaccompanied),
    for_roles("asleep", _asleep, *WARD_STAFF),
]
