"""Revoked files and money that is asked back. Made by the actions; what was paid is written as a row."""

from datetime import date
from typing import Any

from grants.actions import record_approval
from grants.models import Application, Payment
from grants.recovery.actions import revoking
from portal.accounts.enums import Role
from portal.accounts.models import User
from portal.kernel import clock

from .accounts import officer
from .areas import KAGOSHIMA
from .deciding import decided, open_approval, record
from .grants import Town


def accountant() -> User:
    """Who enters money of 鹿児島県."""
    return officer(Role.ACCOUNTANT, KAGOSHIMA)


def paid(case: Application, amount_yen: int = 500_000, on: date | None = None, **changed: Any) -> Payment:
    """A payment of the grant that was made."""
    day, programme = on or clock.today_jst(), case.menu.programme
    values: dict[str, Any] = {
        "authority": programme.authority, "case_type": "grants.application", "case_id": case.pk, "slot": f"{amount_yen}",
        "title": "補助金", "kind": "grant", "payee": case.municipality.name, "gross_yen": amount_yen,
        "net_yen": amount_yen, "fiscal_year": programme.fiscal_year, "ordered_on": day, "state": "paid", "paid_on": day,
        "paid_at": clock.now(), "charged_year": programme.fiscal_year,
    }  # fmt: skip
    return Payment.objects.create(**values | changed)


def revoked(town: Town, case: Application | None = None, **more: Any) -> Application:
    """A file whose decision was revoked by the office's own 決裁."""
    case = case or decided(town)
    revoking.draft_revocation(by=town.prefecture, application=case, reason="目的の外に使われたため。", **more)
    values = record(town.prefecture, document_number="く共第950号", commitment_number="")
    record_approval(by=town.prefecture, approval=open_approval(case), **values)
    case.refresh_from_db()
    return case
