"""What the two sides tell each other about an advance by mail."""

from ..mails import to_applicant, to_holder
from ..models import Advance


def requested(advance: Advance) -> None:
    """The officer who holds the file: an advance is asked for."""
    to_holder("advance_requested", advance.application, f"advance:{advance.pk}", advance=advance)


def granted(advance: Advance) -> None:
    """The municipality: it will be paid."""
    to_applicant("advance_granted", advance.application, f"advance_granted:{advance.pk}", advance=advance)


def declined(advance: Advance, note: str) -> None:
    """The municipality: it will not be paid, and why."""
    key = f"advance_declined:{advance.pk}"
    to_applicant("advance_declined", advance.application, key, advance=advance, note=note)


def taken_back(advance: Advance) -> None:
    """The officer who holds the file: the municipality does not ask for it any more."""
    to_holder("advance_taken_back", advance.application, f"advance_back:{advance.pk}", advance=advance)
