"""変更(中止・廃止)承認申請書 and its two answers: 標準様式 with 「第○条」 until the 要綱's own forms are entered in the menu."""

from typing import Any

from portal.kernel import clock
from portal.kernel.ports import DocumentKind

from .. import queries as applications
from ..documents import named
from ..models import Application, StopRequest
from ..settlement.papers import SHARED, from_town, heading
from .enums import StopKind, StopState

REQUEST, APPROVAL, REFUSAL = "grants.stop_request", "grants.stop_approval", "grants.stop_refusal"


def _newest(application: Application, *states: str) -> StopRequest:
    """The newest one of the file in these states. Raises DoesNotExist where there is none."""
    rows = StopRequest.objects.filter(application=application, state__in=states)
    return rows.select_related("approval").latest("requested_at")


def _body(case: Application, row: StopRequest) -> dict[str, Any]:
    return {
        "kind": row.get_kind_display(),
        "kinds": StopKind.labels,
        "reason": row.reason,
        "stops_on": row.stops_on.isoformat(),
        "spent_yen": row.spent_yen,
        "before_yen": row.before_yen,
        "keep_yen": row.keep_yen,
        "share": case.menu.share_label,
        "applied_on": row.requested_at.astimezone(clock.JST).date().isoformat(),
        "applied_number": row.own_number,
    }


def request_snapshot(application: Application) -> dict[str, Any]:
    """The content of 変更(中止・廃止)承認申請書."""
    case = applications.with_case(Application.objects.all()).get(pk=application.pk)
    row = _newest(case, StopState.REQUESTED)
    return {**heading(case, REQUEST), **from_town(case), **_body(case, row)}


def answer_snapshot(application: Application) -> dict[str, Any]:
    """The content of the two letters, once it is answered."""
    case = applications.with_case(Application.objects.all()).get(pk=application.pk)
    row, authority = _newest(case, StopState.GRANTED, StopState.DECLINED), case.menu.programme.authority
    on = row.approval.effective_on if row.approval else None
    return {
        **heading(case, REFUSAL if row.refusal else APPROVAL),
        **_body(case, row),
        "addressee": [named(case.applicant_title, case.applicant_name, "殿")],
        "sender": [named(authority.head_title, authority.head_name)],
        "dated_on": on.isoformat() if on else "",
        "why_not": row.refusal,
        "appeal_notice": case.menu.programme.appeal_notice,
        "office": case.office.name,
    }


def _request_version(application: Application) -> str:
    return str(_newest(application, StopState.REQUESTED).pk)


def _answer_version(application: Application) -> str:
    return str(_newest(application, StopState.GRANTED, StopState.DECLINED).pk)


_LETTER: dict[str, Any] = {
    "snapshot": answer_snapshot,
    "permission": "grants.conclude_application",
    "version": _answer_version,
    **SHARED,
}
KINDS = (
    DocumentKind(
        key=REQUEST, code="TS", title="変更(中止・廃止)承認申請書", template="grants/pdf/stop_request.html",
        snapshot=request_snapshot, permission="grants.request_change", version=_request_version, **SHARED,
    ),
    DocumentKind(
        key=APPROVAL, code="TN", title="変更(中止・廃止)承認通知書", template="grants/pdf/stop_approval.html", **_LETTER
    ),
    DocumentKind(
        key=REFUSAL, code="TF", title="変更(中止・廃止)不承認通知書", template="grants/pdf/stop_refusal.html", **_LETTER
    ),
)  # fmt: skip
