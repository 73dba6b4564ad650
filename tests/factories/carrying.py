"""Carried-over files. Made by the actions."""

from datetime import date
from typing import Any

from grants.actions import record_approval
from grants.carrying.actions import deciding, requesting
from grants.models import Application, CarryOver

from .deciding import open_approval, record
from .grants import Town

UNTIL = date(2027, 9, 30)


def asked(town: Town, case: Application, **changed: Any) -> CarryOver:
    """Until the end of September of the next year."""
    values = {"kind": "appropriated", "reason": "資材が年度内に届かないため。", "ends_on": UNTIL} | changed
    return requesting.request_carry_over(by=town.chief, application=case, **values)


def carried(town: Town, case: Application, **changed: Any) -> Application:
    """Granted by the office's own 決裁."""
    carry = asked(town, case)
    deciding.draft_carry_over(by=town.prefecture, carry=carry, authorised_on=date(2026, 11, 24))
    values = record(town.prefecture, document_number="く共第750号", commitment_number="") | changed
    record_approval(by=town.prefecture, approval=open_approval(case), **values)
    case.refresh_from_db()
    return case
