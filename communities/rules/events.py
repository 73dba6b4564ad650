"""Who may speak at a meeting, and take that back."""

import rules

from portal.kernel import permissions
from portal.kernel.actors import Actor, UserActor

from ..models import Event
from . import is_organiser, is_own, is_ward_staff


@rules.predicate
def is_person(actor: Actor, event: Event) -> bool:
    return isinstance(actor, UserActor)


permissions.define("communities.ask_pitch", is_person, reason="ピッチの申込みには、ログインがいります。")
permissions.define(
    "communities.withdraw_pitch",
    is_own | is_organiser | is_ward_staff,
    reason="取りやめられるのは、話す本人と、世話人、地域の担当者だけです。",
)
