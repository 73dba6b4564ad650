"""Who revokes a decision, who asks for money back, who enters that it came in: never the same appointment for the last."""

from typing import TYPE_CHECKING

import rules

from portal.accounts.enums import Role
from portal.accounts.scope import Scope
from portal.kernel import permissions
from portal.kernel.actors import Actor

from ..rules import is_officer_of_routed_office

if TYPE_CHECKING:
    from ..models import Reclaim


@rules.predicate
def asks_for_return(actor: Actor, reclaim: "Reclaim") -> bool:
    return bool(is_officer_of_routed_office(actor, reclaim.application))


@rules.predicate
def takes_return(actor: Actor, reclaim: "Reclaim") -> bool:
    home = reclaim.application.menu.programme.authority.area_id
    return home in Scope.of(actor).homes(Role.ACCOUNTANT)


permissions.define(
    "grants.revoke_application",
    is_officer_of_routed_office,
    reason="取消しを起案し、返還を求められるのは、この案件を受け持つ振興局・支庁または課の担当者です。",
)
permissions.define(
    "grants.issue_reclaim", asks_for_return, reason="納入通知を出せるのは、この市町村を受け持つ担当者です。"
)
permissions.define(
    "grants.enter_reclaim", takes_return, reason="納入を記録できるのは、支払いをする団体の出納です。"
)
