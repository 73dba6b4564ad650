"""Reads of profiles. `profiles_visible_to(scope)` is the only door to seeing them."""

from collections.abc import Iterable
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import BooleanField, Exists, OuterRef, Q, QuerySet, Value

from portal.accounts.enums import AgeGroup
from portal.accounts.scope import Scope
from portal.areas.models import Area

from .. import moderation
from ..enums import CommunityState, MembershipState, Stage
from ..enums.people import Openness
from ..models import Community, Initiative, Membership, Profile, Theme


def listed_profiles() -> QuerySet[Profile]:
    """Open ones of grown-ups with a living account that nobody hid. Minors never, whatever the row says."""
    rows = Profile.objects.filter(is_open=True, user__is_active=True, user__age_group=AgeGroup.ADULT)
    return moderation.shown(rows)


def profiles_visible_to(scope: Scope) -> QuerySet[Profile]:
    """Those whose name is open to this viewer, with `is_near`: the viewer shares a community, or is the owner."""
    rows = listed_profiles()
    if scope.user_id is None:
        return rows.filter(name_seen=Openness.EVERYBODY).annotate(
            is_near=Value(False, output_field=BooleanField())
        )
    shared = Membership.objects.filter(
        user=OuterRef("user"), state=MembershipState.ACTIVE, community__in=scope.standing("member")
    )
    rows = rows.annotate(is_near=Exists(shared) | Q(user=scope.user_id))
    return rows.filter(Q(name_seen=Openness.EVERYBODY) | Q(name_seen=Openness.MEMBERS, is_near=True))


def open_to(viewer: UUID) -> QuerySet[Profile]:
    """The profile of the outer row's `user`, when its name is open to this viewer; the same rule as above.

    For statements that show people beside something else and lead to their pages.
    """
    theirs = Membership.objects.filter(user=viewer, state=MembershipState.ACTIVE).values("community")
    shared = Membership.objects.filter(
        user=OuterRef("user"), state=MembershipState.ACTIVE, community__in=theirs
    )
    near = Q(name_seen=Openness.MEMBERS) & (Q(Exists(shared)) | Q(user=viewer))
    return listed_profiles().filter(Q(name_seen=Openness.EVERYBODY) | near).filter(user=OuterRef("user"))


def with_names(rows: QuerySet[Profile]) -> QuerySet[Profile]:
    """Annotate `area_names` and `theme_names`, in their order."""
    areas = Area.objects.filter(profiles=OuterRef("pk")).order_by("code").values("name")
    themes = Theme.objects.filter(profiles=OuterRef("pk")).order_by("order", "slug").values("name")
    return rows.annotate(area_names=ArraySubquery(areas), theme_names=ArraySubquery(themes))


def people_listed(scope: Scope, area: str = "", theme: str = "") -> QuerySet[Profile]:
    """The directory for one viewer, newest first. What is not open to them cannot be filtered by either."""
    rows = with_names(profiles_visible_to(scope))
    if area:
        chosen = Profile.areas.through.objects.filter(profile=OuterRef("pk"), area=area)
        rows = rows.filter(_open("areas"), Exists(chosen))
    if theme:
        meant = Profile.themes.through.objects.filter(profile=OuterRef("pk"), theme__slug=theme)
        rows = rows.filter(_open("themes"), Exists(meant))
    return rows.order_by("-opened_at", "-id")


def communities_shown_with(profile: Profile) -> QuerySet[Membership]:
    """The public communities in which this person agreed to be named, organised ones first."""
    rows = Membership.objects.filter(user=profile.user_id, state=MembershipState.ACTIVE, show_name=True)
    public = moderation.shown(
        Community.objects.filter(state__in=[CommunityState.PUBLISHED, CommunityState.DORMANT])
    )
    return (
        rows.filter(community__in=public)
        .select_related("community__area")
        .order_by("-role", "joined_at", "id")
    )


def initiatives_in(community_ids: Iterable[UUID]) -> QuerySet[Initiative]:
    """What grew out of these communities and lives, newest first, for the page of a person who belongs to them."""
    rows = moderation.shown(Initiative.objects.filter(community__in=list(community_ids)))
    return rows.exclude(stage=Stage.ENDED).order_by("-created_at", "-id")


def profile_of(user_id: UUID | None) -> Profile | None:
    """One's own, open or not, with area and theme names."""
    return with_names(Profile.objects.filter(user=user_id)).select_related("photo").first()


def areas_offered(user_id: UUID, place_code: str) -> QuerySet[Area]:
    """Where a person may say they act: the wards or municipalities of this government, and where they belong already."""
    mine = Q(communities__memberships__user=user_id, communities__memberships__state=MembershipState.ACTIVE)
    return Area.objects.filter(Q(parent=place_code) | mine).distinct().order_by("code")


def _open(name: str) -> Q:
    return Q(**{f"{name}_seen": Openness.EVERYBODY}) | Q(**{f"{name}_seen": Openness.MEMBERS}, is_near=True)
