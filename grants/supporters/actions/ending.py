"""The students of a file that comes to its end: who has not begun is called off and told, who has keeps what was done."""

from typing import Any

from portal.kernel.actors import Actor, JobActor

from ...models import Placement, SupportRequest
from .. import mails
from ..enums import DayState, PlacementState, RequestState
from ..files import kind_of
from ..workflow import PLACEMENT_DAY, SUPPORT_REQUEST
from .placing import end_placement

BY = JobActor("grants.file_ended")
WORKED = (DayState.RECORDED, DayState.CONFIRMED)
COMING = (PlacementState.PROPOSED, PlacementState.ACCEPTED)


def end_support(*, by: Actor, file: Any, reason: str) -> None:
    """End what is asked for at a file, in the transaction of the action that ended it, the file locked; again: nothing.

    Open requests are closed, and who was asked or would come is called off; the student, the office and, after the
    student's yes, the municipality are told the `reason`. Of who has worked already only the days to come are dropped: the
    report and the certificate of the others follow. `by` ended the file; in 履歴 the students' part is the portal's own.
    """
    for request in SupportRequest.objects.filter(**{kind_of(file): file}).order_by("created_at", "id"):
        if request.state == RequestState.OPEN:
            SUPPORT_REQUEST.apply(request, "close", by=BY)
        rows = Placement.objects.filter(request=request, state__in=COMING)
        for placement in rows.select_related("supporter__user", "request").order_by("created_at", "id"):
            if placement.days.filter(state__in=WORKED).exists():
                _drop_coming(placement, by)
            else:
                end_placement(placement, by=BY, note=reason)


def _drop_coming(placement: Placement, by: Actor) -> None:
    for day in placement.days.filter(state=DayState.KEPT).select_related("placement__supporter"):
        if not day.has_come:
            PLACEMENT_DAY.apply(day, "drop", by=BY)
            mails.day_dropped(day, by=by)
