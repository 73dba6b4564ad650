"""Who may do what with an advance; the standing of its file decides."""

from typing import TYPE_CHECKING

import rules

from portal.kernel import permissions
from portal.kernel.actors import Actor

from ..rules import is_chief_of_applicant, is_officer_of_routed_office
from ..rules.approving import works_for_authority_of

if TYPE_CHECKING:
    from ..models import Advance


@rules.predicate
def asked_for_it(actor: Actor, advance: "Advance") -> bool:
    return bool(is_chief_of_applicant(actor, advance.application))


@rules.predicate
def handles_it(actor: Actor, advance: "Advance") -> bool:
    return bool(is_officer_of_routed_office(actor, advance.application))


@rules.predicate
def decides_it(actor: Actor, advance: "Advance") -> bool:
    return bool(works_for_authority_of(actor, advance.application))


permissions.define(
    "grants.take_back_advance", asked_for_it, reason="概算払の請求を取り下げられるのは、市町村の決裁者です。"
)
permissions.define(
    "grants.handle_advance", handles_it, reason="概算払を扱えるのは、この市町村を受け持つ担当者です。"
)
permissions.define(
    "grants.conclude_advance", decides_it, reason="概算払を決められるのは、この事業を行う県の職員です。"
)
