"""Who keeps the list of organisations."""

import rules

from portal.accounts.enums import Role
from portal.accounts.scope import Scope
from portal.kernel import permissions
from portal.kernel.actors import Actor

from ..models import OrganisationMember
from . import is_ward_staff


@rules.predicate
def is_officer_of_record(actor: Actor, member: OrganisationMember) -> bool:
    return member.authority.area_id in Scope.of(actor).areas(Role.PREFECTURE_OFFICER, Role.CITY_OFFICER)


permissions.define(
    "communities.keep_organisation", is_ward_staff, reason="主体を直せるのは、その地域の担当者だけです。"
)
permissions.define(
    "communities.confirm_organisation_member",
    is_officer_of_record,
    reason="団体の人を確かめられるのは、記録した県・市の担当者です。",
)
