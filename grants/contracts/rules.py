"""What an actor may do with a contract: standing only; the phase is the workflow's and the actions' matter."""

from typing import TYPE_CHECKING

import rules

from portal.accounts.enums import Role
from portal.accounts.scope import Scope
from portal.kernel import permissions
from portal.kernel.actors import Actor

from ..commission.rules import acts_for_proposal, is_officer_of_proposal, works_for_proposed_theme
from ..enums.approving import SIGNING
from ..rules import PREFECTURAL

if TYPE_CHECKING:
    from ..models import Amendment, Contract, PartialWork


@rules.predicate
def acts_for_contract(actor: Actor, contract: "Contract") -> bool:
    return bool(acts_for_proposal(actor, contract.proposal))


@rules.predicate
def is_officer_of_contract(actor: Actor, contract: "Contract") -> bool:
    """An officer of the authority who is not the contractor at the same time."""
    return bool(is_officer_of_proposal(actor, contract.proposal)) and not acts_for_contract(actor, contract)


@rules.predicate
def concludes_contract(actor: Actor, contract: "Contract") -> bool:
    home = contract.proposal.call.theme.menu.programme.authority.area_id
    return home in Scope.of(actor).homes(*PREFECTURAL) and not acts_for_contract(actor, contract)


@rules.predicate
def pays_contract(actor: Actor, contract: "Contract") -> bool:
    home = contract.proposal.call.theme.menu.programme.authority.area_id
    return home in Scope.of(actor).homes(Role.ACCOUNTANT) and not acts_for_contract(actor, contract)


@rules.predicate
def works_jointly(actor: Actor, contract: "Contract") -> bool:
    """The prefecture's officer, the theme's municipality, the contractor."""
    return bool(
        acts_for_contract(actor, contract)
        or is_officer_of_proposal(actor, contract.proposal)
        or works_for_proposed_theme(actor, contract.proposal)
    )


@rules.predicate
def acts_for_amended(actor: Actor, amendment: "Amendment") -> bool:
    return bool(acts_for_contract(actor, amendment.contract))


@rules.predicate
def is_officer_of_amended(actor: Actor, amendment: "Amendment") -> bool:
    return bool(is_officer_of_contract(actor, amendment.contract))


@rules.predicate
def concludes_amended(actor: Actor, amendment: "Amendment") -> bool:
    return bool(concludes_contract(actor, amendment.contract))


@rules.predicate
def inspects_part(actor: Actor, part: "PartialWork") -> bool:
    return bool(is_officer_of_contract(actor, part.contract))


@rules.predicate
def decides_part(actor: Actor, part: "PartialWork") -> bool:
    """The chief of a section or the head of the authority: never who inspected, never the contractor."""
    if actor.ref == f"user:{part.inspected_by_id}" or acts_for_contract(actor, part.contract):
        return False
    home = part.contract.proposal.call.theme.menu.programme.authority.area_id
    return home in Scope.of(actor).homes(*SIGNING)


@rules.predicate
def drops_part(actor: Actor, part: "PartialWork") -> bool:
    """Who inspects gives it up; once it is decided, only who may decide takes that back."""
    return bool(decides_part(actor, part) if part.decided_at else inspects_part(actor, part))


@rules.predicate
def invoices_part(actor: Actor, part: "PartialWork") -> bool:
    return bool(acts_for_contract(actor, part.contract))


@rules.predicate
def pays_part(actor: Actor, part: "PartialWork") -> bool:
    return bool(pays_contract(actor, part.contract))


permissions.define("grants.inspect_part", inspects_part, reason="出来形を検査できるのは、県の担当者です。")
permissions.define(
    "grants.decide_part",
    decides_part,
    reason="出来形の支払いを決められるのは、検査した人とはべつの、課長か決裁者です。",
)
permissions.define(
    "grants.drop_part",
    drops_part,
    reason="支払わないことにできるのは、県の担当者です。支払いを決めたあとは、検査した人とはべつの、課長か決裁者です。",
)
permissions.define(
    "grants.invoice_part", invoices_part, reason="出来形を請求できるのは、受託した団体の人です。"
)
permissions.define("grants.settle_part", pays_part, reason="支払いを記録できるのは、その団体の出納です。")
permissions.define(
    "grants.ask_amendment", acts_for_amended, reason="契約の変更を申し出られるのは、受託する団体の人です。"
)
permissions.define(
    "grants.judge_amendment", is_officer_of_amended, reason="変更の申出に答えられるのは、県の担当者です。"
)
permissions.define(
    "grants.conclude_amendment",
    concludes_amended,
    reason="契約の変更を決められるのは、この事業を行う県の職員です。",
)
permissions.define(
    "grants.fulfil_contract", acts_for_contract, reason="見積りや届出を出せるのは、受託する団体の人です。"
)
permissions.define(
    "grants.run_contract", is_officer_of_contract, reason="契約の手続きを進められるのは、県の担当者です。"
)
permissions.define(
    "grants.conclude_contract",
    concludes_contract,
    reason="契約を決められるのは、この事業を行う県の職員です。",
)
permissions.define(
    "grants.settle_contract", pays_contract, reason="支払いを記録できるのは、支払いをする団体の出納です。"
)
permissions.define(
    "grants.minute_meeting", works_jointly, reason="協議を記録できるのは、県、市町村、受託団体の人です。"
)
