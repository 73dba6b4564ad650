"""What an actor may do to a 決裁: who drafts, who records, who signs. Never the drafter."""

from typing import TYPE_CHECKING

import rules

from portal.accounts.enums import Role
from portal.accounts.scope import Scope
from portal.kernel import permissions
from portal.kernel.actors import Actor

from ..enums.approving import Matter
from . import MUNICIPAL, PREFECTURAL, is_officer_of_authority

if TYPE_CHECKING:
    from ..models import Application, Approval


def home_of(approval: "Approval") -> str:
    """The area code of the authority that decides. Needs menu, programme and authority loaded."""
    return str(approval.menu.programme.authority.area_id)


@rules.predicate
def works_for_deciding(actor: Actor, approval: "Approval") -> bool:
    return home_of(approval) in Scope.of(actor).homes(*PREFECTURAL)


@rules.predicate
def is_officer_of_case(actor: Actor, approval: "Approval") -> bool:
    """Of the section that drafts where the menu names one for a decision, else of the routed office, else of the authority."""
    scope = Scope.of(actor)
    drafting = approval.menu.drafting_section_id
    if drafting is not None and approval.matter in (Matter.DECISION, Matter.REJECTION):
        return drafting in scope.sections(Role.PREFECTURE_OFFICER)
    office = getattr(getattr(approval, approval.target_name), "office_id", None)
    if office is not None:
        return office in scope.sections(Role.PREFECTURE_OFFICER)
    return home_of(approval) in scope.homes(Role.PREFECTURE_OFFICER)


@rules.predicate
def is_side_of_case(actor: Actor, approval: "Approval") -> bool:
    """The office that decides, or the municipality that asked."""
    town = getattr(getattr(approval, approval.target_name), "municipality_id", None)
    return works_for_deciding(actor, approval) or town in Scope.of(actor).areas(*MUNICIPAL)


@rules.predicate
def works_for_authority_of(actor: Actor, application: "Application") -> bool:
    return application.menu.programme.authority.area_id in Scope.of(actor).homes(*PREFECTURAL)


permissions.define(
    "grants.draft_approval", is_officer_of_authority, reason="起案できるのは、この事業を行う県の担当者です。"
)
permissions.define(
    "grants.handle_approval", works_for_deciding, reason="決裁を進められるのは、この事業を行う県の職員です。"
)
permissions.define(
    "grants.record_approval",
    is_officer_of_case,
    reason="庁内の決裁を記録できるのは、この案件を受け持つ県の担当者です。",
)
permissions.define(
    "grants.drop_approval",
    is_side_of_case,
    reason="起案を取りやめられるのは、申請した市町村と、県の担当者です。",
)
permissions.define(
    "grants.conclude_application",
    works_for_authority_of,
    reason="申請を決定できるのは、この事業を行う県の職員です。",
)
permissions.define(
    "grants.issue_decision",
    works_for_authority_of,
    reason="決定の通知を出せるのは、この事業を行う県の職員です。",
)
