"""事前着手届 as a paper: 標準様式 with 「第○条」 until the 要綱's own form is entered in the menu."""

from typing import Any

from portal.kernel import clock
from portal.kernel.ports import DocumentKind

from .. import queries as applications
from ..models import Application
from ..settlement.papers import SHARED, from_town, heading
from . import queries

NOTICE = "grants.early_start"


def snapshot(application: Application) -> dict[str, Any]:
    """The content of 事前着手届. Raises ValueError where there is none."""
    case = applications.with_case(Application.objects.all()).get(pk=application.pk)
    row = queries.early_of(case)
    if row is None:
        raise ValueError(f"{case.pk}: no 事前着手届")
    return {
        **heading(case, NOTICE),
        **from_town(case),
        "applied_number": case.own_number,
        "applied_on": case.submitted_at.astimezone(clock.JST).date().isoformat() if case.submitted_at else "",
        "starts_on": row.starts_on.isoformat(),
        "ends_on": case.ends_on.isoformat() if case.ends_on else "",
        "grant_yen": case.grant_yen,
        "reason": row.reason,
    }


def _version(application: Application) -> str:
    row = queries.early_of(application)
    return str(row.number) if row else ""


KIND = DocumentKind(
    key=NOTICE, code="JT", title="事前着手届", template="grants/pdf/early_start.html", snapshot=snapshot,
    permission="grants.request_change", version=_version, **SHARED,
)  # fmt: skip
