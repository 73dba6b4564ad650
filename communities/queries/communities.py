"""Reads of communities and memberships. `…_visible_to(scope)` is the only door to seeing them."""

from collections.abc import Iterable
from functools import cache
from typing import Any
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import (
    Case,
    CharField,
    Count,
    F,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce

from portal.accounts.enums import AgeGroup
from portal.accounts.scope import Scope
from portal.areas.models import Area
from portal.kernel import paging
from portal.kernel.names import clean_kana
from portal.kernel.prepared import prepared

from .. import moderation
from ..enums import LIVE_MEMBERSHIPS, PUBLIC_COMMUNITY, CommunityState, MembershipRole, MembershipState
from ..models import Community, Membership, Theme
from ..rules import READERS
from .profiles import open_to

THEME_NAMES = ArraySubquery(
    Theme.objects.filter(communities=OuterRef("pk")).order_by("order", "slug").values("name")
)  # made once: lists are read more often than the process starts

NAMED = 12  # members on the page of their community
NOBODY = UUID(int=0)  # a viewer without an account


@cache
def _members(state: MembershipState) -> Coalesce:
    """How many people stand so with the community of the outer query."""
    rows = Membership.objects.filter(community=OuterRef("pk"), state=state).order_by()
    counted = rows.values("community").annotate(count=Count("pk")).values("count")
    return Coalesce(Subquery(counted, output_field=IntegerField()), 0)


def communities_visible_to(scope: Scope) -> QuerySet[Community]:
    """Public ones for all; drafts and hidden ones for their organisers and for the staff of their area."""
    hidden = moderation.is_hidden_here(Community)
    seen = Q(state__in=PUBLIC_COMMUNITY) & ~hidden
    if own := scope.standing("organiser"):
        seen |= Q(pk__in=own) & (Q(state=CommunityState.DRAFT) | hidden)
    if areas := scope.areas(*READERS):
        seen |= Q(area__in=areas)
    return Community.objects.filter(seen)


def published_communities(area_codes: Iterable[str] | None = None, theme: str = "") -> QuerySet[Community]:
    """Communities that act now, newest first, with area, theme names and number of people. For public lists."""
    rows = _published().all()
    if area_codes is not None:
        rows = rows.filter(area__in=list(area_codes))
    if theme:
        rows = rows.filter(
            pk__in=Community.themes.through.objects.filter(theme__slug=theme).values("community")
        )
    return rows


@cache
def _published() -> QuerySet[Community]:
    """Never read itself, only copied: putting its subqueries together costs more than reading twenty rows."""
    rows = Community.objects.filter(state=CommunityState.PUBLISHED).select_related("area")
    return moderation.shown(with_people(with_theme_names(rows))).order_by("-published_at", "-id")


@prepared
def newest_communities() -> QuerySet[Community]:
    """The first `paging.PER_PAGE` + 1 of `published_communities()`, to be read as they stand."""
    return _published()[: paging.PER_PAGE + 1]


def with_theme_names(rows: QuerySet[Community]) -> QuerySet[Community]:
    """Annotate `theme_names`, in their order."""
    return rows.annotate(theme_names=THEME_NAMES)


def with_people(rows: QuerySet[Community]) -> QuerySet[Community]:
    """Annotate `people_count`: those who take part now."""
    return rows.annotate(people_count=_members(MembershipState.ACTIVE))


def communities_in_areas(scope: Scope) -> QuerySet[Community]:
    """Those of the areas in which one works, discarded drafts aside; with people and open requests. For staff lists."""
    rows = Community.objects.filter(area__in=scope.areas(*READERS)).exclude(state=CommunityState.DISCARDED)
    return (
        with_people(rows)
        .annotate(request_count=_members(MembershipState.REQUESTED))
        .select_related("area__parent")
    )


def search_names(rows: QuerySet[Community], words: str) -> QuerySet[Community]:
    """Those whose name, kana or variant holds the words. For staff, within their areas."""
    if not words:
        return rows
    return rows.filter(
        Q(name__icontains=words) | Q(kana__icontains=clean_kana(words)) | Q(variants__icontains=words)
    )


def organisers_of(community: Community) -> QuerySet[Membership]:
    """The active organisers."""
    return active_members_of(community).filter(role=MembershipRole.ORGANISER)


def shown_members(community: Community, viewer: UUID | None = None) -> list[Membership]:
    """Active members who agreed to be named, organisers first, at most NAMED. Minors never, whatever the row says.

    Each with `profile_pk`: of their profile where it is open to the viewer, else None.
    """
    return list(_shown_members(community=community.pk, viewer=viewer or NOBODY))


@prepared
def _shown_members(community: UUID, viewer: UUID) -> QuerySet[Membership]:
    named = Membership.objects.filter(
        community=community, state=MembershipState.ACTIVE, show_name=True, user__is_active=True,
        user__age_group=AgeGroup.ADULT,
    )  # fmt: skip
    named = named.annotate(profile_pk=Subquery(open_to(viewer).values("pk")[:1]))
    return named.select_related("user").order_by("-role", "joined_at", "id")[:NAMED]


def memberships_visible_to(scope: Scope) -> QuerySet[Membership]:
    """One's own; those of communities one organises; those of the staff's areas."""
    seen = Q(user=scope.user_id) if scope.user_id else Q(pk__in=[])
    if own := scope.standing("organiser"):
        seen |= Q(community__in=own)
    if areas := scope.areas(*READERS):
        seen |= Q(community__area__in=areas)
    return Membership.objects.filter(seen)


def live_membership_of(user_id: UUID | None, community: Community) -> Membership | None:
    """Whether and how one person belongs to a community now. None for a visitor, without a query."""
    if user_id is None:
        return None
    rows = Membership.objects.filter(community=community, user=user_id, state__in=LIVE_MEMBERSHIPS)
    return rows.select_related("community", "user").first()


def memberships_of(user_id: UUID) -> QuerySet[Membership]:
    """The communities one person belongs to or waits for, newest first."""
    rows = Membership.objects.filter(user=user_id, state__in=LIVE_MEMBERSHIPS)
    return rows.select_related("community__area").order_by("-created_at", "id")


def requests_of(community: Community) -> QuerySet[Membership]:
    """Who waits for an answer, oldest first."""
    return (
        community.memberships.filter(state=MembershipState.REQUESTED)
        .select_related("user", "community")
        .order_by("created_at", "id")
    )


def people_of(community: Community) -> QuerySet[Membership]:
    """Who waits for an answer, oldest first, then who takes part, organisers first."""
    order = Case(
        When(state=MembershipState.REQUESTED, then=Value(0)),
        When(role=MembershipRole.ORGANISER, then=Value(1)),
        default=Value(2),
    )
    rows = community.memberships.filter(state__in=[MembershipState.REQUESTED, MembershipState.ACTIVE])
    return rows.select_related("user", "community").annotate(rank=order).order_by("rank", "created_at", "id")


def active_members_of(community: Community) -> QuerySet[Membership]:
    """Who takes part now, organisers first."""
    return (
        community.memberships.filter(state=MembershipState.ACTIVE)
        .select_related("user", "community")
        .order_by("-role", "joined_at", "id")
    )


def standing_rows(user_id: UUID) -> QuerySet[Any, Any]:
    """(kind, ref) of one user: member of each community, organiser of some. One SELECT, for the scope."""
    active = Membership.objects.filter(user=user_id, state=MembershipState.ACTIVE).order_by()
    members = active.annotate(kind=Value("member", output_field=CharField()), ref=F("community"))
    organisers = active.filter(role=MembershipRole.ORGANISER).annotate(
        kind=Value("organiser", output_field=CharField()), ref=F("community")
    )
    return members.values_list("kind", "ref").union(organisers.values_list("kind", "ref"), all=True)


def filter_options(place_code: str) -> dict[str, list[tuple[str, str]]]:
    """What public lists can be filtered by: {"theme": [(slug, name)], "area": [(code, name)]}. One query.

    Areas are those directly below `place_code`: a city's wards, a prefecture's municipalities.
    """
    options: dict[str, list[tuple[str, str]]] = {"theme": [], "area": []}
    for what, _, value, label in sorted(_options(place=place_code)):
        options[what].append((value, label))
    return options


@prepared
def _options(place: str) -> Any:
    number = IntegerField()
    themes = Theme.objects.order_by().annotate(
        what=Value("theme"), place=F("order"), value=F("slug"), label=F("name")
    )
    areas = Area.objects.filter(parent=place).order_by()
    areas = areas.annotate(
        what=Value("area"), place=Value(0, output_field=number), value=F("code"), label=F("name")
    )
    columns = ("what", "place", "value", "label")
    return themes.values_list(*columns).union(areas.values_list(*columns), all=True)
