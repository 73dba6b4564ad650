"""What menu ④ ends by itself when its time has come."""

from django.db import transaction

from portal.kernel import clock
from portal.kernel.actors import JobActor
from portal.kernel.refusals import Refusal

from ..models import CommissionCall, Proposal
from .actions.calls import close_call
from .actions.results import lapse_reserve
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


def lapse_reserves() -> tuple[str, int]:
    """End the clocks of 次点 that have run out; one that answered meanwhile is left alone."""
    due = Proposal.objects.filter(reserve_until__lte=clock.now())
    count = 0
    for proposal in due.select_related("call").order_by("reserve_until", "id")[:200]:
        try:
            with transaction.atomic():
                lapse_reserve(by=BY, proposal=proposal)
            count += 1
        except Refusal:
            continue
    return "返事の期限が過ぎた次点", count
