"""When a meeting moves: postponed with a reason, published again with a new date, its registrants told once each time.

postpone_event(by=organiser, event=e, note="講師の体調不良", starts_at=None, ends_at=None)
resume_event(by=organiser, event=e, starts_at=dt, ends_at=dt)
"""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction

from portal.kernel import clock
from portal.kernel.actors import Actor
from portal.kernel.refusals import Refusal

from .. import indexing, workflow
from ..enums.events import NoticeKind
from ..kept import refuse_kept
from ..models import Event
from ..moving import check_times, note_change, tell
from ..saving import locked


@transaction.atomic
def postpone_event(
    *, by: Actor, event: Event, note: str, starts_at: datetime | None = None, ends_at: datetime | None = None
) -> Event:
    """Put it off with a reason, to a new date when it is known. Seats stay; everybody who registered is told once.

    Raises Refusal when it has begun, ValidationError for the new times, PermissionDenied.
    """
    locked(event)
    refuse_kept(event, by)
    if event.has_begun(clock.now()):
        raise Refusal("催しが始まったあとは、延期にできません。", code="begun")
    if starts_at or ends_at:
        check_times(starts_at, ends_at)
    workflow.EVENT.apply(event, "postpone", by=by, note=note)
    notice = note_change(
        event, NoticeKind.POSTPONED, old=event.starts_at, starts_at=starts_at, ends_at=ends_at, reason=note
    )
    indexing.put_event(event)
    tell(notice, by)
    return event


@transaction.atomic
def resume_event(
    *,
    by: Actor,
    event: Event,
    starts_at: datetime,
    ends_at: datetime,
    entries_close_at: datetime | None = None,
) -> Event:
    """Publish a postponed meeting again with its new date. Those who were not told this date yet are told it once.

    Raises Refusal when it is not postponed, ValidationError for the times, PermissionDenied.
    """
    check_times(starts_at, ends_at)
    if entries_close_at and entries_close_at > ends_at:
        raise ValidationError({"entries_close_at": "申込みの締切は、終わりより前にしてください。"})
    locked(event)
    refuse_kept(event, by)
    old, shown_until = event.starts_at, event.listed_until
    workflow.EVENT.apply(
        event, "resume", by=by, starts_at=starts_at, ends_at=ends_at, entries_close_at=entries_close_at,
        listed_until=shown_until if shown_until and shown_until >= ends_at else None,
    )  # fmt: skip
    last = event.notices.order_by("-number").first()
    notice = note_change(event, NoticeKind.RESUMED, old=old, starts_at=starts_at, ends_at=ends_at)
    indexing.put_event(event)
    if last is None or (last.new_starts_at, last.new_ends_at) != (starts_at, ends_at):
        tell(notice, by)
    return event
