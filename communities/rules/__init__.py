"""Who may do what: standing ∧ phase, on a loaded row. Seeing is decided in `queries`, doing here.

Rows come with their community loaded (select_related), so that nothing here asks the database but the scope.
"""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any, cast
from uuid import UUID

import rules
from django.db.models import Model

from portal.accounts.enums import Role
from portal.accounts.scope import Scope
from portal.areas.models import Area
from portal.kernel import clock, permissions
from portal.kernel.actors import Actor, JobActor, TokenActor, UserActor

from ..enums import NAMES_DAYS, Collector, CommunityState, EventState, MembershipRole, MembershipState
from ..models import Community, Event, Membership, Registration

WARD_STAFF = (Role.WARD_OFFICER, Role.CITY_OFFICER, Role.MUNICIPAL_OFFICER)
CITY_STAFF = (Role.CITY_OFFICER,)
MUNICIPAL_STAFF = (Role.MUNICIPAL_OFFICER, Role.CITY_OFFICER)
# What a government decided by 決裁, carried out here by the floor above. Nobody signs in as it.
DECISION = JobActor("decision")
READERS = (*WARD_STAFF, Role.CITY_CHIEF, Role.MUNICIPAL_CHIEF, Role.AUDITOR)


def area_code(obj: Any) -> str:
    """The six-digit code of the area a row belongs to; an area is its own."""
    if isinstance(obj, Area):
        return str(obj.pk)
    for name in ("area_id", "lead_area_id"):
        if hasattr(obj, name):
            return str(getattr(obj, name))
    for name in ("community", "event", "initiative", "platform", "collaboration"):
        if hasattr(obj, name):
            return area_code(getattr(obj, name))
    raise TypeError(f"{type(obj).__name__} belongs to no area")


def community_ids(obj: Any) -> set[UUID]:
    """The communities whose organisers answer for a row; empty when it has none."""
    if isinstance(obj, Community):
        return {obj.pk}
    if isinstance(obj, Event):
        return {obj.host_community_id} if obj.host_community_id else set()
    if hasattr(obj, "community_id"):
        return {obj.community_id}
    parent: Model | None = (
        getattr(obj, "event", None) or getattr(obj, "initiative", None) or getattr(obj, "collaboration", None)
    )
    return community_ids(parent) if parent is not None else set()


def has_role(actor: Actor, roles: Iterable[str], obj: Any) -> bool:
    """Whether the actor holds one of `roles` over the area of `obj`."""
    return isinstance(actor, UserActor) and area_code(obj) in Scope.of(actor).areas(*roles)


@rules.predicate
def is_ward_staff(actor: Actor, obj: Any) -> bool:
    return has_role(actor, WARD_STAFF, obj)


@rules.predicate
def is_city_staff(actor: Actor, obj: Any) -> bool:
    return has_role(actor, CITY_STAFF, obj)


@rules.predicate
def is_municipal_staff(actor: Actor, obj: Any) -> bool:
    return has_role(actor, MUNICIPAL_STAFF, obj)


@rules.predicate
def is_prefecture_staff(actor: Actor, obj: Any) -> bool:
    return has_role(actor, (Role.PREFECTURE_OFFICER,), obj)


@rules.predicate
def is_organiser(actor: Actor, obj: Any) -> bool:
    return isinstance(actor, UserActor) and bool(community_ids(obj) & Scope.of(actor).standing("organiser"))


@rules.predicate
def is_own(actor: Actor, obj: Membership | Registration) -> bool:
    return isinstance(actor, UserActor) and obj.user_id is not None and obj.user_id == actor.user_id


@rules.predicate
def is_decision(actor: Actor, obj: Any) -> bool:
    """The portal, carrying out what a government decided (a workshop of the grants and its event)."""
    return actor == DECISION


@rules.predicate
def community_lives(actor: Actor, obj: Any) -> bool:
    """Dissolved and discarded communities do nothing any more; resting ones may be woken."""
    community = (
        obj
        if isinstance(obj, Community)
        else getattr(obj, "host_community", None) or getattr(obj, "community", None)
    )
    return community is None or community.state not in (CommunityState.DISSOLVED, CommunityState.DISCARDED)


@rules.predicate
def lead_area_is_ward(actor: Actor, collaboration: Any) -> bool:
    return bool(collaboration.lead_area.is_ward)


@rules.predicate
def is_active_member(actor: Actor, membership: Membership) -> bool:
    return bool(membership.state == MembershipState.ACTIVE)


@rules.predicate
def is_plain_member(actor: Actor, membership: Membership) -> bool:
    return bool(membership.role == MembershipRole.MEMBER)


@rules.predicate
def city_collects(actor: Actor, obj: Any) -> bool:
    return _event(obj).collector in (Collector.CITY, Collector.JOINT)


@rules.predicate
def community_collects(actor: Actor, obj: Any) -> bool:
    return _event(obj).collector in (Collector.COMMUNITY, Collector.JOINT)


@rules.predicate
def names_are_open(actor: Actor, obj: Any) -> bool:
    """Organisers see names from the closing of entries until 14 days after the event (個人情報保護法61条)."""
    event, now = _event(obj), clock.now()
    closed = now >= event.entries_end_at or event.state not in (EventState.DRAFT, EventState.PUBLISHED)
    return closed and now <= event.ends_at + timedelta(days=NAMES_DAYS)


@rules.predicate
def needs_are_of_use(actor: Actor, event: Event) -> bool:
    """What people need is read to prepare the event and to look back on it, not for longer (要配慮個人情報)."""
    return clock.now() <= event.ends_at + timedelta(days=NAMES_DAYS)


@rules.predicate
def is_named_for_needs(actor: Actor, event: Event) -> bool:
    return isinstance(actor, UserActor) and actor.user_id in (event.needs_officer_id, event.needs_deputy_id)


@rules.predicate
def nobody_is_named_for_needs(actor: Actor, event: Event) -> bool:
    return event.needs_officer_id is None and event.needs_deputy_id is None


@rules.predicate
def holds_link(actor: Actor, registration: Registration) -> bool:
    return isinstance(actor, TokenActor) and actor.object_ref == f"registration:{registration.pk}"


def _event(obj: Any) -> Event:
    return obj if isinstance(obj, Event) else cast(Event, obj.event)


_staff_in_charge = is_ward_staff & city_collects
# Whoever collects the entries keeps their list (個人情報保護法61条): the staff, the organisers, or both when 共催.
keeps_list = _staff_in_charge | (is_organiser & community_collects)

_define = permissions.define
_define(
    "communities.register_community",
    is_ward_staff,
    reason="コミュニティを登録できるのは、その地域の担当者だけです。",
)
_define("communities.publish_community", is_ward_staff, reason="公開できるのは、その地域の担当者だけです。")
_define(
    "communities.edit_community",
    (is_ward_staff | is_organiser) & community_lives,
    reason="直せるのは、世話人と地域の担当者だけです。解散したコミュニティは直せません。",
)
_define("communities.ask_to_publish", is_organiser, reason="公開を頼めるのは、世話人だけです。")
_define(
    "communities.answer_membership",
    is_ward_staff | is_organiser,
    reason="返事ができるのは、世話人と地域の担当者だけです。",
)
_define("communities.own_membership", is_own, reason="本人だけができます。")
_define(
    "communities.appoint_organiser",
    (is_ward_staff | is_organiser) & is_active_member & is_plain_member,
    reason="世話人を決められるのは、世話人と地域の担当者だけです。参加している人の中から選びます。",
)
_define(
    "communities.create_event",
    (is_ward_staff | is_organiser | is_decision) & community_lives,
    reason="催しを登録できるのは、世話人と地域の担当者だけです。",
)
_define(
    "communities.run_event",
    is_ward_staff | is_organiser | is_decision,
    reason="この催しを動かせるのは、世話人と地域の担当者だけです。",
)
_define(
    "communities.read_registrants",
    _staff_in_charge | (is_organiser & names_are_open),
    reason="申込者の氏名は、申込みを集める人だけが見られます。世話人は、申込みの締切から催しの14日後までです。",
)
_define(
    "communities.read_needs",
    needs_are_of_use
    & (
        (is_named_for_needs & (is_ward_staff | (is_organiser & names_are_open)))
        | (nobody_is_named_for_needs & _staff_in_charge)
    ),
    reason="参加に必要なことは、決められた担当者2人だけが、催しの14日後まで読めます。世話人は、申込みの締切からです。",
)
_define(
    "communities.cancel_registration",
    is_own | keeps_list | holds_link,
    reason="申込みを取り消せるのは、本人と、申込みを集める人だけです。",
)
_define(
    "communities.start_initiative",
    (is_ward_staff | is_organiser) & community_lives,
    reason="取組を書けるのは、世話人と地域の担当者だけです。",
)
_define(
    "communities.move_initiative",
    (is_ward_staff | is_organiser) & community_lives,
    reason="取組の段階を変えられるのは、世話人と地域の担当者だけです。",
)
_define(
    "communities.record_collaboration",
    is_ward_staff | is_organiser,
    reason="協働を記録できるのは、世話人と地域の担当者だけです。",
)
_define(
    "communities.ward_confirm_collaboration",
    is_ward_staff & lead_area_is_ward,
    reason="区での確認ができるのは、その区の担当者だけです。",
)
_define(
    "communities.count_collaboration",
    is_city_staff & lead_area_is_ward,
    reason="協働数に数えられるのは、本庁の担当者だけです。",
)
_define(
    "communities.count_collaboration_without_ward",
    is_municipal_staff & ~lead_area_is_ward,
    reason="協働数に数えられるのは、その市町村の担当者だけです。",
)
_define(
    "communities.return_collaboration", is_ward_staff, reason="差し戻せるのは、地域と本庁の担当者だけです。"
)
_define("communities.lock_year", is_municipal_staff, reason="年度を締められるのは、本庁の担当者だけです。")
_define(
    "communities.set_platform_stage",
    is_municipal_staff,
    reason="ステージを決められるのは、その市町村の担当者だけです。",
)
_define(
    "communities.confirm_platform_stage",
    is_prefecture_staff,
    reason="ステージを確認できるのは、県の担当者だけです。",
)
