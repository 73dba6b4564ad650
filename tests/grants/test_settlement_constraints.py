"""Every constraint of the result, its inspection, 額の確定 and invoice: one row that the database refuses."""

from datetime import timedelta

from grants.models import Inspection, Invoice, ResultReport, Settlement
from tests.factories.deciding import decided
from tests.factories.grants import Town
from tests.factories.settlement import DONE, inspected, ordered, reported, settled, settling_case
from tests.support.world import ClockFile

from .test_constraints import change, copy, refuses


def test_results(town: Town, clock: ClockFile) -> None:
    case = decided(town)
    clock.set(DONE)
    refuses("application_reported_iff_filed", change(case, reported_at=case.decided_at))
    refuses("application_inspected_iff_passed", change(case, inspected_at=case.decided_at))
    refuses("application_settled_within_decided", change(case, settled_yen=1, settled_at=case.decided_at))
    refuses("application_closed_iff_stamped", change(case, closed_at=case.decided_at))
    refuses("application_revoked_iff_stamped", change(case, revoked_at=case.decided_at))
    refuses("menu_result_terms_in_range", change(case.menu, result_april_day=31))
    refuses("menu_asked_terms_in_range", change(case.menu, status_within_days=61))
    reported(town, case)
    refuses("application_reported_iff_filed", change(case, reported_at=None))
    report: ResultReport = case.result
    refuses("resultreport_filed_complete", change(report, content=""))
    refuses("resultreport_filed_complete", change(report, version=0))
    refuses("resultreport_claims_within_computed", change(report, claimed_yen=report.computed_yen + 1))
    line, income, file = report.expenses.first(), report.incomes.get(), report.files.get()
    refuses("resultexpense_position_once", copy(line))
    refuses("resultexpense_in_range", change(line, ineligible_yen=line.actual_yen + 1))
    refuses("resultincome_position_once", copy(income))
    refuses("resultincome_in_range", change(income, actual_yen=10**12))
    refuses("resultfile_removed_after_added", change(file, removed_at=file.created_at - timedelta(seconds=1)))


def test_settlements(town: Town, clock: ClockFile) -> None:
    case = decided(town)
    clock.set(DONE)
    settling_case(town, inspected(town, reported(town, case)))
    inspection: Inspection = case.inspections.get()
    refuses("application_inspected_iff_passed", change(case, inspected_at=None))
    refuses("inspection_once_a_report", copy(inspection))
    refuses("inspection_disallowed_says_why", change(inspection, disallowed_yen=1))
    refuses("inspection_disallowed_says_why", change(inspection, disallowed_reason="理由"))
    row: Settlement = case.settlements.get()
    refuses("settlement_within_decided", change(row, amount_yen=row.decided_yen + 1))


def test_invoices(town: Town, clock: ClockFile) -> None:
    case = decided(town)
    clock.set(DONE)
    settled(town, inspected(town, reported(town, case)))
    refuses("application_settled_within_decided", change(case, settled_yen=case.decided_yen + 1))
    refuses("application_settled_within_decided", change(case, settled_yen=None))
    ordered(town, case)
    invoice: Invoice = case.invoices.get()
    refuses("invoice_one_a_file", copy(invoice))
    refuses("invoice_in_range", change(invoice, amount_yen=0))
