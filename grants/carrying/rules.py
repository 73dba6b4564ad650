"""Who may do what with a carry-over; the standing of its file decides."""

from typing import TYPE_CHECKING

import rules

from portal.kernel import permissions
from portal.kernel.actors import Actor

from ..rules import is_chief_of_applicant, is_officer_of_routed_office
from ..rules.approving import works_for_authority_of

if TYPE_CHECKING:
    from ..models import CarryOver


@rules.predicate
def asked_for_carrying(actor: Actor, row: "CarryOver") -> bool:
    return bool(is_chief_of_applicant(actor, row.application))


@rules.predicate
def handles_carrying(actor: Actor, row: "CarryOver") -> bool:
    return bool(is_officer_of_routed_office(actor, row.application))


@rules.predicate
def decides_carrying(actor: Actor, row: "CarryOver") -> bool:
    return bool(works_for_authority_of(actor, row.application))


permissions.define(
    "grants.take_back_carry_over",
    asked_for_carrying,
    reason="繰越しの申請を取り下げられるのは、市町村の決裁者です。",
)
permissions.define(
    "grants.handle_carry_over",
    handles_carrying,
    reason="繰越しを扱えるのは、この市町村を受け持つ担当者です。",
)
permissions.define(
    "grants.conclude_carry_over",
    decides_carrying,
    reason="繰越しを決められるのは、この事業を行う県の職員です。",
)
