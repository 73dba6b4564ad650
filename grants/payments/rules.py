"""Who orders a payment, and who enters that it was made: never the same appointment."""

from typing import TYPE_CHECKING

import rules

from portal.accounts.enums import Role
from portal.accounts.scope import Scope
from portal.areas.models import Authority
from portal.kernel import permissions
from portal.kernel.actors import Actor

if TYPE_CHECKING:
    from ..models import Payment


@rules.predicate
def orders_for(actor: Actor, authority: Authority) -> bool:
    return authority.area_id in Scope.of(actor).homes(Role.PREFECTURE_OFFICER)


@rules.predicate
def orders_payment(actor: Actor, payment: "Payment") -> bool:
    return bool(orders_for(actor, payment.authority))


@rules.predicate
def keeps_accounts(actor: Actor, payment: "Payment") -> bool:
    return payment.authority.area_id in Scope.of(actor).homes(Role.ACCOUNTANT)


permissions.define(
    "grants.order_payment", orders_for, reason="支出命令を出せるのは、この事業を行う県の担当者です。"
)
permissions.define(
    "grants.cancel_payment", orders_payment, reason="支出命令を取り消せるのは、この事業を行う県の担当者です。"
)
permissions.define(
    "grants.enter_payment",
    keeps_accounts,
    reason="支払いの結果を記録できるのは、支払いをする団体の出納です。",
)
