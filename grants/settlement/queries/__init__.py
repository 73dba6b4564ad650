"""Reads of what follows a decision. An application is seen by `grants.queries.visible_to`; drafts of a result by its town only."""

from datetime import date
from uuid import UUID

from django.db.models import Max, OuterRef, Q, QuerySet, Subquery

from portal.accounts.scope import Scope
from portal.kernel import clock
from portal.kernel.fiscal import FiscalYear

from ... import calculations
from ... import queries as applications
from ...calculations import Amounts, Terms
from ...calculations import settlement as sums
from ...enums.approving import ApprovalState
from ...models import (
    Application,
    Inspection,
    Invoice,
    ResultFile,
    ResultReport,
    Settlement,
    SheetTyped,
    TermExtension,
)
from .money import Balance as Balance
from .money import balance_of as balance_of


def sheet_typed(application: Application, sheet: str, user_id: UUID) -> SheetTyped | None:
    """What this person typed into the sheet while another saved it, if it waits to be settled. One query."""
    return SheetTyped.objects.filter(application=application, sheet=sheet, typed_by=user_id).first()


def noting_typed(rows: QuerySet[Application], sheet: str, user_id: UUID) -> QuerySet[Application]:
    """With `sheet_kept_at`: when that was. No query of its own."""
    kept = SheetTyped.objects.filter(application=OuterRef("pk"), sheet=sheet, typed_by=user_id)
    return rows.annotate(sheet_kept_at=Subquery(kept.values("typed_at")[:1]))


def report_of(application: Application) -> ResultReport | None:
    """The result with its lines and its living evidence; None before anybody wrote in it. Four queries."""
    rows = ResultReport.objects.filter(application=application).select_related("saved_by", "filed_by")
    return rows.prefetch_related("expenses", "incomes").first()


def evidence_of(report: ResultReport) -> list[ResultFile]:
    """The evidence that was not taken out. One query."""
    return list(report.files.filter(removed_at__isnull=True).select_related("file"))


def files_visible_to(scope: Scope) -> QuerySet[ResultFile]:
    """A municipality sees all evidence of its own files; the prefecture what was filed, while it lies with them."""
    own = Q(report__application__in=applications.own(scope))
    filed = Q(
        report__application__in=applications.received(scope),
        report__application__reported_at__isnull=False,
        filed_at__isnull=False,
    )
    return ResultFile.objects.filter(own | filed).select_related("file", "report")


def lies_with_prefecture(application: Application) -> bool:
    """Whether the result was filed and not returned: only then the prefecture reads it."""
    return application.reported_at is not None


def amounts_of(application: Application, report: ResultReport) -> Amounts:
    """The arithmetic of the stored 決算: the grant is at most what was decided. Uses the prefetched lines."""
    return amounts(
        application,
        expenses=[line.row for line in report.expenses.all()],
        incomes=[line.row for line in report.incomes.all()],
        outlay_yen=report.outlay_yen,
    )


def amounts(
    application: Application,
    *,
    expenses: list[calculations.ExpenseRow],
    incomes: list[calculations.IncomeRow],
    outlay_yen: int | None,
) -> Amounts:
    """The arithmetic of a 決算; the rules on expenses must have been applied."""
    terms = Terms(share=application.menu.share, cap_left_yen=application.decided_yen or 0)
    return calculations.compute(
        expenses=expenses,
        incomes=incomes,
        share_yen=None,
        outlay_yen=outlay_yen if application.is_indirect else None,
        terms=terms,
    )


def due_on(application: Application, completed_on: date | None = None) -> date | None:
    """Until when the result is due, by the menu's days; by the planned end while nobody entered the true one."""
    done = completed_on or application.ends_on
    if done is None:
        return None
    menu = application.menu
    return sums.due_on(completed_on=done, days=menu.result_days, april_day=menu.result_april_day)


def amount_to_settle(application: Application, inspection: Inspection) -> int:
    """What an inspection settles: min(decided, the share of the accepted base in thousands, what was claimed), in yen."""
    claimed = ResultReport.objects.values_list("claimed_yen", flat=True).get(application=application)
    most = sums.settled(
        decided_yen=application.decided_yen or 0, base_yen=inspection.base_yen, share=application.menu.share
    )
    return min(most, claimed or 0)


def settlement_of(application: Application) -> Settlement | None:
    """The 額の確定 that counts: drafted and open, or signed. One query."""
    states = (ApprovalState.DRAFTED, ApprovalState.SIGNED)
    rows = Settlement.objects.filter(application=application, approval__state__in=states)
    return rows.select_related(
        "approval__menu__programme__authority", "approval__drafted_by", "inspection"
    ).last()


def invoice_of(application: Application) -> Invoice | None:
    """The municipality's invoice. One query."""
    return Invoice.objects.filter(application=application).select_related("filed_by").first()


def inspection_of(application: Application) -> Inspection | None:
    """The newest inspection. One query."""
    rows = Inspection.objects.filter(application=application).select_related("inspected_by")
    return rows.order_by("number").last()


def kept_from(application: Application) -> date | None:
    """From when the retention of a closed file counts: 1 April after its end."""
    if application.closed_at is None:
        return None
    return FiscalYear.of(application.closed_at.astimezone(clock.JST).date()).next.start


def kept(application: Application) -> tuple[date, date | None] | None:
    """From when the retention of a closed file counts, and until when it is kept, if longer. One query for a closed one."""
    starts_on = kept_from(application)
    if starts_on is None:
        return None
    longer = TermExtension.objects.filter(application=application).aggregate(last=Max("until_on"))
    return starts_on, longer["last"]
