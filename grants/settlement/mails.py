"""What the two sides of a decided file tell each other by mail."""

from ..mails import at_now, to_applicant, to_holder
from ..models import (
    Application,
    Approval,
    ChangeDecision,
    ChangeRequest,
    Invoice,
    ResultReport,
    Settlement,
    StatusReport,
)


def reported(application: Application, report: ResultReport) -> None:
    """The officer who holds the file: the result is there."""
    to_holder(
        "settlement/result_reported", application, f"reported:{report.pk}:{report.version}", report=report
    )


def returned(application: Application, report: ResultReport, note: str) -> None:
    """The municipality: please correct the result."""
    key = f"result_returned:{report.pk}:{at_now()}"
    to_applicant("settlement/result_returned", application, key, report=report, note=note)


def settled(application: Application, settlement: Settlement) -> None:
    """The municipality: the amount is settled; the letter is on the file's page."""
    to_applicant("settlement/settled", application, f"settled:{settlement.pk}", settlement=settlement)


def settlement_sent_back(application: Application, approval: Approval, note: str) -> None:
    """The officer who holds the file: the draft was sent back, and why."""
    to_holder("settlement/sent_back", application, f"sent_back:{approval.pk}", approval=approval, note=note)


def invoiced(application: Application, invoice: Invoice) -> None:
    """The officer who holds the file: an invoice is there."""
    to_holder("settlement/invoiced", application, f"invoiced:{invoice.pk}", invoice=invoice)


def change_requested(application: Application, change: ChangeRequest) -> None:
    """The officer who holds the file: a change is asked for."""
    to_holder("settlement/change_requested", application, f"change:{change.pk}:{at_now()}", change=change)


def change_answered(application: Application, decision: ChangeDecision) -> None:
    """The municipality: how its change was answered; the letter is on its page."""
    name = "change_approved" if decision.is_approval else "change_refused"
    to_applicant(f"settlement/{name}", application, f"change_answered:{decision.pk}", decision=decision)


def status_reported(application: Application, report: StatusReport) -> None:
    """The officer who holds the file: how the project stands."""
    to_holder("settlement/status_reported", application, f"status:{report.pk}", report=report)


def change_taken_back(application: Application, change: ChangeRequest) -> None:
    """The officer who holds the file: the municipality took its change back."""
    to_holder(
        "settlement/change_taken_back", application, f"change_back:{change.pk}:{at_now()}", change=change
    )
