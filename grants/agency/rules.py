"""What an actor may do with the 委託先 and its 精算書: standing only; the phase is the workflow's matter."""

from typing import TYPE_CHECKING

import rules

from communities.models import OrganisationMember
from portal.accounts.enums import Role
from portal.accounts.scope import Scope
from portal.kernel import permissions
from portal.kernel.actors import Actor

from ..payments.rules import orders_for

if TYPE_CHECKING:
    from ..models import AgencyContract, AgencyStatement


@rules.predicate
def acts_for_agency(actor: Actor, contract: "AgencyContract") -> bool:
    """A person of the organisation, as this authority has confirmed it. One query at most."""
    scope = Scope.of(actor)
    if scope.user_id is None or contract.organisation_id not in scope.standing("organisation"):
        return False
    rows = OrganisationMember.objects.filter(organisation=contract.organisation_id, user=scope.user_id)
    home = contract.menu.programme.authority_id
    return rows.filter(authority=home, confirmed_at__isnull=False).exists()


@rules.predicate
def keeps_agency(actor: Actor, contract: "AgencyContract") -> bool:
    return bool(orders_for(actor, contract.menu.programme.authority))


@rules.predicate
def writes_statements(actor: Actor, contract: "AgencyContract") -> bool:
    return bool(keeps_agency(actor, contract) or acts_for_agency(actor, contract))


@rules.predicate
def checks_statement(actor: Actor, statement: "AgencyStatement") -> bool:
    """An officer of the authority who is not a person of the organisation at the same time."""
    return bool(keeps_agency(actor, statement.contract)) and not acts_for_agency(actor, statement.contract)


@rules.predicate
def pays_statement(actor: Actor, statement: "AgencyStatement") -> bool:
    home = statement.contract.menu.programme.authority.area_id
    return home in Scope.of(actor).homes(Role.ACCOUNTANT)


permissions.define(
    "grants.keep_agency", orders_for, reason="委託先を登録できるのは、この事業を行う県の担当者です。"
)
permissions.define(
    "grants.change_agency", keeps_agency, reason="委託先の契約を直せるのは、この事業を行う県の担当者です。"
)
permissions.define(
    "grants.start_statement",
    writes_statements,
    reason="精算書を作れるのは、委託先の人と、この事業を行う県の担当者です。",
)
permissions.define(
    "grants.write_statement",
    rules.predicate(lambda actor, statement: writes_statements(actor, statement.contract)),
    reason="精算書を書けるのは、委託先の人と、この事業を行う県の担当者です。",
)
permissions.define(
    "grants.check_statement",
    checks_statement,
    reason="精算書を確認できるのは、この事業を行う県の担当者です。",
)
permissions.define(
    "grants.settle_statement", pays_statement, reason="支払いを記録できるのは、支払いをする団体の出納です。"
)
