"""What an actor may do to acquired property: standing only; the phase is the workflow's and the actions' matter."""

from typing import Any

import rules

from portal.kernel import permissions
from portal.kernel.actors import Actor

from ..rules import is_chief_of_applicant, is_officer_of_routed_office, works_for_applicant
from ..rules.approving import works_for_authority_of


@rules.predicate
def lists_for_town(actor: Actor, row: Any) -> bool:
    return bool(works_for_applicant(actor, row.application))


@rules.predicate
def speaks_for_town(actor: Actor, row: Any) -> bool:
    return bool(is_chief_of_applicant(actor, row.application))


@rules.predicate
def keeps_for_office(actor: Actor, row: Any) -> bool:
    return bool(is_officer_of_routed_office(actor, row.application))


@rules.predicate
def decides_on_it(actor: Actor, row: Any) -> bool:
    return bool(works_for_authority_of(actor, row.application))


permissions.define(
    "grants.list_assets", works_for_applicant, reason="台帳に載せられるのは、補助を受けた市町村の担当者です。"
)
permissions.define(
    "grants.issue_assets", is_chief_of_applicant, reason="台帳を提出できるのは、市町村の決裁者です。"
)
permissions.define(
    "grants.change_asset", lists_for_town, reason="台帳を直せるのは、補助を受けた市町村の担当者です。"
)
permissions.define(
    "grants.ask_disposal", speaks_for_town, reason="財産処分の承認を申請できるのは、市町村の決裁者です。"
)
permissions.define(
    "grants.set_asset_years",
    keeps_for_office,
    reason="年数を定められるのは、受け持つ振興局・支庁または課の担当者です。",
)
permissions.define(
    "grants.answer_disposal",
    keeps_for_office,
    reason="起案できるのは、受け持つ振興局・支庁または課の担当者です。",
)
permissions.define(
    "grants.conclude_disposal", decides_on_it, reason="承認を決められるのは、この事業を行う県の職員です。"
)
permissions.define(
    "grants.conclude_asset", decides_on_it, reason="制限を終えられるのは、この事業を行う県の職員です。"
)
