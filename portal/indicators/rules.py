"""Who may do what with an indicator."""

import rules

from portal.accounts.enums import Role
from portal.accounts.scope import Scope
from portal.kernel import permissions
from portal.kernel.actors import Actor

from .models import Indicator


@rules.predicate
def is_indicator_officer(actor: Actor, indicator: Indicator) -> bool:
    """A city officer whose appointment reaches the area of the indicator's authority."""
    return indicator.authority.area_id in Scope.of(actor).areas(Role.CITY_OFFICER)


permissions.define(
    "indicators.record_value",
    is_indicator_officer,
    reason="この指標を受け持つ本庁の担当者だけが登録できます。",
)
