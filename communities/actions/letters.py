"""Letters of the office to the organisers of a community: by mail, one each."""

from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.urls import reverse

from portal.kernel import audit, outbox, permissions
from portal.kernel.actors import UserActor
from portal.kernel.refusals import Refusal

from .. import queries
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
        outbox.queue(
            "communities/mail/organiser_letter",
            to=organiser.user.email,
            about=community,
            key=f"letter:{letter}:{organiser.pk}",
            context={
                "community": community,
                "area": community.area,
                "subject": subject,
                "text": text,
                "url": f"{settings.BASE_URL}{reverse('communities:community_manage', args=[community.slug])}",
            },
        )
    audit.record("communities.community.written_to", by=by, target=community, data={"count": len(organisers)})
    return community
