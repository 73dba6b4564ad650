"""To-dos about communities and those who belong to them: requests, drafts, nobody in charge, asleep."""

from typing import Any

from django.db.models import Count, F, Min, QuerySet

from portal.accounts.scope import Scope

from ..enums import CommunityState, MembershipState
from ..models import Community, Membership
from ..queries.upkeep import communities_asleep, communities_without_organiser
from ..rules import WARD_STAFF
from .rows import Source, branch


def _requests(scope: Scope) -> "QuerySet[Any, Any] | None":
    """Requests to join that wait, one line a community, the oldest first."""
    waiting = Membership.objects.filter(
        state=MembershipState.REQUESTED, community__area__in=scope.areas(*WARD_STAFF)
    )
    rows = waiting.order_by().values("community")
    return branch(
        rows, "requests", ref="community", slug="community__slug", name="community__name",
        area_code="community__area", area_name="community__area__name", count=Count("pk"), at=Min("created_at"), order="desk_at",
    )  # fmt: skip


def _drafts(scope: Scope) -> "QuerySet[Any, Any] | None":
    """Drafts: those whose organisers asked first."""
    rows = Community.objects.filter(state=CommunityState.DRAFT, area__in=scope.areas(*WARD_STAFF))
    order = (F("publish_asked_at").asc(nulls_last=True), "created_at")
    return _communities(rows.order_by(*order), "community_drafts", at="publish_asked_at")


def _without_organiser(scope: Scope) -> "QuerySet[Any, Any] | None":
    """Published communities that nobody looks after."""
    rows = communities_without_organiser(_published(scope))
    return _communities(rows.order_by("published_at", "pk"), "without_organiser", at="published_at")


def _asleep(scope: Scope) -> "QuerySet[Any, Any] | None":
    """Published communities without any sign of life for 90 days, the oldest first."""
    rows = communities_asleep(_published(scope))
    return _communities(rows.order_by("published_at", "pk"), "asleep", at="published_at")


def _published(scope: Scope) -> QuerySet[Community]:
    return Community.objects.filter(state=CommunityState.PUBLISHED, area__in=scope.areas(*WARD_STAFF))


def _communities(rows: QuerySet[Community], kind: str, *, at: str) -> "QuerySet[Any, Any]":
    return branch(
        rows, kind, ref="pk", slug="slug", name="name", area_code="area", area_name="area__name", at=at
    )


def _for_staff(rows: Any) -> Any:
    """Nothing at all for those who look after no area."""
    return lambda scope: rows(scope) if scope.areas(*WARD_STAFF) else None


SOURCES = [
    Source("requests", _for_staff(_requests)),
    Source("community_drafts", _for_staff(_drafts)),
    Source("without_organiser", _for_staff(_without_organiser)),
    Source("asleep", _for_staff(_asleep)),
]
