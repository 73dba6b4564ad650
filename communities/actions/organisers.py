"""Who looks after a community: handing it over, stepping back.

hand_over(by=organiser, community=c, to=membership)      # the other becomes organiser, oneself a plain member
hand_over(by=organiser, community=c, to=None)            # only where other organisers remain
"""

from django.core.exceptions import PermissionDenied
from django.db import transaction

from portal.kernel import audit, permissions
from portal.kernel.actors import Actor
from portal.kernel.refusals import Refusal

from ..enums import MembershipRole, MembershipState
from ..mails import joining as mails_joining
from ..models import Community, Membership
from ..queries.joining import is_last_organiser
from ..saving import change, locked, user_of
from .memberships import LAST


@transaction.atomic
def hand_over(*, by: Actor, community: Community, to: Membership | None) -> Membership:
    """Step back from organising; `to` takes over, None where others remain. Returns one's own membership.

    Raises Refusal when nobody would remain, or `to` does not take part any more.
    """
    locked(community)
    mine = _own_organiser(by, community)
    if to is not None:
        locked(to)
        if to.community_id != community.pk or to.state != MembershipState.ACTIVE:
            raise Refusal("この方は、いま参加していません。選び直してください。", field="to", code="gone")
        if to.role != MembershipRole.ORGANISER:
            permissions.require(by, "communities.appoint_organiser", to)
            change(to, {"role": MembershipRole.ORGANISER})
            audit.record("communities.membership.appointed", by=by, target=to)
            mails_joining.appointed(to)
    if is_last_organiser(mine):
        raise Refusal(LAST, field="to", code="last_organiser")
    change(mine, {"role": MembershipRole.MEMBER})
    audit.record("communities.membership.stepped_back", by=by, target=mine)
    return mine


def _own_organiser(by: Actor, community: Community) -> Membership:
    rows = Membership.objects.filter(
        community=community, user=user_of(by), role=MembershipRole.ORGANISER, state=MembershipState.ACTIVE
    )
    mine = rows.select_for_update(no_key=True, of=("self",)).first() if user_of(by) else None
    if mine is None:
        raise PermissionDenied("引き継げるのは、世話人だけです。")
    return mine
