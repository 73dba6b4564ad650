"""What an actor may do about student supporters: standing only; the phase is the workflow's matter."""

from typing import TYPE_CHECKING, Any

import rules

from portal.accounts.enums import Role
from portal.accounts.scope import Scope
from portal.areas.models import Authority
from portal.kernel import permissions
from portal.kernel.actors import Actor, UserActor

from ..rules import MUNICIPAL

if TYPE_CHECKING:
    from ..models import Placement, PlacementDay, Supporter, SupportRequest


@rules.predicate
def is_person(actor: Actor, authority: Authority) -> bool:
    return isinstance(actor, UserActor)


@rules.predicate
def keeps_register(actor: Actor, authority: Authority) -> bool:
    return authority.area_id in Scope.of(actor).homes(Role.PREFECTURE_OFFICER)


@rules.predicate
def keeps_entry(actor: Actor, supporter: "Supporter") -> bool:
    return bool(keeps_register(actor, supporter.authority))


@rules.predicate
def is_this_student(actor: Actor, supporter: "Supporter") -> bool:
    return isinstance(actor, UserActor) and supporter.user_id == actor.user_id


@rules.predicate
def asks_for(actor: Actor, file: Any) -> bool:
    """The municipality of a file or of a request, or its regional office (a theme has the municipality's)."""
    scope = Scope.of(actor)
    if file.municipality_id in scope.areas(*MUNICIPAL):
        return True
    if hasattr(file, "office_id"):
        return file.office_id in scope.sections(Role.PREFECTURE_OFFICER)
    return file.municipality_id in scope.areas(Role.PREFECTURE_OFFICER)


@rules.predicate
def runs_request(actor: Actor, request: "SupportRequest") -> bool:
    return request.office_id in Scope.of(actor).sections(Role.PREFECTURE_OFFICER)


@rules.predicate
def is_placed(actor: Actor, placement: "Placement") -> bool:
    return bool(is_this_student(actor, placement.supporter))


@rules.predicate
def receives(actor: Actor, placement: "Placement") -> bool:
    return bool(asks_for(actor, placement.request))


@rules.predicate
def runs_placement(actor: Actor, placement: "Placement") -> bool:
    return bool(runs_request(actor, placement.request))


def _of_day(predicate: Any) -> Any:
    """The same of the placement that a day belongs to."""

    def ask(actor: Actor, day: "PlacementDay") -> bool:
        return bool(predicate(actor, day.placement))

    return rules.predicate(ask)


permissions.define(
    "grants.apply_as_supporter", is_person, reason="学生サポーターの登録には、ログインが要ります。"
)
permissions.define("grants.own_supporter", is_this_student, reason="これができるのは、本人だけです。")
permissions.define(
    "grants.keep_supporters", keeps_register, reason="学生サポーターの登録を扱えるのは、その県の担当者です。"
)
permissions.define(
    "grants.keep_supporter",
    keeps_entry,
    reason="学生サポーターの登録を確かめられるのは、その県の担当者です。",
)
permissions.define(
    "grants.leave_supporters",
    is_this_student | keeps_entry,
    reason="登録をやめられるのは、本人と、その県の担当者です。",
)
ASKING = "学生サポーターを募れるのは、その案件の市町村と、受け持ちの振興局・支庁の担当者です。"
permissions.define("grants.ask_supporters", asks_for, reason=ASKING)
permissions.define(
    "grants.run_support",
    runs_request,
    reason="学生に打診できるのは、この案件を受け持つ振興局・支庁または課の担当者です。",
)
permissions.define(
    "grants.answer_placement", is_placed, reason="返事と報告ができるのは、打診を受けた学生です。"
)
permissions.define(
    "grants.run_placement",
    runs_placement,
    reason="活動を確認できるのは、この案件を受け持つ振興局・支庁または課の担当者です。",
)
permissions.define(
    "grants.call_off_placement",
    is_placed | receives,
    reason="活動を取りやめられるのは、学生、受け入れる市町村、受け持ちの振興局・支庁の担当者です。",
)
permissions.define(
    "grants.record_placement_day", _of_day(is_placed), reason="活動を記録できるのは、活動した学生です。"
)
permissions.define(
    "grants.confirm_placement_day",
    _of_day(receives),
    reason="活動の日を確認できるのは、受け入れる市町村と、受け持ちの振興局・支庁の担当者です。",
)
permissions.define(
    "grants.drop_placement_day",
    _of_day(is_placed | receives),
    reason="活動の日を取りやめられるのは、学生と受け入れる側です。",
)
