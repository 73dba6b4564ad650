"""What the two sides tell each other about a carry-over by mail."""

from ..mails import to_applicant, to_holder
from ..models import CarryOver


def requested(row: CarryOver) -> None:
    """The officer who holds the file: a carry-over is asked for."""
    to_holder("carry_over_requested", row.application, f"carry:{row.pk}", carry=row)


def granted(row: CarryOver) -> None:
    """The municipality: it may go on into the next year."""
    to_applicant("carry_over_granted", row.application, f"carry_granted:{row.pk}", carry=row)


def declined(row: CarryOver, note: str) -> None:
    """The municipality: it may not, and why."""
    to_applicant("carry_over_declined", row.application, f"carry_declined:{row.pk}", carry=row, note=note)


def taken_back(row: CarryOver) -> None:
    """The officer who holds the file: the municipality does not ask for it any more."""
    to_holder("carry_over_taken_back", row.application, f"carry_back:{row.pk}", carry=row)
