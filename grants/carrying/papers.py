"""繰越承認申請書 and 繰越承認通知書: 標準様式 with 「第○条」 until the 要綱's own forms are entered in the menu."""

from typing import Any

from portal.kernel import clock
from portal.kernel.fiscal import FiscalYear
from portal.kernel.ports import DocumentKind

from .. import queries as applications
from ..documents import named
from ..models import Application, CarryOver
from ..settlement.papers import SHARED, from_town, heading
from .enums import LIVE, CarryState

REQUEST, APPROVAL = "grants.carry_over_request", "grants.carry_over_approval"


def _live(application: Application, *states: str) -> CarryOver:
    """The one of the file that is asked for or granted. Raises DoesNotExist where there is none."""
    rows = CarryOver.objects.filter(application=application, state__in=states or LIVE)
    return rows.select_related("approval").get()


def _body(case: Application, row: CarryOver) -> dict[str, Any]:
    year = FiscalYear(case.menu.programme.fiscal_year)
    return {
        "kind": row.get_kind_display(),
        "reason": row.reason,
        "before_on": row.before_on.isoformat(),
        "ends_on": row.ends_on.isoformat(),
        "next_year": year.next.label,
        "applied_on": row.requested_at.astimezone(clock.JST).date().isoformat(),
        "applied_number": row.own_number,
    }


def request_snapshot(application: Application) -> dict[str, Any]:
    """The content of 繰越承認申請書."""
    case = applications.with_case(Application.objects.all()).get(pk=application.pk)
    row = _live(case)
    return {**heading(case, REQUEST), **from_town(case), **_body(case, row)}


def approval_snapshot(application: Application) -> dict[str, Any]:
    """The content of 繰越承認通知書, once it is granted."""
    case = applications.with_case(Application.objects.all()).get(pk=application.pk)
    row, authority = _live(case, CarryState.GRANTED), case.menu.programme.authority
    on = row.approval.effective_on if row.approval else None
    return {
        **heading(case, APPROVAL),
        **_body(case, row),
        "addressee": [named(case.applicant_title, case.applicant_name, "殿")],
        "sender": [named(authority.head_title, authority.head_name)],
        "dated_on": on.isoformat() if on else "",
        "day_label": row.day_label,
        "authorised_on": row.authorised_on.isoformat() if row.authorised_on else "",
        "office": case.office.name,
    }


KINDS = (
    DocumentKind(
        key=REQUEST, code="RS", title="繰越承認申請書", template="grants/pdf/carry_over_request.html",
        snapshot=request_snapshot, permission="grants.request_change",
        version=lambda application: str(_live(application).pk), **SHARED,
    ),
    DocumentKind(
        key=APPROVAL, code="RN", title="繰越承認通知書", template="grants/pdf/carry_over_approval.html",
        snapshot=approval_snapshot, permission="grants.conclude_application",
        version=lambda application: str(_live(application, CarryState.GRANTED).pk), **SHARED,
    ),
)  # fmt: skip
