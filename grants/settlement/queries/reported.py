"""A result with all that a page says beside it, in one statement: its lines, the decided ones, what the office did of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, QuerySet, Subquery
from django.db.models.functions import JSONObject

from portal.accounts.models import User

from ...calculations import IncomeRow
from ...enums.approving import ApprovalState
from ...models import (
    Application,
    Approval,
    ExpenseLine,
    Inspection,
    Invoice,
    Payment,
    ResultExpense,
    ResultIncome,
    ResultReport,
)
from ...payments.enums import PaymentState

_LINE = ("setsu", "description", "budget_yen", "actual_yen", "ineligible_yen")
_INCOME = ("kind", "description", "actual_yen")
_INSPECTION = ("id", "number", "inspected_on", "method", "answers", "findings", "disallowed_yen", "disallowed_reason", "base_yen")  # fmt: skip
_PAYMENT = ("id", "kind", "gross_yen", "state")


@dataclass(frozen=True, slots=True, kw_only=True)
class Reported:
    """`expenses`, `incomes`: of the 決算; `before`: (節, yen) of the decided lines. The others as far as they are there; what is
    built of them holds the columns that pages show, and is not to be saved.
    """

    report: ResultReport
    expenses: list[ResultExpense]
    incomes: list[IncomeRow]
    before: list[tuple[int, int]]
    approval: Approval | None
    inspection: Inspection | None
    invoice: Invoice | None
    payments: list[Payment]


def reported(application: Application) -> Reported | None:
    """None before anybody wrote a result. One query."""
    case = OuterRef("application")
    drafted = Approval.objects.filter(application=case, state=ApprovalState.DRAFTED)
    paying = Payment.objects.filter(case_type="grants.application", case_id=case)
    paying = paying.exclude(state=PaymentState.CANCELLED).order_by("ordered_on", "created_at", "id")
    inspections = Inspection.objects.filter(application=case).order_by("-number")
    found = (
        ResultReport.objects.filter(application=application)
        .select_related("saved_by", "filed_by")
        .annotate(
            expense_rows=_all(ResultExpense.objects.filter(report=OuterRef("pk")), *_LINE),
            income_rows=_all(ResultIncome.objects.filter(report=OuterRef("pk")), *_INCOME),
            decided_rows=_all(ExpenseLine.objects.filter(application=case), "setsu", "amount_yen"),
            approval_row=_first(drafted, "id", "matter"),
            inspection_row=_first(inspections, *_INSPECTION, inspector="inspected_by__name"),
            invoice_row=_first(Invoice.objects.filter(application=case), "amount_yen", "filed_at"),
            payment_rows=_all(paying, *_PAYMENT),
        )
        .first()
    )
    return None if found is None else _made(found)


def _made(found: Any) -> Reported:
    approval, invoice = found.approval_row, found.invoice_row
    return Reported(
        report=found,
        expenses=[ResultExpense(**row) for row in found.expense_rows],
        incomes=[
            IncomeRow(kind=row["kind"], description=row["description"], amount_yen=row["actual_yen"])
            for row in found.income_rows
        ],
        before=[(row["setsu"], row["amount_yen"]) for row in found.decided_rows],
        approval=Approval(id=UUID(approval["id"]), matter=approval["matter"]) if approval else None,
        inspection=_inspection(found.inspection_row) if found.inspection_row else None,
        invoice=Invoice(
            amount_yen=invoice["amount_yen"], filed_at=datetime.fromisoformat(invoice["filed_at"])
        )
        if invoice
        else None,
        payments=[Payment(**{**row, "id": UUID(row["id"])}) for row in found.payment_rows],
    )


def _inspection(row: dict[str, Any]) -> Inspection:
    row = dict(row)
    inspector = row.pop("inspector")
    row |= {"id": UUID(row["id"]), "inspected_on": date.fromisoformat(row["inspected_on"])}
    return Inspection(**row, inspected_by=User(name=inspector) if inspector else None)


def _first(rows: QuerySet[Any], *names: str, **more: str) -> Subquery:
    return Subquery(rows.values(said=JSONObject(**{name: name for name in names}, **more))[:1])


def _all(rows: QuerySet[Any], *names: str) -> ArraySubquery:
    return ArraySubquery(rows.values(said=JSONObject(**{name: name for name in names})))
