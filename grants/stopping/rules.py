"""Who may do what with a 廃止; the standing of its file decides."""

from typing import TYPE_CHECKING

import rules

from portal.kernel import permissions
from portal.kernel.actors import Actor

from ..rules import is_chief_of_applicant, is_officer_of_routed_office
from ..rules.approving import works_for_authority_of

if TYPE_CHECKING:
    from ..models import StopRequest


@rules.predicate
def asked_to_stop(actor: Actor, row: "StopRequest") -> bool:
    return bool(is_chief_of_applicant(actor, row.application))


@rules.predicate
def handles_stop(actor: Actor, row: "StopRequest") -> bool:
    return bool(is_officer_of_routed_office(actor, row.application))


@rules.predicate
def decides_stop(actor: Actor, row: "StopRequest") -> bool:
    return bool(works_for_authority_of(actor, row.application))


permissions.define(
    "grants.take_back_stop",
    asked_to_stop,
    reason="廃止の申請を取り下げられるのは、市町村の決裁者です。",
)
permissions.define(
    "grants.handle_stop",
    handles_stop,
    reason="廃止の申請に答えられるのは、この市町村を受け持つ担当者です。",
)
permissions.define(
    "grants.conclude_stop",
    decides_stop,
    reason="廃止を決められるのは、この事業を行う県の職員です。",
)
