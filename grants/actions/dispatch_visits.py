"""The visits of a dispatch."""

from portal.kernel.actors import Actor

from ..dispatch.enums import VisitState
from ..dispatch.workflow import VISIT
from ..models import Dispatch


def drop_visits(dispatch: Dispatch, *, by: Actor) -> int:
    """Free the times kept for a dispatch that does not come about. Within the caller's transaction and right."""
    dropped = 0
    for visit in dispatch.visits.filter(state__in=[VisitState.TENTATIVE, VisitState.DATED]):
        VISIT.apply(visit, "drop", by=by)
        dropped += 1
    return dropped
