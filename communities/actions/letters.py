"""Letters of the office to the organisers of a community: by mail, one each."""

from uuid import UUID

from django.db import transaction

from portal.kernel import audit, permissions
from portal.kernel.actors import UserActor
from portal.kernel.refusals import Refusal

from .. import queries
from ..mails import letters
from ..models import Community


@transaction.atomic
def write_to_organisers(
    *, by: UserActor, community: Community, subject: str, text: str, letter: UUID
) -> Community:
    """Send one mail to each organiser of a community, in the name of its ward's staff; once for each `letter`.

    Raises PermissionDenied, Refusal (nobody to write to).
    """
    permissions.require(by, "communities.write_to_organisers", community)
    organisers = list(queries.organisers_of(community))
    if not organisers:
        raise Refusal("世話人がいないため、送れませんでした。", code="nobody")
    for organiser in organisers:
        letters.to_organiser(organiser, community, letter, subject=subject, text=text)
    audit.record("communities.community.written_to", by=by, target=community, data={"count": len(organisers)})
    return community
