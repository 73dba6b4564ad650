"""Reads of organisations for those who keep them: lists, and who may be the same body."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from django.contrib.postgres.search import TrigramSimilarity
from django.db.models import CharField, Count, F, Q, QuerySet, Value

from portal.accounts.scope import Scope
from portal.kernel.names import search_key

from ..models import Organisation, OrganisationMember, OrganisationMerge
from ..rules import WARD_STAFF

ALIKE = 0.35  # from this likeness on a name is shown as a candidate


def organisations_kept_by(scope: Scope) -> QuerySet[Organisation]:
    """Those of one's areas, merged ones too, with their collaborations counted."""
    rows = Organisation.objects.filter(area__in=scope.areas(*WARD_STAFF)).select_related(
        "area", "merged_into"
    )
    return rows.annotate(collaboration_count=Count("collaborations"))


def with_words(rows: QuerySet[Organisation], words: str) -> QuerySet[Organisation]:
    """Those whose name or 法人番号 holds the words."""
    if not words:
        return rows
    return rows.filter(Q(name_key__contains=search_key(words)) | Q(corporate_number=words))


def candidates_for(organisation: Organisation, scope: Scope) -> QuerySet[Organisation]:
    """Who may be the same body, likest first: the same or a like name, in one's areas; never with another 法人番号."""
    rows = organisations_kept_by(scope).filter(merged_into__isnull=True).exclude(pk=organisation.pk)
    if organisation.corporate_number:
        rows = rows.filter(corporate_number="")
    likeness = TrigramSimilarity("name_key", organisation.name_key)
    return (
        rows.annotate(likeness=likeness).filter(likeness__gte=ALIKE).order_by("-likeness", "name_key", "id")
    )


def merges_of(organisation: Organisation) -> QuerySet[OrganisationMerge]:
    """What was merged into it or out of it, newest first."""
    rows = OrganisationMerge.objects.filter(Q(kept=organisation) | Q(gone=organisation))
    return rows.select_related("kept__area", "gone__area").order_by("-merged_at", "-id")


def standing(organisation: Organisation) -> Organisation:
    """What a row leads to by now, held against a merge until the transaction ends. One query for each step."""
    row = organisation
    while True:
        row = Organisation.objects.select_for_update(no_key=True, of=("self",)).get(pk=row.pk)
        if row.merged_into_id is None:
            return row
        row = Organisation(pk=row.merged_into_id)


def acting_for(user_id: UUID) -> QuerySet[Any, Any]:
    """(kind, ref) of one user: the organisations they were confirmed to act for. One SELECT, for the scope."""
    rows = OrganisationMember.objects.filter(user=user_id, confirmed_at__isnull=False).order_by()
    return rows.annotate(
        kind=Value("organisation", output_field=CharField()), ref=F("organisation")
    ).values_list("kind", "ref")


def interests_of(user_id: UUID, authority_id: UUID) -> Iterator[tuple[UUID, str]]:
    """(organisation, kind) that tie a person, as this one government has them on record. Donations never count."""
    rows = OrganisationMember.objects.filter(user=user_id, authority=authority_id).select_related(
        "organisation"
    )
    for row in rows:
        yield row.organisation.merged_into_id or row.organisation_id, "office"
