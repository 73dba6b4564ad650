"""Ties between a reviewer and proposals that one government has on record. Donations are never looked at."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from communities.models import Organisation
from portal.kernel import ports

from ..models import Proposal


def recorded(user_id: UUID, authority_id: Any, proposals: Sequence[Proposal]) -> set[UUID]:
    """Of `proposals`, those whose proponent or partner the person is tied to in this government's own records.

    Own proposals count. A body registered twice is known by its name. Proposals come with `organisation` and `partners` loaded. A query a port and one for names.
    """
    tied = {ref for port in ports.interests for ref, _ in port(user_id, authority_id)}
    names = (
        set(Organisation.objects.filter(pk__in=tied).values_list("name_key", flat=True)) if tied else set()
    )
    found = set()
    for proposal in proposals:
        own = user_id in (proposal.created_by_id, proposal.submitted_by_id)
        bodies = {proposal.organisation_id, proposal.organisation.merged_into_id}
        called = {proposal.organisation.name_key, *(partner.name_key for partner in proposal.partners.all())}
        if own or bodies & tied or called & names:
            found.add(proposal.pk)
    return found
