"""What an actor may do to a programme of an authority."""

from typing import TYPE_CHECKING

import rules

from portal.accounts.enums import Role
from portal.accounts.scope import Scope
from portal.kernel import permissions
from portal.kernel.actors import Actor

from ..rules import MUNICIPAL

if TYPE_CHECKING:
    from ..models import NeedsAnswer, Programme


@rules.predicate
def is_officer_of_programme(actor: Actor, programme: "Programme") -> bool:
    return programme.authority.area_id in Scope.of(actor).homes(Role.PREFECTURE_OFFICER)


@rules.predicate
def is_officer_of_survey(actor: Actor, answer: "NeedsAnswer") -> bool:
    return bool(is_officer_of_programme(actor, answer.survey.menu.programme))


@rules.predicate
def works_for_answering(actor: Actor, answer: "NeedsAnswer") -> bool:
    return answer.municipality_id in Scope.of(actor).areas(*MUNICIPAL)


@rules.predicate
def is_chief_of_answering(actor: Actor, answer: "NeedsAnswer") -> bool:
    return answer.municipality_id in Scope.of(actor).areas(Role.MUNICIPAL_CHIEF)


permissions.define(
    "grants.run_programme",
    is_officer_of_programme,
    reason="事業の内容を変えられるのは、その事業を行う県の担当者です。",
)
permissions.define(
    "grants.write_needs", works_for_answering, reason="要望を書けるのは、その市町村の担当者と決裁者です。"
)
permissions.define(
    "grants.send_needs", is_chief_of_answering, reason="要望を提出できるのは、その市町村の決裁者です。"
)
permissions.define(
    "grants.judge_needs",
    is_officer_of_survey,
    reason="内示ができるのは、要望調査を行う県の担当者です。",
)
