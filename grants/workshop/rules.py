"""What an actor may do to a workshop: standing only; the phase is the workflow's matter."""

from typing import TYPE_CHECKING

import rules

from portal.accounts.enums import Role
from portal.accounts.scope import Scope
from portal.areas.models import Area
from portal.kernel import permissions
from portal.kernel.actors import Actor, UserActor

from ..rules import MUNICIPAL, PREFECTURAL

if TYPE_CHECKING:
    from ..models import Workshop, WorkshopLecturer


@rules.predicate
def may_plan_for(actor: Actor, area: Area) -> bool:
    """The municipality, or an officer of the prefecture it lies in."""
    return area.pk in Scope.of(actor).areas(*MUNICIPAL, Role.PREFECTURE_OFFICER)


@rules.predicate
def works_for_town(actor: Actor, workshop: "Workshop") -> bool:
    return workshop.municipality_id in Scope.of(actor).areas(*MUNICIPAL)


@rules.predicate
def is_chief_of_town(actor: Actor, workshop: "Workshop") -> bool:
    return workshop.municipality_id in Scope.of(actor).areas(Role.MUNICIPAL_CHIEF)


@rules.predicate
def is_officer_of_workshop(actor: Actor, workshop: "Workshop") -> bool:
    return workshop.office_id in Scope.of(actor).sections(Role.PREFECTURE_OFFICER)


@rules.predicate
def plans_it(actor: Actor, workshop: "Workshop") -> bool:
    """Works for the side that planned it: the municipality, or the office where the prefecture did."""
    side = is_officer_of_workshop if workshop.is_planned_by_office else works_for_town
    return bool(side(actor, workshop))


@rules.predicate
def submits_it(actor: Actor, workshop: "Workshop") -> bool:
    """The municipality's chief, or the officer where the prefecture planned it itself."""
    side = is_officer_of_workshop if workshop.is_planned_by_office else is_chief_of_town
    return bool(side(actor, workshop))


@rules.predicate
def works_for_deciding(actor: Actor, workshop: "Workshop") -> bool:
    return workshop.menu.programme.authority.area_id in Scope.of(actor).homes(*PREFECTURAL)


@rules.predicate
def is_this_lecturer(actor: Actor, lecturer: "WorkshopLecturer") -> bool:
    return isinstance(actor, UserActor) and lecturer.user_id == actor.user_id


permissions.define(
    "grants.confirm_lecture", is_this_lecturer, reason="日時を確かめられるのは、講師の本人だけです。"
)
permissions.define(
    "grants.start_workshop",
    may_plan_for,
    reason="ワークショップを計画できるのは、その市町村と、その県の担当者です。",
)
permissions.define(
    "grants.write_workshop",
    plans_it,
    reason="提出する前の計画を書けるのは、計画した側の担当者です。",
)
permissions.define(
    "grants.submit_workshop",
    submits_it,
    reason="開催計画を出せるのは、市町村の決裁者です(県が計画したときは、受け持ちの県担当)。庁内の決裁が済んだら、決裁者の役職を持つ人がこの画面から出します。",
)
permissions.define(
    "grants.run_workshop",
    is_officer_of_workshop,
    reason="手続きを進められるのは、この案件を受け持つ振興局・支庁または課の担当者です。",
)
permissions.define(
    "grants.consult_workshop",
    works_for_town | is_officer_of_workshop,
    reason="協議できるのは、窓口の市町村と、受け持ちの振興局・支庁の担当者です。",
)
permissions.define(
    "grants.agree_workshop",
    is_chief_of_town | is_officer_of_workshop,
    reason="合意できるのは、窓口の市町村の決裁者と、受け持ちの振興局・支庁の担当者です。",
)
permissions.define(
    "grants.conclude_workshop",
    works_for_deciding,
    reason="開催を決定できるのは、この事業を行う県の職員です。",
)
permissions.define(
    "grants.report_workshop",
    works_for_town,
    reason="実施を報告できるのは、窓口の市町村です。",
)
