"""Projects that end before their time. Made by the actions."""

from datetime import date
from typing import Any

from grants.actions import record_approval
from grants.models import Application, StopRequest
from grants.stopping.actions import deciding, requesting
from portal.kernel import clock

from .deciding import open_approval, record
from .grants import Town

SPENT_YEN = 401_000  # half of it in thousands: 200,000


def asked(town: Town, case: Application, **changed: Any) -> StopRequest:
    """The municipality asks to stop today; 401,000 yen were spent."""
    values = {
        "kind": "stopped",
        "reason": "運転手が転出し、担い手がいなくなったため。",
        "stops_on": clock.today_jst(),
        "spent_yen": SPENT_YEN,
        "own_number": "試企第11号",
    } | changed
    return requesting.request_stop(by=town.chief, application=case, **values)


def stopped(town: Town, case: Application, **changed: Any) -> Application:
    """Granted by the office's own 決裁."""
    deciding.draft_stop(by=town.prefecture, stop=asked(town, case, **changed))
    return signed(town, case)


def signed(town: Town, case: Application, decided_on: date | None = None) -> Application:
    """The open 決裁 of a file, recorded."""
    more = {"decided_on": decided_on} if decided_on else {}
    values = record(town.prefecture, document_number="く共第770号", commitment_number="", **more)
    record_approval(by=town.prefecture, approval=open_approval(case), **values)
    case.refresh_from_db()
    return case
