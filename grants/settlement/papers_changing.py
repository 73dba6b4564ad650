"""The papers of a change: 変更承認申請書 of the municipality, 変更承認通知書 and 変更不承認通知書 of the prefecture."""

from typing import Any

from portal.kernel import clock
from portal.kernel.ports import DocumentKind

from .. import queries as applications
from ..documents import named
from ..models import Application, ChangeDecision, ChangeRequest
from .papers import SHARED, difference, from_town, heading
from .queries import changes as queries

REQUEST, APPROVAL, REFUSAL = "grants.change_request", "grants.change_approval", "grants.change_refusal"


def request_snapshot(application: Application) -> dict[str, Any]:
    """The content of 変更承認申請書. Raises ValueError before anything was asked."""
    case = applications.with_case(Application.objects.all()).get(pk=application.pk)
    row = _change(case)
    return {**heading(case, REQUEST), **from_town(case), **_change_body(case, row)}


def answer_snapshot(application: Application) -> dict[str, Any]:
    """The content of 変更承認通知書 or 変更不承認通知書. Raises ValueError before an answer."""
    case = applications.with_case(Application.objects.all()).get(pk=application.pk)
    row = _change(case)
    decision = _decision(row)
    authority, approval = case.menu.programme.authority, decision.approval
    kind = APPROVAL if decision.is_approval else REFUSAL
    return {
        **heading(case, kind),
        **_change_body(case, row),
        "addressee": [named(case.applicant_title, case.applicant_name, "殿")],
        "sender": [named(authority.head_title, authority.head_name)],
        "dated_on": approval.effective_on.isoformat() if approval.effective_on else "",
        "before_yen": decision.before_yen,
        "amount_yen": decision.amount_yen,
        "why_not": decision.reason,
        "appeal_notice": case.menu.programme.appeal_notice,
        "office": case.office.name,
    }


def _change(case: Application) -> ChangeRequest:
    row = queries.latest(case, filed=True)
    if row is None:
        raise ValueError(f"{case.pk}: no change")
    return row


def _decision(row: ChangeRequest) -> ChangeDecision:
    decision = queries.decision_of(row)
    if decision is None:
        raise ValueError(f"{row.pk}: not answered")
    return decision


def _change_body(case: Application, row: ChangeRequest) -> dict[str, Any]:
    """What both sides' papers say of the change; what was decided is taken from the change's own lines."""
    lines = [*queries.side_by_side(case, row), *queries.income_sides(row)]
    return {
        "number": row.number,
        "applied_on": row.filed_at.astimezone(clock.JST).date().isoformat() if row.filed_at else "",
        "applied_number": row.own_number,
        "reason": row.reason,
        "content": row.content,
        "ends_on": row.ends_on.isoformat() if row.ends_on else "",
        "asked_yen": row.asked_yen or 0,
        "total_yen": row.total_yen,
        "base_yen": row.base_yen,
        "rows": [
            {
                "label": line.label,
                "before_yen": line.before_yen,
                "after_yen": line.after_yen,
                "difference": difference(line.before_yen, line.after_yen),
            }
            for line in lines
        ],
    }


def _request_version(application: Application) -> str:
    """Filed again after it was taken back, it is another paper."""
    row = _change(application)
    return f"{row.number}-{row.filed_at:%Y%m%d%H%M%S}" if row.filed_at else str(row.number)


def _answer_version(application: Application) -> str:
    return str(_decision(_change(application)).pk)


_LETTER: dict[str, Any] = {
    "snapshot": answer_snapshot,
    "permission": "grants.conclude_application",
    "version": _answer_version,
    **SHARED,
}
KINDS = (
    DocumentKind(
        key=REQUEST, code="HS", title="変更承認申請書", template="grants/pdf/change_request.html",
        snapshot=request_snapshot, permission="grants.request_change", version=_request_version, **SHARED,
    ),
    DocumentKind(
        key=APPROVAL, code="HN", title="変更承認通知書", template="grants/pdf/change_approval.html", **_LETTER
    ),
    DocumentKind(
        key=REFUSAL, code="HF", title="変更不承認通知書", template="grants/pdf/change_refusal.html", **_LETTER
    ),
)  # fmt: skip
