"""From the report of a meeting to the record of activity of its community: written once, linked both ways.

record_event(by=organiser, event=e, title=e.title, held_on=day, people_count=42, visits_count=42, summary="…")
"""

from datetime import date
from typing import Any

from django.db import transaction

from portal.kernel import audit, permissions
from portal.kernel.actors import Actor
from portal.kernel.refusals import Refusal

from ..models import Activity, Event, EventReport
from ..saving import change, locked
from .activities import log_activity
from .photos import NewPhoto


@transaction.atomic
def record_event(
    *, by: Actor, event: Event, title: str, held_on: date, summary: str, photo: NewPhoto | None = None, **more: Any
) -> Activity:  # fmt: skip
    """Record the meeting as an activity of the community that held it. Again, or two at once: the same record.

    Raises Refusal: not reported yet, held by no community; and as `log_activity`.
    """
    locked(event)
    community = event.host_community
    if community is None:
        raise Refusal("コミュニティが開いた催しだけを、活動記録にできます。", code="no_community")
    permissions.require(by, "communities.log_activity", community)
    report = EventReport.objects.select_related("activity__community").filter(event=event).first()
    if report is None:
        raise Refusal("先に、催しの報告を書いてください。", code="no_report")
    if report.activity is not None:
        return report.activity
    record = log_activity(
        by=by, community=community, title=title, held_on=held_on, summary=summary, photo=photo, event=event, **more
    )  # fmt: skip
    change(report, {"activity": record})
    audit.record("communities.event.recorded", by=by, target=event, data={"activity": record.pk})
    return record
