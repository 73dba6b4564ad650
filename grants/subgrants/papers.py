"""間接補助 on paper: 交付申請書 and 実績報告書 of a コミプラ, and the four answers of its municipality."""

from datetime import datetime
from typing import Any

from portal.kernel import clock
from portal.kernel.ports import DocumentKind

from ..documents import named
from ..models import SubGrant
from ..settlement.papers import difference
from . import queries
from .enums import INCOME_ITEMS, Item

APPLICATION, DECISION = "grants.subgrant_application", "grants.subgrant_decision"
RESULT, SETTLEMENT = "grants.subgrant_result", "grants.subgrant_settlement"
REFUSAL, REVOCATION = "grants.subgrant_refusal", "grants.subgrant_revocation"


def _body(subgrant: SubGrant, kind: str) -> dict[str, Any]:
    row = queries.with_case(SubGrant.objects.all()).get(pk=subgrant.pk)
    case, lines = row.application, list(row.lines.all())
    income, expense = queries.sums(row, "budget_yen")
    town = named(case.applicant_title, case.applicant_name)
    return {
        "form": case.menu.form(kind.split(".")[1]),
        "subsidy": f"{case.menu.programme.year_label}{case.municipality.name}{case.menu.title}金",
        "title": row.title,
        "platform": row.platform.name,
        "applicant": named("", row.applicant_name),
        "applied_on": row.submitted_at.astimezone(clock.JST).date().isoformat() if row.submitted_at else "",
        "town": town,
        "content": row.content,
        "asked_yen": row.asked_yen,
        "decided_yen": row.decided_yen or 0,
        "conditions": row.answer_reason,
        "income": [
            {"label": line.get_item_display(), "yen": line.budget_yen}
            for line in lines
            if line.item in INCOME_ITEMS
        ],
        "expenses": [
            {"label": line.get_item_display(), "yen": line.budget_yen}
            for line in lines
            if line.item not in INCOME_ITEMS
        ],
        "income_yen": income + row.asked_yen,
        "expense_yen": expense,
    }


def application_snapshot(subgrant: SubGrant) -> dict[str, Any]:
    """The content of the application of the コミプラ, its budget as the annex."""
    body = _body(subgrant, APPLICATION)
    return body | {"addressee": [f"{body['town']}　殿"], "sender": [body["platform"], body["applicant"]]}


def decision_snapshot(subgrant: SubGrant) -> dict[str, Any]:
    """The content of the notice, in the name of the municipality."""
    body = _body(subgrant, DECISION)
    return body | {"addressee": [body["platform"], f"{body['applicant']}　様"], "sender": [body["town"]]}


def result_snapshot(subgrant: SubGrant) -> dict[str, Any]:
    """The content of 実績報告書 of the コミプラ, its 収支決算書 as the annex."""
    row = SubGrant.objects.prefetch_related("lines").get(pk=subgrant.pk)
    body = _body(row, RESULT)
    income, expense = queries.sums(row, "actual_yen")
    order = Item.values
    lines = [
        {
            "label": line.get_item_display(),
            "is_income": line.item in INCOME_ITEMS,
            "budget_yen": line.budget_yen,
            "actual_yen": line.actual_yen or 0,
            "difference": difference(line.budget_yen, line.actual_yen or 0),
        }
        for line in sorted(row.lines.all(), key=lambda line: order.index(line.item))
    ]
    return body | {
        "addressee": [f"{body['town']}　殿"],
        "sender": [body["platform"], body["applicant"]],
        "outcome": row.outcome,
        "decided_on": _day(row.decided_at),
        "decided_number": row.document_number,
        "lines": lines,
        "actual_income_yen": income,
        "actual_expense_yen": expense,
    }


def _answer(subgrant: SubGrant, kind: str) -> dict[str, Any]:
    """The content of a letter of the municipality after its decision, or of its refusal."""
    row = SubGrant.objects.get(pk=subgrant.pk)
    body = _body(row, kind)
    return body | {
        "addressee": [body["platform"], f"{body['applicant']}　様"],
        "sender": [body["town"]],
        "decided_on": _day(row.decided_at) if row.decided_yen is not None else "",
        "decided_number": row.document_number,
        "reported_on": _day(row.reported_at),
        "settled_yen": row.settled_yen or 0,
        "reason": row.answer_reason,
    }


def settlement_snapshot(subgrant: SubGrant) -> dict[str, Any]:
    """The content of 額の確定通知書."""
    return _answer(subgrant, SETTLEMENT)


def refusal_snapshot(subgrant: SubGrant) -> dict[str, Any]:
    """The content of 不交付決定通知書; the reason is always printed."""
    return _answer(subgrant, REFUSAL)


def revocation_snapshot(subgrant: SubGrant) -> dict[str, Any]:
    """The content of 交付決定取消通知書; the reason is always printed."""
    return _answer(subgrant, REVOCATION)


def _day(at: datetime | None) -> str:
    return at.astimezone(clock.JST).date().isoformat() if at else ""


_OF_COMMUNITY: dict[str, Any] = {
    "permission": "grants.write_subgrant", "model": "grants.SubGrant", "visible_to": queries.visible_to
}  # fmt: skip
_OF_TOWN: dict[str, Any] = {
    "permission": "grants.decide_subgrant", "model": "grants.SubGrant", "visible_to": queries.visible_to,
    "seal": "（公印省略）",
}  # fmt: skip
KINDS = (
    DocumentKind(
        key=APPLICATION, code="KJ", title="間接補助金交付申請書", template="grants/pdf/subgrant_application.html",
        snapshot=application_snapshot, version=lambda row: str(row.revision), **_OF_COMMUNITY,
    ),
    DocumentKind(
        key=DECISION, code="KZ", title="間接補助金交付決定通知書", template="grants/pdf/subgrant_decision.html",
        snapshot=decision_snapshot, **_OF_TOWN,
    ),
    DocumentKind(
        key=REFUSAL, code="KF", title="間接補助金不交付決定通知書", template="grants/pdf/subgrant_refusal.html",
        snapshot=refusal_snapshot, **_OF_TOWN,
    ),
    DocumentKind(
        key=RESULT, code="KH", title="間接補助事業実績報告書", template="grants/pdf/subgrant_result.html",
        snapshot=result_snapshot, version=lambda row: str(row.revision), **_OF_COMMUNITY,
    ),
    DocumentKind(
        key=SETTLEMENT, code="KG", title="間接補助金の額の確定通知書", template="grants/pdf/subgrant_settlement.html",
        snapshot=settlement_snapshot, **_OF_TOWN,
    ),
    DocumentKind(
        key=REVOCATION, code="KV", title="間接補助金交付決定取消通知書", template="grants/pdf/subgrant_revocation.html",
        snapshot=revocation_snapshot, **_OF_TOWN,
    ),
)  # fmt: skip
