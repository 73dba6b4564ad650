"""What the two sides tell each other about a 廃止 by mail."""

from ..mails import to_holder, to_town
from ..models import StopRequest


def requested(row: StopRequest) -> None:
    """The officer who holds the file: the municipality asks to stop."""
    to_holder("stop_requested", row.application, f"stop:{row.pk}", stop=row)


def answered(row: StopRequest) -> None:
    """The municipality: it may stop, or may not and why."""
    name = "stop_declined" if row.refusal else "stop_granted"
    to_town(name, row.application, f"stop_answered:{row.pk}", stop=row)


def taken_back(row: StopRequest) -> None:
    """The officer who holds the file: the municipality goes on."""
    to_holder("stop_taken_back", row.application, f"stop_back:{row.pk}", stop=row)
