"""Invitations by mail: invite, accept, refuse, cancel.

i = invite_member(by=organiser, community=c, email="a@example.jp", role="organiser", message="いっしょにどうですか")
accept_invitation(by=UserActor(person with that address), invitation=i)
"""

from datetime import timedelta
from typing import Any

from django.db import transaction

from portal.accounts.models import User
from portal.kernel import audit, clock, permissions
from portal.kernel.actors import Actor
from portal.kernel.names import clean_email
from portal.kernel.refusals import Refusal

from .. import workflow
from ..enums import (
    INVITATION_DAYS,
    INVITATIONS_DAILY,
    INVITATIONS_OPEN,
    INVITATIONS_SAME,
    LIVE_MEMBERSHIPS,
    InvitationState,
    MembershipRole,
    MembershipState,
)
from ..mails import joining as mails_joining
from ..models import Community, Invitation, Membership
from ..saving import change, insert, locked, user_of
from .communities import register_community


@transaction.atomic
def invite_member(
    *, by: Actor, community: Community, email: str, role: str = MembershipRole.MEMBER, message: str = ""
) -> Invitation:
    """Ask an address by mail; the link holds for two weeks. Whether it has an account is not told to anybody.

    Raises Refusal: the person is in already or asks to be, an invitation waits already, too many wait, too many were
    sent within a day (to this address, or by this community), also where they were taken back.
    """
    locked(community)
    permissions.require(by, "communities.invite_member", community)
    email = clean_email(email)
    _not_yet_in(community, email)
    waiting = community.invitations.filter(state=InvitationState.SENT)
    for old in waiting.filter(email=email, expires_on__lt=clock.today_jst()):
        workflow.INVITATION.apply(old, "expire", by=by)
    if waiting.filter(expires_on__gte=clock.today_jst()).count() >= INVITATIONS_OPEN:
        raise Refusal(
            f"返事を待っている招待が{INVITATIONS_OPEN}件あります。返事を待つか、取りやめてから送ってください。",
            code="many",
        )
    _not_too_often(community, email)
    invitation = insert(
        Invitation(
            community=community,
            email=email,
            role=role,
            message=message,
            invited_by=user_of(by),
            expires_on=clock.today_jst() + timedelta(days=INVITATION_DAYS),
        )
    )
    audit.record(
        "communities.invitation.sent",
        by=by,
        target=invitation,
        data={"community": community.pk, "role": role},
    )
    mails_joining.invited(invitation)
    return invitation


@transaction.atomic
def register_with_organiser(*, by: Actor, organiser_email: str = "", **fields: Any) -> Community:
    """`register_community`, and an invitation to look after it when an address is given. All of it or nothing."""
    community = register_community(by=by, **fields)
    if organiser_email:
        invite_member(by=by, community=community, email=organiser_email, role=MembershipRole.ORGANISER)
    return community


@transaction.atomic
def accept_invitation(*, by: Actor, invitation: Invitation) -> Membership:
    """The person with the invited address comes in, in the role they were asked for. Raises Refusal when it is over."""
    locked(invitation)
    if invitation.state == InvitationState.SENT and invitation.is_over:
        raise Refusal("この招待は、期限が過ぎました。世話人に、もう一度送ってもらってください。", code="over")
    if not permissions.check(by, "communities.lives", invitation):
        raise Refusal("このコミュニティは、参加を受け付けていません。", code="moved")
    workflow.INVITATION.apply(invitation, "accept", by=by)
    return _let_in(by, invitation)


@transaction.atomic
def refuse_invitation(*, by: Actor, invitation: Invitation) -> Invitation:
    """Say no, with the account or with the link alone."""
    permissions.require(by, "communities.own_invitation", invitation)
    return workflow.INVITATION.apply(invitation, "refuse", by=by)


@transaction.atomic
def cancel_invitation(*, by: Actor, invitation: Invitation) -> Invitation:
    """An organiser takes the invitation back; its link shows that."""
    return workflow.INVITATION.apply(invitation, "cancel", by=by)


def _not_too_often(community: Community, email: str) -> None:
    """Asked under the lock of the community: inviting and taking back again is no way around."""
    sent = community.invitations.filter(created_at__gt=clock.now() - timedelta(days=1))
    if sent.filter(email=email).count() >= INVITATIONS_SAME:
        raise Refusal(
            f"この方には、1日に{INVITATIONS_SAME}回招待を送りました。あすになってから送ってください。",
            field="email", code="often",
        )  # fmt: skip
    if sent.count() >= INVITATIONS_DAILY:
        raise Refusal(
            f"1日に送れる招待は、{INVITATIONS_DAILY}件までです。あすになってから送ってください。",
            code="often",
        )


def _not_yet_in(community: Community, email: str) -> None:
    rows = Membership.objects.filter(community=community, user__email=email, state__in=LIVE_MEMBERSHIPS)
    state = rows.values_list("state", flat=True).first()
    if state == MembershipState.REQUESTED:
        raise Refusal(
            "この方は、参加を申し込んでいます。参加の申込みに返事をしてください。",
            field="email",
            code="asked",
        )
    if state:
        raise Refusal("この方は、もう参加しています。", field="email", code="twice")


def _let_in(by: Actor, invitation: Invitation) -> Membership:
    """Through the table: a request of one's own is taken back, the invitation stands, it is accepted."""
    user: User = user_of(by)  # type: ignore[assignment]
    community = invitation.community
    rows = Membership.objects.filter(community=community, user=user, state__in=LIVE_MEMBERSHIPS)
    mine = rows.select_related("community").first()
    if mine is not None and mine.state == MembershipState.ACTIVE:
        if invitation.role == MembershipRole.ORGANISER and mine.role != MembershipRole.ORGANISER:
            locked(mine)
            change(mine, {"role": MembershipRole.ORGANISER})
            audit.record("communities.membership.appointed", by=by, target=mine)
        return mine
    if mine is not None and mine.state == MembershipState.REQUESTED:
        workflow.MEMBERSHIP.apply(mine, "withdraw", by=by)
        mine = None
    if mine is None:
        mine = insert(
            Membership(
                community=community,
                user=user,
                role=invitation.role,
                state=MembershipState.INVITED,
                message="",
            )
        )
        audit.record("communities.membership.invited", by=by, target=mine, data={"community": community.pk})
    return workflow.MEMBERSHIP.apply(mine, "accept_invitation", by=by, joined_at=clock.now())
