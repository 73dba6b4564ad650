"""Who may report, hide, restore and decide. Seeing is decided in `queries`."""

from typing import Any

import rules

from portal.accounts.models import Appointment
from portal.kernel import clock, permissions
from portal.kernel.actors import Actor, UserActor

from ..models import Exchange, Hiding
from ..moderation import subjects
from . import READERS, WARD_STAFF, has_role, is_ward_staff


@rules.predicate
def is_author(actor: Actor, hiding: Hiding) -> bool:
    """The person themself, or an organiser of what was hidden."""
    if not isinstance(actor, UserActor):
        return False
    return subjects.is_author(actor.user, hiding.object_type, hiding.object_id)  # type: ignore[arg-type]


@rules.predicate
def is_another_than_who_hid(actor: Actor, hiding: Hiding) -> bool:
    """An appeal is decided by another person, where there is one with an appointment over this area today."""
    if not isinstance(actor, UserActor) or hiding.hidden_by_id != actor.user_id:
        return True
    return not _others(hiding, actor).exists()


def _others(hiding: Hiding, actor: UserActor) -> Any:
    places = [hiding.area_id, hiding.area.parent_id]
    live = Appointment.objects.live(clock.today_jst()).filter(role__in=WARD_STAFF, area__in=places)
    return live.filter(user__is_active=True).exclude(user=actor.user_id)


@rules.predicate
def is_side(actor: Actor, exchange: Exchange) -> bool:
    return isinstance(actor, UserActor) and actor.user_id in (exchange.sender_id, exchange.recipient_id)


@rules.predicate
def reads_there(actor: Actor, case: Any) -> bool:
    """Whether the actor works, or reads, in the area of a report or hiding."""
    return has_role(actor, READERS, case)


_define = permissions.define
_define("communities.stop_exchange", is_side, reason="やめられるのは、やりとりをしている二人だけです。")
_define(
    "communities.moderate",
    is_ward_staff,
    reason="知らせに答え、非表示にできるのは、その地域の担当者だけです。",
)
_define("communities.read_case", reads_there, reason="知らせを読めるのは、その地域の職員だけです。")
_define("communities.appeal_hiding", is_author, reason="異議を出せるのは、書いた本人と世話人だけです。")
_define(
    "communities.decide_appeal",
    is_ward_staff & is_another_than_who_hid,
    reason="異議は、非表示にした人とは別の担当者が決めます。",
)
