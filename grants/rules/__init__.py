"""What an actor may do to a loaded row: standing only; the phase is the workflow's and the actions' matter."""

from typing import TYPE_CHECKING

import rules

from portal.accounts.enums import Role
from portal.accounts.scope import Scope
from portal.areas.models import Area
from portal.kernel import permissions
from portal.kernel.actors import Actor

if TYPE_CHECKING:
    from ..models import Application, Menu

MUNICIPAL = (Role.MUNICIPAL_OFFICER, Role.MUNICIPAL_CHIEF)
PREFECTURAL = (Role.PREFECTURE_OFFICER, Role.PREFECTURE_SECTION_CHIEF, Role.PREFECTURE_HEAD)
WRITERS = (
    *MUNICIPAL,
    Role.PREFECTURE_OFFICER,
)  # of an application: the municipality, or the office for one on paper


@rules.predicate
def works_in_municipality(actor: Actor, area: Area) -> bool:
    return area.pk in Scope.of(actor).areas(*MUNICIPAL)


@rules.predicate
def works_for_applicant(actor: Actor, application: "Application") -> bool:
    return application.municipality_id in Scope.of(actor).areas(*MUNICIPAL)


@rules.predicate
def is_chief_of_applicant(actor: Actor, application: "Application") -> bool:
    return application.municipality_id in Scope.of(actor).areas(Role.MUNICIPAL_CHIEF)


@rules.predicate
def is_officer_of_routed_office(actor: Actor, application: "Application") -> bool:
    return application.office_id in Scope.of(actor).sections(Role.PREFECTURE_OFFICER)


@rules.predicate
def drafts_decision_of(actor: Actor, application: "Application") -> bool:
    """Of the section that the menu names, else of the routed office."""
    section = application.menu.drafting_section_id or application.office_id
    return section in Scope.of(actor).sections(Role.PREFECTURE_OFFICER)


@rules.predicate
def types_it_in(actor: Actor, application: "Application") -> bool:
    """The routed office types in what came on paper."""
    return application.typed_in and application.office_id in Scope.of(actor).sections(Role.PREFECTURE_OFFICER)


@rules.predicate
def is_officer_of_authority(actor: Actor, menu: "Menu") -> bool:
    return menu.programme.authority.area_id in Scope.of(actor).homes(Role.PREFECTURE_OFFICER)


permissions.define(
    "grants.start_application", works_in_municipality, reason="申請を作れるのは、その市町村の担当者です。"
)
permissions.define(
    "grants.edit_application",
    works_for_applicant | types_it_in,
    reason="この申請を直せるのは、申請する市町村の担当者です。",
)
permissions.define(
    "grants.submit_application",
    is_chief_of_applicant | types_it_in,
    reason="提出できるのは、市町村の決裁者です。庁内の決裁が済んだら、決裁者の役職を持つ人がこの画面から提出します。",
)
permissions.define(
    "grants.issue_application",
    is_chief_of_applicant | types_it_in,
    reason="申請書を出せるのは、市町村の決裁者です。",
)
permissions.define(
    "grants.screen_application",
    is_officer_of_routed_office,
    reason="担当になれるのは、この案件を受け持つ振興局・支庁または課の担当者です。",
)
permissions.define(
    "grants.examine_application",
    is_officer_of_routed_office,
    reason="審査できるのは、この案件を受け持つ振興局・支庁または課の担当者です。",
)
permissions.define(
    "grants.draft_decision",
    drafts_decision_of,
    reason="決定を起案できるのは、このメニューで起案を受け持つ課の担当者です。",
)
permissions.define(
    "grants.withdraw_application",
    is_chief_of_applicant,
    reason="申請を取り下げられるのは、市町村の決裁者です。",
)
permissions.define(
    "grants.record_cap_use", is_officer_of_authority, reason="枠の使用を記録できるのは、県の担当者です。"
)
