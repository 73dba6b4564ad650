"""概算払請求書 with its 資金計画: 標準様式 with 「第○条」 until the 要綱's own form is entered in the menu."""

from typing import Any

from portal.kernel.fiscal import wareki
from portal.kernel.ports import DocumentKind

from .. import queries as applications
from ..models import Advance, Application
from ..settlement.papers import SHARED, from_town, heading
from ..settlement.queries.money import balance_of

REQUEST = "grants.advance"


def _latest(application: Application) -> Advance:
    """The newest request. Raises DoesNotExist before the first."""
    return Advance.objects.filter(application=application).latest("number")


def request_snapshot(application: Application) -> dict[str, Any]:
    """The content of 概算払請求書, from the newest request."""
    case = applications.with_case(Application.objects.all()).get(pk=application.pk)
    row, left = _latest(case), case.decided_yen or 0
    paid = balance_of(case).paid_yen
    return {
        **heading(case, REQUEST),
        **from_town(case),
        "number": row.number,
        "amount_yen": row.amount_yen,
        "paid_yen": paid,
        "left_yen": left - paid - row.amount_yen,
        "reason": row.reason,
        "plan": [
            {"label": wareki(part.month).removesuffix("1日"), "amount_yen": part.amount_yen}
            for part in row.months.all()
        ],
    }


KINDS = (
    DocumentKind(
        key=REQUEST, code="GB", title="補助金概算払請求書", template="grants/pdf/advance.html",
        snapshot=request_snapshot, permission="grants.request_change",
        version=lambda application: str(_latest(application).number), **SHARED,
    ),
)  # fmt: skip
