"""Who may hand out and end appointments, and who may change what is said in a government's name."""

from typing import Any

import rules

from portal.areas.queries import home_code
from portal.kernel import permissions
from portal.kernel.actors import Actor, UserActor

from .enums import GIVEN_BY_CITY_OFFICER, Role
from .models import Appointment
from .scope import Scope


@rules.predicate
def is_system_admin(actor: Actor, obj: Any) -> bool:
    return Scope.of(actor).has(Role.SYSTEM_ADMIN)


@rules.predicate
def gives_it_in_the_city(actor: Actor, appointment: Appointment) -> bool:
    """A city officer, for the roles a city officer hands out, in the city and its wards."""
    if appointment.role not in GIVEN_BY_CITY_OFFICER or appointment.area is None:
        return False
    return home_code(appointment.area) in Scope.of(actor).areas(Role.CITY_OFFICER)


@rules.predicate
def is_anothers(actor: Actor, appointment: Appointment) -> bool:
    """Nobody gives, lengthens or ends their own appointment."""
    return not (isinstance(actor, UserActor) and actor.user_id == appointment.user_id)


permissions.define(
    "accounts.appoint",
    is_anothers & (is_system_admin | gives_it_in_the_city),
    reason="この役職は、システム管理者、または自分の市の中で任せられた役職について市担当だけが設定できます。自分自身には設定できません。",
)
permissions.define(
    "accounts.end_appointment",
    is_anothers & (is_system_admin | gives_it_in_the_city),
    reason="この役職は、システム管理者、または自分の市の中で任せられた役職について市担当だけが終了できます。自分の役職は終了できません。",
)
permissions.define(
    "accounts.reset_second_factor",
    is_system_admin,
    reason="二段階認証の解除は、システム管理者だけができます。",
)
permissions.define(
    "areas.change_authority", is_system_admin, reason="団体の設定は、システム管理者だけが変えられます。"
)
permissions.define(
    "areas.import_districts", is_system_admin, reason="校区の読み込みは、システム管理者だけができます。"
)
