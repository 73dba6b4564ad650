"""Who does what with 間接補助: the コミプラ's writers and the municipality write, the municipality's chief decides."""

from typing import TYPE_CHECKING

import rules

from portal.accounts.scope import Scope
from portal.kernel import permissions
from portal.kernel.actors import Actor

from ..rules import is_chief_of_applicant, works_for_applicant

if TYPE_CHECKING:
    from ..models import SubGrant


@rules.predicate
def writes_subgrant(actor: Actor, row: "SubGrant") -> bool:
    return row.pk in Scope.of(actor).standing("subgrant") or bool(works_for_applicant(actor, row.application))


@rules.predicate
def runs_subgrant(actor: Actor, row: "SubGrant") -> bool:
    return bool(works_for_applicant(actor, row.application))


@rules.predicate
def decides_subgrant(actor: Actor, row: "SubGrant") -> bool:
    return bool(is_chief_of_applicant(actor, row.application))


permissions.define(
    "grants.start_subgrant", works_for_applicant, reason="間接補助を始められるのは、その市町村の担当者です。"
)
permissions.define(
    "grants.write_subgrant", writes_subgrant, reason="書けるのは、コミプラの担当の方と、市町村の担当者です。"
)
permissions.define(
    "grants.run_subgrant", runs_subgrant, reason="書く人を決め、補正を依頼できるのは、市町村の担当者です。"
)
permissions.define("grants.decide_subgrant", decides_subgrant, reason="決められるのは、市町村の決裁者です。")
