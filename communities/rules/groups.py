"""Who starts a working group and writes in it."""

from typing import Any

import rules

from portal.kernel import permissions
from portal.kernel.actors import Actor

from ..models import Measure, Problem
from . import community_lives, is_organiser, is_ward_staff


@rules.predicate
def keeps_group(actor: Actor, obj: Any) -> bool:
    """The organisers of its community and the staff of its area; for a ward's group the staff alone."""
    group = obj.problem.group if isinstance(obj, Measure) else obj.group if isinstance(obj, Problem) else obj
    return bool(((is_ward_staff | is_organiser) & community_lives).test(actor, group))


permissions.define(
    "communities.start_group",
    (is_ward_staff | is_organiser) & community_lives,
    reason="部会をつくれるのは、世話人と地域の担当者だけです。",
)
permissions.define(
    "communities.edit_group", keeps_group, reason="部会を直せるのは、世話人と地域の担当者だけです。"
)
