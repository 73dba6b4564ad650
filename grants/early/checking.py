"""What must be known of a 事前着手届 before its file is decided."""

from portal.kernel.refusals import Refusal

from ..models import Application
from . import queries
from .enums import EarlyState


def check_answered(application: Application) -> None:
    """Raises Refusal while a 事前着手届 waits: what counts must be known before the grant is decided. At most one query."""
    row = queries.early_of(application)
    if row is not None and row.state == EarlyState.FILED:
        raise Refusal(
            "事前着手届に、まだ答えていません。受理するかを決めてから、起案してください。", code="early"
        )
