"""Who may bring tables in and take lists out."""

import rules

from portal.accounts.scope import Scope
from portal.kernel import permissions
from portal.kernel.actors import Actor, UserActor
from portal.kernel.import_models import Import

from . import WARD_STAFF, city_collects, is_ward_staff


@rules.predicate
def works_there(actor: Actor, imported: Import) -> bool:
    """Whether the actor is an officer of the area an import is for."""
    return isinstance(actor, UserActor) and imported.place in Scope.of(actor).areas(*WARD_STAFF)


permissions.define(
    "communities.import_rows", works_there, reason="この表を扱えるのは、その地域の担当者だけです。"
)
permissions.define(
    "communities.export_registrants",
    is_ward_staff & city_collects,
    reason="申込みの名簿を書き出せるのは、申込みを集める市の担当者だけです。",
)
