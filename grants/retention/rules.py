"""Who keeps grant files: the officers of the authority propose and hold, who signs there approves, the others read."""

from typing import Any

import rules

from portal.accounts.scope import Scope
from portal.kernel import permissions
from portal.kernel.actors import Actor

from ..enums.approving import SIGNING
from ..rules import is_officer_of_authority


@rules.predicate
def keeps_files(actor: Actor, case: Any) -> bool:
    return bool(is_officer_of_authority(actor, case.menu))


@rules.predicate
def signs_discards(actor: Actor, row: Any) -> bool:
    """The chief of a section or the head of the authority, never who proposed it."""
    if actor.ref == f"user:{row.proposed_by_id}":
        return False
    return row.case.menu.programme.authority.area_id in Scope.of(actor).homes(*SIGNING)


permissions.define(
    "grants.keep_file", keeps_files, reason="保存と廃棄を扱えるのは、この事業を行う県の担当者です。"
)
permissions.define(
    "grants.approve_discard",
    signs_discards,
    reason="廃棄を承認できるのは、申し出た人とはべつの、課長か決裁者です。",
)
