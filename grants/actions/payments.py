"""Payments of every table: ordered by an officer, entered as paid by the accountant, or cancelled."""

from datetime import date

from django.db import models, transaction

from communities.saving import insert, locked, user_of
from portal.accounts.models import User
from portal.areas.models import Authority
from portal.kernel import audit, clock, permissions
from portal.kernel.actors import Actor
from portal.kernel.fiscal import fiscal_year

from ..calculations import payments as sums_of
from ..models import BudgetLine, Commitment, Payment
from ..models.approving import TARGETS
from ..payments import FOLLOWERS
from ..payments.checking import check_payable
from ..payments.enums import PaymentKind, PaymentState
from ..payments.rates import rates
from ..payments.workflow import PAYMENT


@transaction.atomic
def order_payment(
    *,
    by: Actor,
    authority: Authority,
    case: models.Model,
    slot: str,
    title: str,
    kind: PaymentKind,
    payee: str,
    gross_yen: int,
    year: int,
    payee_user: User | None = None,
    withholds: bool = False,
    line: BudgetLine | None = None,
) -> Payment:
    """Order one payment of `case` (支出命令). `slot` names what of the case is paid: each is ordered once.

    `line`: the 科目, where it is not that of the case's 決裁. `year` is the 年度 that owes it; `withholds`: income tax is taken from it by the table of the day. Raises
    PermissionDenied, Refusal (ordered already), ValidationError.
    """
    permissions.require(by, "grants.order_payment", authority)
    today = clock.today_jst()
    found = sums_of.sums(gross_yen, sums_of.rate_on(rates(), today) if withholds else None)
    payment = insert(
        Payment(
            authority=authority, line=line or _line_of(case), case_type=case._meta.label_lower, case_id=case.pk, slot=slot, title=title, kind=kind,
            payee=payee, payee_user=payee_user, gross_yen=found.gross_yen, withheld_yen=found.withheld_yen,
            net_yen=found.net_yen, fiscal_year=year, carried=bool(getattr(case, "carried", "")), ordered_on=today, ordered_by=user_of(by),
        )
    )  # fmt: skip
    data = {"gross_yen": found.gross_yen, "withheld_yen": found.withheld_yen}
    audit.record("grants.payment.ordered", by=by, target=payment, data=data)
    return payment


@transaction.atomic
def enter_payment(*, by: Actor, payment: Payment, paid_on: date, past_year: bool = False) -> Payment:
    """Enter that it was paid, by the accountant: on a day banks are open, not before the order and not in the future.

    The old year pays until the last bank day on or before 31 May (地方自治法235条の5); later only as 過年度支出, from the
    budget of the year of the payment. Raises PermissionDenied, Refusal.
    """
    permissions.require(by, "grants.enter_payment", payment)
    locked(payment)
    if payment.state == PaymentState.ORDERED:
        check_payable(payment, paid_on, past_year)
    charged = fiscal_year(paid_on) if past_year else payment.fiscal_year
    PAYMENT.apply(payment, "pay", by=by, paid_on=paid_on, charged_year=charged)
    if follow := FOLLOWERS.get(payment.case_type):
        follow(by=by, payment=payment)
    return payment


@transaction.atomic
def cancel_payment(*, by: Actor, payment: Payment, note: str) -> Payment:
    """Take an order back with the reason; it may be ordered anew. Raises PermissionDenied, Refusal (paid already)."""
    return PAYMENT.apply(payment, "cancel", by=by, note=note)


def _line_of(case: models.Model) -> BudgetLine | None:
    """The 科目 that the case was charged to last; None where nothing is. One query."""
    name = case._meta.model_name or ""
    if name not in TARGETS:
        return None
    rows = Commitment.objects.filter(**{f"approval__{name}": case.pk}, released_at__isnull=True)
    newest = rows.select_related("line").order_by("-created_at", "-id").first()
    return newest.line if newest else None
