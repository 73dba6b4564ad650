"""What menu ④ ends by itself when its time has come."""

from django.db import transaction

from portal.kernel import clock
from portal.kernel.actors import JobActor
from portal.kernel.refusals import Refusal

from ..models import CommissionCall
from .actions.calls import close_call
from .enums import CallState

BY = JobActor("grants.commission")


def close_calls() -> tuple[str, int]:
    """Close the calls whose deadline has passed; one that an officer closed meanwhile is left alone."""
    due = CommissionCall.objects.filter(state=CallState.PUBLISHED, closes_at__lte=clock.now())
    count = 0
    for call in due.order_by("closes_at", "id")[:200]:
        try:
            with transaction.atomic():
                close_call(by=BY, call=call)
            count += 1
        except Refusal:
            continue
    return "締め切った公募", count
