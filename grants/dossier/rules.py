"""Who makes a 一件書類 and blacks out its copies: the officers of the file's office. Auditors read."""

from typing import TYPE_CHECKING

import rules

from portal.kernel import permissions
from portal.kernel.actors import Actor, JobActor

from ..rules import is_officer_of_routed_office

if TYPE_CHECKING:
    from ..models import Redaction


@rules.predicate
def blacks_out(actor: Actor, redaction: "Redaction") -> bool:
    if isinstance(actor, JobActor):
        return True  # it finishes what an officer began
    return bool(is_officer_of_routed_office(actor, redaction.dossier.application))


permissions.define(
    "grants.make_dossier",
    is_officer_of_routed_office,
    reason="一件書類を作れるのは、この案件を受け持つ振興局・支庁または課の担当者です。",
)
permissions.define(
    "grants.redact_dossier",
    blacks_out,
    reason="黒塗りの写しを作れるのは、この案件を受け持つ振興局・支庁または課の担当者です。",
)
