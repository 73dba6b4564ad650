"""Reads of initiatives: they are seen by whoever sees their community."""

from collections.abc import Iterable
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Case, CharField, Exists, F, OuterRef, Q, QuerySet, Value, When

from portal.accounts.scope import Scope
from portal.kernel.prepared import prepared

from .. import moderation
from ..enums import PUBLIC_COMMUNITY, CollaborationState, OrganisationKind
from ..models import Collaboration, Community, Initiative
from ..rules import READERS
from .communities import communities_visible_to

WALL = 60  # initiatives on one page


def initiatives_visible_to(scope: Scope) -> QuerySet[Initiative]:
    """Those of the communities one sees; hidden ones for the organisers and the staff of the area alone."""
    seen = ~moderation.is_hidden_here(Initiative)
    if own := scope.standing("organiser"):
        seen |= Q(community__in=own)
    if areas := scope.areas(*READERS):
        seen |= Q(community__area__in=areas)
    return Initiative.objects.filter(seen, community__in=communities_visible_to(scope).values("pk"))


def initiatives_of(area_codes: Iterable[str]) -> QuerySet[Initiative]:
    """Public initiatives of some areas, newest first."""
    of_hidden = moderation.hidden("communities.community").filter(object_id=OuterRef("community"))
    return (
        moderation.shown(Initiative.objects.filter(area__in=list(area_codes)))
        .filter(~Exists(of_hidden), community__state__in=PUBLIC_COMMUNITY)
        .select_related("community")
        .order_by("-created_at", "-id")
    )


def initiatives_shown_on(community: Community) -> list[Initiative]:
    """The wall of what grew out of a community, newest first, with `partners`: names that may be named, else kinds."""
    rows = list(_shown_on(community=community.pk))
    for row in rows:
        row.community = community
    return rows


@prepared
def _shown_on(community: UUID) -> QuerySet[Initiative]:
    rows = moderation.shown(Initiative.objects.filter(community=community))
    return with_partners(rows.order_by("-created_at", "-id"))[:WALL]


def with_partners(rows: QuerySet[Initiative]) -> QuerySet[Initiative]:
    """Annotate `partners` of counted collaborations, as the public may read them."""
    kinds = [When(organisation__kind=value, then=Value(label)) for value, label in OrganisationKind.choices]
    label = Case(When(partner_public=True, then=F("organisation__name")), *kinds, output_field=CharField())
    counted = Collaboration.objects.filter(initiative=OuterRef("pk"), state=CollaborationState.COUNTED)
    return rows.annotate(
        partners=ArraySubquery(counted.annotate(label=label).order_by("label").values("label").distinct())
    )
