"""Reads of who looks after a community, and of invitations."""

from django.db.models import Q, QuerySet

from portal.accounts.scope import Scope
from portal.kernel import clock

from ..enums import CommunityState, InvitationState, MembershipRole, MembershipState
from ..models import Community, Invitation, Membership
from ..rules import READERS


def organisers_beside(membership: Membership) -> QuerySet[Membership]:
    """The other active organisers of the same community."""
    rows = Membership.objects.filter(
        community=membership.community_id, role=MembershipRole.ORGANISER, state=MembershipState.ACTIVE
    )
    return rows.exclude(pk=membership.pk)


def is_last_organiser(membership: Membership) -> bool:
    """Whether a community that still acts would have nobody left to look after it. Ask under the community's lock."""
    if membership.role != MembershipRole.ORGANISER or membership.state != MembershipState.ACTIVE:
        return False
    if membership.community.state in (CommunityState.DISSOLVED, CommunityState.DISCARDED):
        return False
    return not organisers_beside(membership).exists()


def invitations_visible_to(scope: Scope) -> QuerySet[Invitation]:
    """Those of communities one organises and of the staff's areas."""
    seen = Q(pk__in=[])
    if own := scope.standing("organiser"):
        seen |= Q(community__in=own)
    if areas := scope.areas(*READERS):
        seen |= Q(community__area__in=areas)
    return Invitation.objects.filter(seen)


def open_invitations_of(community: Community) -> QuerySet[Invitation]:
    """Those that wait for an answer, newest first."""
    rows = community.invitations.filter(state=InvitationState.SENT)
    return rows.select_related("community").order_by("-created_at", "-id")


def invitations_to(email: str) -> QuerySet[Invitation]:
    """Invitations that an address can still accept."""
    rows = Invitation.objects.filter(
        email=email.casefold(), state=InvitationState.SENT, expires_on__gte=clock.today_jst()
    )
    return rows.select_related("community__area").order_by("-created_at", "-id")
