"""状況報告書 of the municipality; a later report replaces the earlier one's paper as the newest, which stays readable."""

from typing import Any

from portal.kernel.ports import DocumentKind

from .. import queries as applications
from ..models import Application, StatusReport
from .papers import SHARED, from_town, heading

STATUS = "grants.status"


def _latest(application: Application) -> StatusReport:
    """The newest report. Raises DoesNotExist before the first."""
    return StatusReport.objects.filter(application=application).latest("number")


def status_snapshot(application: Application) -> dict[str, Any]:
    """The content of 状況報告書, from the newest report."""
    case = applications.with_case(Application.objects.all()).get(pk=application.pk)
    row = _latest(case)
    return {
        **heading(case, STATUS),
        **from_town(case),
        "number": row.number,
        "stood_on": row.stood_on.isoformat(),
        "outlook": row.get_outlook_display(),
        "content": row.content,
        "spent_yen": row.spent_yen,
        "total_yen": case.total_yen,
        "ends_on": case.ends_on.isoformat() if case.ends_on else "",
    }


KIND = DocumentKind(
    key=STATUS, code="JK", title="補助事業状況報告書", template="grants/pdf/status.html", snapshot=status_snapshot,
    permission="grants.report_result", version=lambda application: str(_latest(application).number), **SHARED,
)  # fmt: skip
