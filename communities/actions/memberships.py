"""Memberships: join, ask, answer, leave, show oneself.

m = join_community(by=resident, community=c, message="空き店舗で自習室をやりたい")
accept_member(by=organiser, membership=m)
"""

from django.core.exceptions import PermissionDenied
from django.db import transaction

from portal.accounts.models import User
from portal.kernel import audit, clock, permissions
from portal.kernel.actors import Actor
from portal.kernel.refusals import Refusal

from .. import mails, workflow
from ..enums import LIVE_MEMBERSHIPS, CommunityState, JoinPolicy, MembershipRole, MembershipState
from ..indexing import people as indexing_people
from ..mails import joining as mails_joining
from ..models import Community, Membership
from ..queries.joining import is_last_organiser
from ..saving import change, insert, locked, user_of

LAST = "世話人は、あなただけです。「世話人の引き継ぎ」でほかの方に引き継ぐか、地域の担当者への伝言を書いてから退会してください。"


@transaction.atomic
def join_community(
    *, by: Actor, community: Community, message: str = "", show_name: bool = False
) -> Membership:
    """Come in (open) or ask to (approval). The names of people under 18 are never shown, whatever they chose.

    Raises Refusal: not published, by invitation only, already in or waiting. PermissionDenied without an account.
    """
    user = user_of(by)
    if user is None:
        raise PermissionDenied("参加するには、ログインしてください。")
    _admit(community)
    if Membership.objects.filter(community=community, user=user, state__in=LIVE_MEMBERSHIPS).exists():
        raise Refusal("このコミュニティには、もう参加しているか、返事を待っています。", code="twice")
    comes_in = community.join_policy == JoinPolicy.OPEN
    membership = insert(
        Membership(
            community=community,
            user=user,
            message=message,
            show_name=show_name and user.is_adult,
            state=MembershipState.ACTIVE if comes_in else MembershipState.REQUESTED,
            joined_at=clock.now() if comes_in else None,
        )
    )
    event = "joined" if comes_in else "requested"
    audit.record(
        f"communities.membership.{event}", by=by, target=membership, data={"community": community.pk}
    )
    if comes_in:
        indexing_people.put_person_of(user)
    else:
        mails.join_requested(membership)
    return membership


@transaction.atomic
def accept_member(*, by: Actor, membership: Membership) -> Membership:
    """Let a person in who asked, and tell them."""
    workflow.MEMBERSHIP.apply(membership, "accept", by=by, joined_at=clock.now())
    indexing_people.put_person_of(membership.user)
    mails.join_accepted(membership)
    return membership


@transaction.atomic
def decline_member(*, by: Actor, membership: Membership, note: str) -> Membership:
    """Answer no, with a reason that the person reads."""
    workflow.MEMBERSHIP.apply(membership, "decline", by=by, note=note)
    mails.join_declined(membership, note)
    return membership


@transaction.atomic
def leave_community(*, by: Actor, membership: Membership, note: str = "") -> Membership:
    """Leave, or take back a request that nobody answered yet.

    The last organiser does not leave silently: they hand over first, or leave a word (`note`) for the area's officers,
    who are told by mail. Raises Refusal without it.
    """
    if membership.state == MembershipState.REQUESTED:
        return workflow.MEMBERSHIP.apply(membership, "withdraw", by=by)
    locked(membership.community)
    membership.refresh_from_db(fields=["role"])
    alone = is_last_organiser(membership)
    if alone and not note.strip():
        raise Refusal(LAST, field="note", code="last_organiser")
    workflow.MEMBERSHIP.apply(membership, "leave", by=by, note=note, left_at=clock.now(), show_name=False)
    indexing_people.put_person_of(membership.user)
    if alone:
        mails_joining.last_organiser_left(membership, note)
    return membership


@transaction.atomic
def remove_member(*, by: Actor, membership: Membership, note: str) -> Membership:
    """Organiser or officer ends a membership, with a reason. Two organisers who remove each other leave one of them.

    Raises Refusal for oneself (that is leaving) and for an organiser who is none any more.
    """
    locked(membership.community)
    if (user := user_of(by)) == membership.user:
        raise Refusal("自分の退会は、コミュニティのページの「退会する」から行ってください。", code="own")
    if not permissions.check(by, "communities.officers_community", membership) and not _organises(
        user, membership.community
    ):
        raise PermissionDenied("世話人ではなくなったため、この手続きはできません。")
    workflow.MEMBERSHIP.apply(membership, "remove", by=by, note=note, left_at=clock.now(), show_name=False)
    indexing_people.put_person_of(membership.user)
    return membership


def _organises(user: User | None, community: Community) -> bool:
    rows = Membership.objects.filter(
        community=community, user=user, role=MembershipRole.ORGANISER, state=MembershipState.ACTIVE
    )
    return user is not None and rows.exists()


def answer_member(*, by: Actor, membership: Membership, step: str, note: str = "") -> Membership:
    """The buttons of organisers and officers: accept, decline (note), remove (note), appoint."""
    if step == "appoint":
        return appoint_organiser(by=by, membership=membership)
    if step == "accept":
        return accept_member(by=by, membership=membership)
    return {"decline": decline_member, "remove": remove_member}[step](by=by, membership=membership, note=note)


@transaction.atomic
def appoint_organiser(*, by: Actor, membership: Membership) -> Membership:
    """An organiser or the area's officer makes an active member an organiser. Doing it twice changes nothing."""
    locked(membership)
    if membership.role == MembershipRole.ORGANISER and membership.state == MembershipState.ACTIVE:
        return membership
    permissions.require(by, "communities.appoint_organiser", membership)
    change(membership, {"role": MembershipRole.ORGANISER})
    audit.record("communities.membership.appointed", by=by, target=membership)
    return membership


@transaction.atomic
def show_member(*, by: Actor, membership: Membership, show_name: bool, about: str = "") -> Membership:
    """The person decides whether the community's page names them, and with which words. Minors are never named."""
    locked(membership)
    permissions.require(by, "communities.own_membership", membership)
    if membership.state != MembershipState.ACTIVE:
        raise Refusal("参加している間だけ、変えられます。", code="moved")
    if show_name and not membership.user.is_adult:
        raise Refusal("18歳未満の方の名前は、公開のページに載せません。", field="show_name", code="minor")
    changed = change(membership, {"show_name": show_name, "about": about})
    if changed:
        audit.record("communities.membership.shown", by=by, target=membership, data={"show_name": show_name})
    return membership


def _admit(community: Community) -> None:
    """Read afresh: the page may be old."""
    community.refresh_from_db(fields=["state", "join_policy"])
    if community.state != CommunityState.PUBLISHED:
        raise Refusal(
            f"このコミュニティは、いま「{community.get_state_display()}」です。参加は受け付けていません。",
            code="moved",
        )
    if community.join_policy == JoinPolicy.INVITATION:
        raise Refusal(
            "このコミュニティは、世話人が招いた人だけが参加できます。公開されている連絡先にお問い合わせください。",
            code="invitation",
        )
