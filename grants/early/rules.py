"""Who may do what with a 事前着手届; the standing of its file decides."""

from typing import TYPE_CHECKING

import rules

from portal.kernel import permissions
from portal.kernel.actors import Actor

from ..rules import is_chief_of_applicant, is_officer_of_routed_office

if TYPE_CHECKING:
    from ..models import EarlyStart


@rules.predicate
def files_early_start(actor: Actor, row: "EarlyStart") -> bool:
    return bool(is_chief_of_applicant(actor, row.application))


@rules.predicate
def answers_early_start(actor: Actor, row: "EarlyStart") -> bool:
    return bool(is_officer_of_routed_office(actor, row.application))


permissions.define(
    "grants.file_early_start",
    files_early_start,
    reason="事前着手届を出せるのは、市町村の決裁者です。",
)
permissions.define(
    "grants.answer_early_start",
    answers_early_start,
    reason="事前着手届に答えられるのは、この案件を受け持つ振興局・支庁または課の担当者です。",
)
