"""What the two sides tell each other about a 事前着手届 by mail."""

from ..mails import to_holder, to_town
from ..models import EarlyStart


def filed(row: EarlyStart) -> None:
    """The officer who holds the file, when there is one; the office has it on its desk anyway."""
    to_holder("early_filed", row.application, f"early:{row.pk}:{row.number}", early=row)


def answered(row: EarlyStart) -> None:
    """The municipality: accepted from when, or refused and why."""
    name = "early_accepted" if row.is_accepted else "early_refused"
    to_town(name, row.application, f"early_answered:{row.pk}:{row.number}", early=row)
