"""Reads of collaborations 協働 and of the years that are closed."""

from collections.abc import Iterable

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, Q, QuerySet

from portal.accounts.scope import Scope

from .. import moderation
from ..enums import CollaborationState
from ..models import Collaboration, Community, Evidence, Initiative
from ..rules import READERS

SHOWN_WITH = ("initiative__community__area", "organisation", "lead_area__parent")
WAITING = (CollaborationState.SUBMITTED, CollaborationState.WARD_CONFIRMED)


def collaborations_visible_to(scope: Scope) -> QuerySet[Collaboration]:
    """Counted ones for all; the others for the organisers of their community and the staff of their area.

    What belongs to a hidden initiative or community is counted, but its page is for these people alone.
    """
    seen = Q(state=CollaborationState.COUNTED) & ~moderation.is_hidden_here(Initiative, "initiative")
    if own := scope.standing("organiser"):
        seen |= Q(initiative__community__in=own)
    if areas := scope.areas(*READERS):
        seen |= Q(lead_area__in=areas)
    return Collaboration.objects.filter(seen).select_related(*SHOWN_WITH)


def collaborations_in_areas(scope: Scope) -> QuerySet[Collaboration]:
    """Those of the areas in which one works; for the staff's list."""
    return Collaboration.objects.filter(lead_area__in=scope.areas(*READERS)).select_related(*SHOWN_WITH)


def counted(fiscal_year: int, area_codes: Iterable[str] | None = None) -> QuerySet[Collaboration]:
    """協働数 of a 年度: counted records, with what a report names. An area asks for its lead areas only."""
    rows = Collaboration.objects.filter(fiscal_year=fiscal_year, state=CollaborationState.COUNTED)
    if area_codes is not None:
        rows = rows.filter(lead_area__in=list(area_codes))
    return rows.select_related(*SHOWN_WITH).order_by("started_on", "id")


def collaborations_shown_on(initiative: Initiative, scope: Scope) -> QuerySet[Collaboration]:
    """Those of an initiative that one may see, newest first, with the kinds of their evidence."""
    return with_evidence_kinds(collaborations_visible_to(scope).filter(initiative=initiative)).order_by(
        "-started_on", "id"
    )


def collaborations_of(community: Community) -> QuerySet[Collaboration]:
    """All records of a community's initiatives, newest first, for its organisers."""
    rows = Collaboration.objects.filter(initiative__community=community).select_related(*SHOWN_WITH)
    return with_evidence_kinds(rows).order_by("-started_on", "id")


def with_evidence_kinds(rows: QuerySet[Collaboration]) -> QuerySet[Collaboration]:
    """Annotate `evidence_kinds`: the public reads kinds, never files."""
    kinds = Evidence.objects.filter(collaboration=OuterRef("pk")).order_by("kind").values("kind").distinct()
    return rows.annotate(evidence_kinds=ArraySubquery(kinds))


def evidence_visible_to(scope: Scope) -> QuerySet[Evidence]:
    """Files are for the staff of the area; others ask by 情報公開."""
    return Evidence.objects.filter(collaboration__lead_area__in=scope.areas(*READERS)).select_related("file")
