"""Reads of the people who act in the areas of an officer. `people_in_areas(scope)` is the only door to seeing them.

Nobody sees more here than elsewhere: members where one may see the list of members (the area's officers), organisers and
those who agreed to be named for whoever reads there, owners of profiles by what they opened to everybody. People under 18
are in none of these lists.
"""

from collections.abc import Collection
from uuid import UUID

from django.db.models import F, IntegerField, Prefetch, Q, QuerySet, Value

from portal.accounts.enums import AgeGroup
from portal.accounts.models import User
from portal.accounts.scope import Scope
from portal.areas.models import Area
from portal.kernel.names import clean_kana

from ..enums import CommunityState, MembershipRole, MembershipState
from ..enums.people import Openness
from ..models import Event, Membership, Profile, Theme
from ..rules import READERS, WARD_STAFF
from .events import events_in_areas
from .profiles import listed_profiles, with_names

OVER = (CommunityState.DISSOLVED, CommunityState.DISCARDED)


def named_memberships(scope: Scope, area: str = "") -> QuerySet[Membership]:
    """The live memberships of grown-ups whose names this person may read, in one's areas (or one of them)."""
    rows = Membership.objects.filter(
        state=MembershipState.ACTIVE, user__is_active=True, user__age_group=AgeGroup.ADULT
    )
    named = Q(role=MembershipRole.ORGANISER) | Q(show_name=True)
    seen = Q(community__area__in=_codes(scope.areas(*WARD_STAFF), area)) | (
        named & Q(community__area__in=_codes(scope.areas(*READERS), area))
    )
    return rows.filter(seen).exclude(community__state__in=OVER)


def open_profiles() -> QuerySet[Profile]:
    """Those that anybody may read: what an officer sees of a person is what everybody sees."""
    return listed_profiles().filter(name_seen=Openness.EVERYBODY)


def acting_profiles(scope: Scope, area: str = "") -> QuerySet[Profile]:
    """Open ones whose owner says, to everybody, that they act in one's areas (or one of them)."""
    there = Profile.areas.through.objects.filter(area__in=_codes(scope.areas(*READERS), area))
    return open_profiles().filter(areas_seen=Openness.EVERYBODY, pk__in=there.values("profile"))


def people_in_areas(scope: Scope) -> QuerySet[User]:
    """Everybody who acts in one's areas, with what this person may see: `named` memberships and `card_profile`."""
    tied, acting = named_memberships(scope), acting_profiles(scope)
    rows = User.objects.filter(Q(pk__in=tied.values("user")) | Q(pk__in=acting.values("user")))
    return rows.prefetch_related(
        Prefetch(
            "memberships",
            tied.select_related("community__area").order_by("-role", "joined_at", "id"),
            to_attr="named",
        ),
        Prefetch("profile", with_names(open_profiles()), to_attr="card_profile"),
    )


def people_chosen(
    scope: Scope, *, area: str = "", role: str = "", theme: str = "", words: str = ""
) -> QuerySet[User]:
    """Those of one's areas by ward, role (organiser, member, profile), theme and words. Adds no query.

    What is not open cannot be searched either: a display name only of those whose membership one may see.
    """
    tied, acting = named_memberships(scope, area), acting_profiles(scope, area)
    rows = people_in_areas(scope)
    if role in MembershipRole.values:
        rows = rows.filter(pk__in=tied.filter(role=role).values("user"))
    elif role == "profile":
        rows = rows.filter(pk__in=open_profiles().values("user"))
    if area:
        rows = rows.filter(Q(pk__in=tied.values("user")) | Q(pk__in=acting.values("user")))
    if theme:
        theirs = open_profiles().filter(themes_seen=Openness.EVERYBODY, themes__slug=theme)
        where = tied.filter(community__themes__slug=theme)
        rows = rows.filter(Q(pk__in=where.values("user")) | Q(pk__in=theirs.values("user")))
    return rows.filter(_named_like(scope, words)) if words else rows


def people_options(scope: Scope) -> dict[str, list[tuple[str, str]]]:
    """What the list can be filtered by: {"theme": [(slug, name)], "area": [(code, name)]}, one's areas. One query."""
    themes = Theme.objects.order_by().annotate(
        what=Value("theme"), place=F("order"), value=F("slug"), label=F("name")
    )
    areas = Area.objects.filter(pk__in=scope.areas(*READERS)).order_by()
    areas = areas.annotate(
        what=Value("area"), place=Value(0, output_field=IntegerField()), value=F("code"), label=F("name")
    )
    columns = ("what", "place", "value", "label")
    options: dict[str, list[tuple[str, str]]] = {"theme": [], "area": []}
    rows = themes.values_list(*columns).union(areas.values_list(*columns), all=True)
    for what, _, value, label in sorted(rows):
        options[what].append((value, label))
    return options


def events_run_by(scope: Scope, community_ids: Collection[UUID]) -> QuerySet[Event]:
    """The events of communities that somebody organises, in one's areas, newest first."""
    rows = events_in_areas(scope).filter(host_community__in=community_ids)
    return rows.order_by("-starts_at", "-id")


def _codes(areas: frozenset[str], area: str) -> list[str]:
    return sorted(areas & {area}) if area else sorted(areas)


def _named_like(scope: Scope, words: str) -> Q:
    tied = named_memberships(scope).filter(user__name__icontains=words)
    theirs = open_profiles().filter(Q(name__icontains=words) | Q(kana__icontains=clean_kana(words)))
    return Q(pk__in=tied.values("user")) | Q(pk__in=theirs.values("user"))
