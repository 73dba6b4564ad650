"""What people are told about belonging to a community: invitations, new organisers, a community without one."""

from typing import Any

from portal.accounts.enums import Role
from portal.accounts.models import Appointment
from portal.kernel import clock, outbox, tokens
from portal.kernel.addresses import whole

from ..models import Invitation, Membership


def invitation_token(invitation: Invitation) -> str:
    """The secret of the invitation's page. Rebuilt whenever it is needed, never stored."""
    return tokens.make("invitation", invitation.pk, invitation.token_version)


def invited(invitation: Invitation) -> None:
    """Ask the invited address."""
    outbox.queue(
        "communities/mail/invited",
        to=invitation.email,
        about=invitation,
        secret=True,
        key=f"invited:{invitation.pk}",
        context={
            "invitation": invitation,
            "community": invitation.community,
            "url": whole("communities:invitation_detail", invitation_token(invitation)),
        },
    )


def appointed(membership: Membership) -> None:
    """Tell a member that they look after the community now."""
    _queue("organiser_appointed", membership, membership.user.email, "once")


def last_organiser_left(membership: Membership, note: str) -> None:
    """Tell the area's officers that nobody looks after a community, with the word that was left."""
    posts = Appointment.objects.live(clock.today_jst()).filter(
        role__in=[Role.WARD_OFFICER, Role.MUNICIPAL_OFFICER], area=membership.community.area_id
    )
    for email in sorted(set(posts.values_list("user__email", flat=True))):
        _queue("last_organiser_left", membership, email, email, note=note)


def _queue(name: str, membership: Membership, to: str, once: str, **more: Any) -> None:
    community = membership.community
    outbox.queue(
        f"communities/mail/{name}",
        to=to,
        about=membership,
        key=f"{name}:{membership.pk}:{once}:{clock.now():%Y%m%d%H%M%S}",
        context={
            "membership": membership,
            "community": community,
            "url": whole("communities:community_manage", community.slug),
            **more,
        },
    )
