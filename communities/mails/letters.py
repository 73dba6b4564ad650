"""What the staff of a ward write to the organisers of its communities. Plain text; what was written is never markup."""

from uuid import UUID

from portal.kernel import outbox
from portal.kernel.addresses import whole

from ..models import Community, Membership


def to_organiser(
    organiser: Membership, community: Community, letter: UUID, *, subject: str, text: str
) -> None:
    """One letter to one organiser, once however often it is sent."""
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
            "url": whole("communities:community_manage", community.slug),
        },
    )
