"""活動記録: log what was done, put it right, take it back.

log_activity(by=organiser, community=c, title="朝市", held_on=date(2026, 11, 1), people_count=40, visits_count=55, summary="…")
"""

from datetime import date
from typing import Any

from django.db import transaction

from portal.kernel import audit, clock, permissions
from portal.kernel.actors import Actor
from portal.kernel.refusals import Refusal

from .. import workflow
from ..enums import ActivityState
from ..models import Activity, Community, Event, Initiative
from ..saving import change, insert, locked
from .photos import NewPhoto, add_photo

EDITABLE = (
    "title",
    "held_on",
    "place",
    "people_count",
    "visits_count",
    "summary",
    "outcome",
    "event",
    "initiative",
)


@transaction.atomic
def log_activity(
    *,
    by: Actor,
    community: Community,
    title: str,
    held_on: date,
    summary: str,
    photo: NewPhoto | None = None,
    **more: Any,
) -> Activity:
    """Record one day of activity of a community that is out; it is public at once. `more`: other EDITABLE fields.

    Raises Refusal for a day to come, for an event or initiative of others; ValidationError for 延べ below 実人数.
    """
    community.refresh_from_db(fields=["state"])
    permissions.require(by, "communities.log_activity", community)
    _fits(community, {"held_on": held_on, **more})
    row = insert(Activity(community=community, title=title, held_on=held_on, summary=summary, **more))
    audit.record("communities.activity.logged", by=by, target=row, data={"community": community.pk})
    if photo:
        add_photo(by=by, owner=row, photo=photo)
    return row


@transaction.atomic
def edit_activity(*, by: Actor, activity: Activity, **fields: Any) -> Activity:
    """Put a record right. Raises as `log_activity`."""
    locked(activity)
    permissions.require(by, "communities.log_activity", activity)
    if activity.state != ActivityState.PUBLISHED:
        raise Refusal("取り下げた記録は、公開にもどしてから直してください。", code="moved")
    _fits(activity.community, fields)
    changed = change(activity, fields)
    if changed:
        audit.record("communities.activity.edited", by=by, target=activity, data={"fields": changed})
    return activity


@transaction.atomic
def move_activity(*, by: Actor, activity: Activity, step: str, note: str = "") -> Activity:
    """Withdraw a record (with a note: the yearly totals change) or restore it."""
    return workflow.ACTIVITY.apply(activity, step, by=by, note=note)


def _fits(community: Community, fields: dict[str, Any]) -> None:
    if unknown := set(fields) - set(EDITABLE):
        raise TypeError(f"not fields of an activity: {sorted(unknown)}")
    if (day := fields.get("held_on")) and day > clock.today_jst():
        raise Refusal("日付は、今日までにしてください。", field="held_on", code="date")
    event: Event | None = fields.get("event")
    if event is not None and event.host_community_id != community.pk:
        raise Refusal("このコミュニティの催しではありません。", field="event", code="other")
    initiative: Initiative | None = fields.get("initiative")
    if initiative is not None and initiative.community_id != community.pk:
        raise Refusal("このコミュニティの取組ではありません。", field="initiative", code="other")
