"""Writes of 執行管理: what the 財務会計 system says of an order."""

from datetime import date

from django.db import transaction

from communities.saving import change, locked
from portal.kernel import audit, permissions
from portal.kernel.actors import Actor
from portal.kernel.refusals import Refusal

from ..actions.payments import enter_payment
from ..models import Payment
from ..payments.enums import PaymentState


@transaction.atomic
def record_order(
    *, by: Actor, payment: Payment, number: str, paid_on: date | None = None, past_year: bool = False
) -> Payment:
    """Note the 支出命令番号 of an order, and with a day that it was paid. The same again changes nothing.

    Raises PermissionDenied, Refusal (taken back, paid on another day, another number, as `enter_payment`), ValidationError.
    """
    permissions.require(by, "grants.enter_payment", payment)
    locked(payment)
    if payment.state == PaymentState.CANCELLED:
        raise Refusal("この支出命令は、取り消されています。", field="reference")
    if payment.order_number not in ("", number):
        raise Refusal(f"支出命令番号は、もう{payment.order_number}と記録しています。", field="number")
    if change(payment, {"order_number": number}):
        audit.record("grants.payment.numbered", by=by, target=payment, data={"number": number})
    if paid_on is None or payment.paid_on == paid_on:
        return payment
    if payment.state == PaymentState.PAID:
        raise Refusal("もう別の日に支払い済みと記録しています。", field="paid_on")
    return enter_payment(by=by, payment=payment, paid_on=paid_on, past_year=past_year)
