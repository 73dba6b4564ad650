"""間接補助金交付申請書 of a コミプラ and 交付決定通知書 of its municipality: 標準様式."""

from typing import Any

from portal.kernel import clock
from portal.kernel.ports import DocumentKind

from ..documents import named
from ..models import SubGrant
from . import queries
from .enums import INCOME_ITEMS

APPLICATION, DECISION = "grants.subgrant_application", "grants.subgrant_decision"


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


KINDS = (
    DocumentKind(
        key=APPLICATION, code="KJ", title="間接補助金交付申請書", template="grants/pdf/subgrant_application.html",
        snapshot=application_snapshot, permission="grants.write_subgrant", model="grants.SubGrant",
        visible_to=queries.visible_to,
    ),
    DocumentKind(
        key=DECISION, code="KZ", title="間接補助金交付決定通知書", template="grants/pdf/subgrant_decision.html",
        snapshot=decision_snapshot, permission="grants.decide_subgrant", model="grants.SubGrant",
        visible_to=queries.visible_to, seal="（公印省略）",
    ),
)  # fmt: skip
