"""The papers after a decision: 実績報告書 with 収支決算書, 額の確定通知書.

Titled 標準様式 with 「第○条」 until the 要綱's own forms are entered in the menu; everything they say is frozen here as JSON.
"""

from collections.abc import Iterable
from typing import Any

from portal.kernel.fiscal import wareki
from portal.kernel.money import yen
from portal.kernel.ports import DocumentKind

from .. import queries as applications
from ..calculations import Amounts
from ..documents import named
from ..enums import IncomeKind, Setsu, Verdict
from ..models import Application, ResultExpense, ResultReport
from ..queries import approving
from . import queries

RESULT, INSPECTION = "grants.result", "grants.inspection"
SETTLEMENT, INVOICE = "grants.settlement", "grants.invoice"


def heading(application: Application, kind: str) -> dict[str, Any]:
    """What every paper of a decided file says: its form, which grant, of which decision, about which project."""
    menu, key = application.menu, kind.removeprefix("grants.")
    programme = menu.programme
    decision = approving.current(application)
    approval = decision.approval if decision else None
    return {
        "fiscal_year": programme.year_label,
        "subsidy": f"{programme.year_label}{menu.title}金",
        "rule": programme.rule_title.split("(")[0],
        "form": menu.form(key),
        "article": menu.article(key),
        "title": application.title,
        "platform": application.platform.name if application.platform else "",
        "decided_on": approval.effective_on.isoformat() if approval and approval.effective_on else "",
        "decided_number": approval.document_number if approval else "",
        "decided_yen": application.decided_yen,
    }


def from_town(application: Application) -> dict[str, Any]:
    """Addressee and sender of a paper of the municipality."""
    authority = application.menu.programme.authority
    return {
        "addressee": [named(authority.head_title, authority.head_name, "殿")],
        "sender": [named(application.applicant_title, application.applicant_name)],
    }


def result_snapshot(application: Application) -> dict[str, Any]:
    """The content of 実績報告書 and 収支決算書. Raises ValueError before anything was written."""
    case = applications.with_case(Application.objects.all()).get(pk=application.pk)
    report = queries.report_of(case)
    if report is None:
        raise ValueError(f"{case.pk}: no result")
    amounts = queries.amounts_of(case, report)
    return {
        **heading(case, RESULT),
        **from_town(case),
        "forms": {key: case.menu.form(key) for key in ("result", "accounts")},
        "period": _period(case, report),
        "content": report.content,
        "outcome": report.outcome,
        "next_steps": report.next_steps,
        "claimed_yen": report.claimed_yen or 0,
        "total_yen": amounts.total_yen,
        "budget_total_yen": case.total_yen,
        "total_difference": difference(case.total_yen, amounts.total_yen),
        "base_yen": amounts.base_yen,
        "ineligible_yen": amounts.ineligible_yen,
        "share": case.menu.share_label,
        "files": [
            {"title": row.title, "filename": row.file.filename, "sha256": row.file.sha256}
            for row in queries.evidence_of(report)
        ],
        "income": _income(case, report, amounts),
        "expenses": setsu_rows(report.expenses.all()),
    }


def setsu_rows(lines: Iterable[ResultExpense]) -> list[dict[str, Any]]:
    """節 by 節 in order of their numbers: 予算額, 決算額, 増減, and what is not eligible."""
    groups: dict[int, list[ResultExpense]] = {}
    for line in lines:
        groups.setdefault(line.setsu, []).append(line)
    return [
        {
            **_figures(
                Setsu(number).heading,
                sum(line.budget_yen for line in rows),
                sum(line.actual_yen for line in rows),
            ),
            "ineligible_yen": sum(line.ineligible_yen for line in rows),
            "notes": [_note(line) for line in rows if line.actual_yen],
        }
        for number, rows in sorted(groups.items())
    ]


def difference(budget_yen: int, actual_yen: int) -> str:
    """増減: 決算 − 予算, with △ when it is less."""
    less = budget_yen - actual_yen
    return f"△{yen(less)}" if less > 0 else yen(-less)


def _note(line: ResultExpense) -> str:
    body = f"{line.description}　{yen(line.actual_yen)}"
    return body + (f"（うち対象外 {yen(line.ineligible_yen)}）" if line.ineligible_yen else "")


def _figures(label: str, budget_yen: int, actual_yen: int) -> dict[str, Any]:
    """One row of a 決算."""
    return {
        "label": label,
        "budget_yen": budget_yen,
        "actual_yen": actual_yen,
        "difference": difference(budget_yen, actual_yen),
    }


def _income(case: Application, report: ResultReport, amounts: Amounts) -> list[dict[str, Any]]:
    """県補助金, 市町村負担 (what is left to it), then the typed income by its kind."""
    claimed = report.claimed_yen or 0
    typed = list(report.incomes.all())
    budget = sum(line.budget_yen for line in typed)
    spent = sum(line.budget_yen for line in report.expenses.all())
    share = amounts.total_yen - amounts.specific_yen - amounts.own_yen - claimed
    decided = case.decided_yen or 0
    rows = [
        _figures("県補助金", decided, claimed),
        _figures("市町村負担", spent - budget - decided, share),
    ]
    for kind in IncomeKind:
        lines = [line for line in typed if line.kind == kind]
        if lines:
            sums = (sum(line.budget_yen for line in lines), sum(line.actual_yen for line in lines))
            rows.append(_figures(kind.label, *sums))
    return rows


def _period(case: Application, report: ResultReport) -> str:
    start = wareki(case.starts_on) if case.starts_on else ""
    return f"{start}から{wareki(report.completed_on)}まで" if report.completed_on else start


def result_version(application: Application) -> str:
    """Which report of the file: filed again, it replaces the one before."""
    return str(ResultReport.objects.get(application=application).version)


def inspection_snapshot(application: Application) -> dict[str, Any]:
    """The content of 検査調書. Raises ValueError before an inspection."""
    case = applications.with_case(Application.objects.all()).get(pk=application.pk)
    row = queries.inspection_of(case)
    if row is None:
        raise ValueError(f"{case.pk}: not inspected")
    labels = dict(Verdict.choices)
    return {
        **heading(case, INSPECTION),
        "addressee": [
            named(case.menu.programme.authority.head_title, case.menu.programme.authority.head_name, "殿")
        ],
        "sender": [case.office.name, named("検査員", row.inspected_by.name if row.inspected_by else "")],
        "municipality": case.municipality.name,
        "inspected_on": row.inspected_on.isoformat(),
        "method": row.method,
        "answers": [{**point, "label": labels[point["verdict"]]} for point in row.answers],
        "findings": row.findings,
        "reported_base_yen": row.base_yen + row.disallowed_yen,
        "disallowed_yen": row.disallowed_yen,
        "disallowed_reason": row.disallowed_reason,
        "base_yen": row.base_yen,
        "amount_yen": queries.amount_to_settle(case, row),
    }


def settlement_snapshot(application: Application) -> dict[str, Any]:
    """The content of 額の確定通知書. Raises ValueError before the 額の確定 is drafted."""
    case = applications.with_case(Application.objects.all()).get(pk=application.pk)
    row = queries.settlement_of(case)
    if row is None:
        raise ValueError(f"{case.pk}: not settled")
    authority = case.menu.programme.authority
    on = row.approval.effective_on
    return {
        **heading(case, SETTLEMENT),
        "addressee": [named(case.applicant_title, case.applicant_name, "殿")],
        "sender": [named(authority.head_title, authority.head_name)],
        "dated_on": on.isoformat() if on else "",
        "amount_yen": row.amount_yen,
        "base_yen": row.inspection.base_yen,
        "appeal_notice": case.menu.programme.appeal_notice,
        "share": case.menu.share_label,
        "disallowed_yen": row.inspection.disallowed_yen,
        "disallowed_reason": row.inspection.disallowed_reason,
        "office": case.office.name,
    }


def invoice_snapshot(application: Application) -> dict[str, Any]:
    """The content of 請求書. Raises ValueError before it was sent."""
    case = applications.with_case(Application.objects.all()).get(pk=application.pk)
    row, settled = queries.invoice_of(case), queries.settlement_of(case)
    if row is None or settled is None:
        raise ValueError(f"{case.pk}: no invoice")
    on = settled.approval.effective_on
    return {
        **heading(case, INVOICE),
        **from_town(case),
        "amount_yen": row.amount_yen,
        "settled_yen": settled.amount_yen,
        "paid_yen": settled.amount_yen - row.amount_yen,
        "settled_on": on.isoformat() if on else "",
        "settled_number": settled.approval.document_number,
    }


def inspection_version(application: Application) -> str:
    """Which inspection of the file."""
    row = queries.inspection_of(application)
    return str(row.number) if row else "0"


def settlement_version(application: Application) -> str:
    """Which 額の確定 of the file."""
    row = queries.settlement_of(application)
    return str(row.pk) if row else ""


SHARED: dict[str, Any] = {
    "model": "grants.Application",
    "visible_to": applications.visible_to,
    "seal": "（公印省略）",
}
KINDS = (
    DocumentKind(
        key=RESULT, code="JH", title="補助事業実績報告書", template="grants/pdf/result.html", snapshot=result_snapshot,
        permission="grants.report_result", version=result_version, **SHARED,
    ),
    DocumentKind(
        key=INSPECTION, code="KS", title="検査調書", template="grants/pdf/inspection.html",
        snapshot=inspection_snapshot, permission="grants.inspect_result", version=inspection_version,
        model="grants.Application", visible_to=applications.received,
    ),
    DocumentKind(
        key=SETTLEMENT, code="GK", title="補助金の額の確定通知書", template="grants/pdf/settlement.html",
        snapshot=settlement_snapshot, permission="grants.conclude_application", version=settlement_version, **SHARED,
    ),
    DocumentKind(
        key=INVOICE, code="SK", title="補助金請求書", template="grants/pdf/invoice.html", snapshot=invoice_snapshot,
        permission="grants.claim_payment", **SHARED,
    ),
)  # fmt: skip
