"""What an actor may do to a programme of an authority."""

from typing import TYPE_CHECKING

import rules

from portal.accounts.enums import Role
from portal.accounts.scope import Scope
from portal.kernel import permissions
from portal.kernel.actors import Actor

if TYPE_CHECKING:
    from ..models import Programme


@rules.predicate
def is_officer_of_programme(actor: Actor, programme: "Programme") -> bool:
    return programme.authority.area_id in Scope.of(actor).areas(Role.PREFECTURE_OFFICER)


permissions.define(
    "grants.run_programme",
    is_officer_of_programme,
    reason="事業の内容を変えられるのは、その事業を行う県の担当者です。",
)
