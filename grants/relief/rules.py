"""Who extends a call, who asks to be accepted late, who judges that."""

from typing import TYPE_CHECKING

import rules

from portal.accounts.enums import Role
from portal.accounts.scope import Scope
from portal.kernel import permissions
from portal.kernel.actors import Actor

from ..rules import is_officer_of_authority, works_for_applicant

if TYPE_CHECKING:
    from ..models import Admission


@rules.predicate
def is_officer_of_its_office(actor: Actor, admission: "Admission") -> bool:
    return admission.office_id in Scope.of(actor).sections(Role.PREFECTURE_OFFICER)


permissions.define(
    "grants.extend_call", is_officer_of_authority, reason="締切を延ばせるのは、この事業を行う県の担当者です。"
)
permissions.define(
    "grants.ask_admission",
    works_for_applicant,
    reason="締切のあとの受理を申し出られるのは、申請する市町村の担当者です。",
)
permissions.define(
    "grants.judge_admission",
    is_officer_of_its_office,
    reason="受理するかを決められるのは、この申請を受け持つ振興局・支庁または課の担当者です。",
)
