"""Advance payments of decided files. Made by the actions."""

from datetime import date
from typing import Any

from grants.actions import enter_payment, record_approval
from grants.advances.actions import deciding, requesting
from grants.models import Advance, Application, Menu, Payment
from portal.kernel import clock

from .accounts import actor
from .deciding import decided, open_approval, record
from .grants import Town
from .settlement import accountant

PLAN = [(date(2026, 12, 1), 100_000), (date(2027, 1, 1), 200_000)]


def allowing(town: Town, percent: int = 100) -> Application:
    """A decided file (710,000 yen) of a menu whose 要綱 allows 概算払."""
    case = decided(town)
    Menu.objects.filter(pk=case.menu_id).update(advance_allowed=True, advance_percent=percent)
    return Application.objects.select_related("menu__programme__authority").get(pk=case.pk)


def requested(town: Town, case: Application | None = None, **changed: Any) -> Advance:
    """300,000 yen asked for."""
    values = {"amount_yen": 300_000, "reason": "運行の委託料を毎月払うため。", "plan": PLAN} | changed
    return requesting.request_advance(by=town.chief, application=case or allowing(town), **values)


def granted(town: Town, advance: Advance | None = None, **changed: Any) -> Advance:
    """Decided by the office's own 決裁."""
    advance = advance or requested(town)
    deciding.draft_advance(by=town.prefecture, advance=advance)
    values = record(town.prefecture, document_number="く共第700号", commitment_number="") | changed
    record_approval(by=town.prefecture, approval=open_approval(advance.application), **values)
    advance.refresh_from_db()
    return advance


def paid(town: Town, advance: Advance | None = None) -> Payment:
    """Ordered and paid today."""
    payment = deciding.order_advance(by=town.prefecture, advance=advance or granted(town))
    return enter_payment(by=actor(accountant()), payment=payment, paid_on=clock.today_jst())
