"""What an actor may do with the objects of menu ④: standing only; the phase is the workflow's and the actions' matter."""

from typing import Any

import rules

from communities.models import Platform
from portal.accounts.enums import Role
from portal.accounts.scope import Scope
from portal.kernel import permissions
from portal.kernel.actors import Actor

from ..rules import MUNICIPAL


@rules.predicate
def works_at_platform(actor: Actor, platform: Platform) -> bool:
    return platform.area_id in Scope.of(actor).areas(*MUNICIPAL)


@rules.predicate
def works_for_theme(actor: Actor, theme: Any) -> bool:
    return theme.municipality_id in Scope.of(actor).areas(*MUNICIPAL)


@rules.predicate
def is_chief_of_theme(actor: Actor, theme: Any) -> bool:
    return theme.municipality_id in Scope.of(actor).areas(Role.MUNICIPAL_CHIEF)


@rules.predicate
def is_officer_of_theme(actor: Actor, theme: Any) -> bool:
    return theme.menu.programme.authority.area_id in Scope.of(actor).homes(Role.PREFECTURE_OFFICER)


permissions.define(
    "grants.start_theme", works_at_platform, reason="テーマを作れるのは、コミプラのある市町村の担当者です。"
)
permissions.define(
    "grants.write_theme", works_for_theme, reason="テーマを書けるのは、その市町村の担当者と決裁者です。"
)
permissions.define(
    "grants.propose_theme", is_chief_of_theme, reason="テーマを提案できるのは、市町村の決裁者です。"
)
permissions.define(
    "grants.judge_theme", is_officer_of_theme, reason="テーマを選定できるのは、県の担当者です。"
)


@rules.predicate
def is_officer_of_call(actor: Actor, call: Any) -> bool:
    return bool(is_officer_of_theme(actor, call.theme))


@rules.predicate
def is_secretariat_of_call(actor: Actor, call: Any) -> bool:
    return call.theme.menu.programme.authority.area_id in Scope.of(actor).homes(Role.SECRETARIAT)


@rules.predicate
def is_officer_of_question(actor: Actor, question: Any) -> bool:
    return bool(is_officer_of_call(actor, question.call))


permissions.define(
    "grants.run_call", is_officer_of_call, reason="公募を行えるのは、その事業を行う県の担当者です。"
)
permissions.define(
    "grants.keep_panel", is_secretariat_of_call, reason="審査会を進められるのは、審査会の事務局です。"
)
permissions.define(
    "grants.answer_question", is_officer_of_question, reason="質問に答えられるのは、県の担当者です。"
)


@rules.predicate
def acts_for_proposal(actor: Actor, proposal: Any) -> bool:
    scope = Scope.of(actor)
    mine = scope.user_id is not None and proposal.created_by_id == scope.user_id
    return mine or proposal.organisation_id in scope.standing("organisation")


@rules.predicate
def is_officer_of_proposal(actor: Actor, proposal: Any) -> bool:
    return bool(is_officer_of_call(actor, proposal.call))


permissions.define(
    "grants.write_proposal",
    acts_for_proposal,
    reason="企画提案を書き、提出し、取り下げられるのは、提案する団体の人です。",
)
permissions.define(
    "grants.qualify_proposal", is_officer_of_proposal, reason="資格を審査できるのは、県の担当者です。"
)


@rules.predicate
def sits_at_sheet(actor: Actor, sheet: Any) -> bool:
    user_id = Scope.of(actor).user_id
    return user_id is not None and sheet.seat.user_id == user_id and sheet.seat.left_at is None


@rules.predicate
def sits_at_seat(actor: Actor, seat: Any) -> bool:
    user_id = Scope.of(actor).user_id
    return user_id is not None and seat.user_id == user_id and seat.left_at is None


@rules.predicate
def works_for_proposed_theme(actor: Actor, proposal: Any) -> bool:
    return bool(works_for_theme(actor, proposal.call.theme))


permissions.define("grants.score_proposal", sits_at_sheet, reason="採点できるのは、その席の審査委員です。")
permissions.define("grants.declare_interest", sits_at_seat, reason="申告できるのは、その席の審査委員です。")
permissions.define(
    "grants.write_opinion", works_for_proposed_theme, reason="意見を書けるのは、テーマの市町村の担当者です。"
)
