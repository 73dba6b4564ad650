"""Who may invite, and whose an invitation is."""

import rules

from portal.kernel import permissions
from portal.kernel.actors import Actor, TokenActor, UserActor

from ..models import Invitation
from . import community_lives, is_organiser, is_ward_staff


@rules.predicate
def is_invited(actor: Actor, invitation: Invitation) -> bool:
    """The account of the invited address, or whoever holds the link (who may only refuse)."""
    if isinstance(actor, TokenActor):
        return actor.object_ref == f"invitation:{invitation.pk}"
    return isinstance(actor, UserActor) and actor.user.email.casefold() == invitation.email.casefold()


_define = permissions.define
_define(
    "communities.invite_member",
    (is_ward_staff | is_organiser) & community_lives,
    reason="招待できるのは、世話人と地域の担当者だけです。",
)
_define(
    "communities.own_invitation",
    is_invited,
    reason="この招待は、別のメールアドレスにお送りしたものです。そのアドレスでログインしてください。",
)
_define(
    "communities.dissolve_community",
    is_ward_staff | is_organiser,
    reason="解散できるのは、世話人と地域の担当者だけです。",
)
_define("communities.lives", community_lives, reason="このコミュニティは、解散しました。")
_define("communities.officers_community", is_ward_staff, reason="地域の担当者だけができます。")
_define("communities.hand_over", is_organiser, reason="引き継げるのは、世話人だけです。")
