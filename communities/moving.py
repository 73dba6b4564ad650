"""What a change of an event's date needs: times that hold, the next occasion of its notices, the job that tells it."""

from datetime import datetime, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Max

from portal.kernel import clock, jobs
from portal.kernel.actors import Actor
from portal.kernel.refusals import Refusal

from .enums import PUBLIC_EVENT
from .enums.events import POSTPONED_AT_MOST_DAYS, NoticeKind
from .models import Event, EventNotice, EventSeats
from .models.events import LONGEST
from .saving import insert

TIMES = ("starts_at", "ends_at")
BEGUN = "催しが始まったため、日時はもう変えられません。"


def refuse_moving_after_begin(event: Event, fields: dict[str, Any]) -> None:
    """Times are fixed once it began: the time in which organisers read names is counted from its end (個人情報保護法61条)."""
    moves = any(name in fields and fields[name] != getattr(event, name) for name in TIMES)
    if moves and event.state in PUBLIC_EVENT and event.has_begun(clock.now()):
        raise Refusal(BEGUN, field="starts_at", code="begun")


def tell_of_edit(by: Actor, event: Event, changed: list[str], old: datetime) -> None:
    """After an edit: whoever registered hears of another time, or of another way in online, once for each."""
    if event.state not in PUBLIC_EVENT or not event.seats.last_position:
        return
    if set(changed) & set(TIMES):
        kind = NoticeKind.MOVED
    elif set(changed) & {"online_url", "online_note"}:
        kind = NoticeKind.ONLINE
    else:
        return
    tell(note_change(event, kind, old=old, starts_at=event.starts_at, ends_at=event.ends_at), by)


def note_change(
    event: Event, kind: str, *, old: datetime, starts_at: datetime | None = None,
    ends_at: datetime | None = None, reason: str = "",
) -> EventNotice:  # fmt: skip
    """The next occasion of a locked event. Registrations under way end before it, or see it."""
    EventSeats.objects.select_for_update(no_key=True, of=("self",)).get(event=event)
    last = event.notices.aggregate(last=Max("number"))["last"] or 0
    return insert(EventNotice(
        event=event, number=last + 1, kind=kind, old_starts_at=old, new_starts_at=starts_at, new_ends_at=ends_at,
        reason=reason,
    ))  # fmt: skip


def check_times(starts_at: datetime | None, ends_at: datetime | None) -> None:
    """A new date is whole, ahead, within a year. Raises ValidationError at its field."""
    if starts_at is None or ends_at is None:
        missing = "starts_at" if starts_at is None else "ends_at"
        raise ValidationError({missing: "新しい日時は、始まりと終わりの両方を入力してください。"})
    now = clock.now()
    if starts_at <= now:
        raise ValidationError({"starts_at": "新しい日時は、これから来る日時にしてください。"})
    if starts_at > now + timedelta(days=POSTPONED_AT_MOST_DAYS):
        raise ValidationError(
            {
                "starts_at": "延期は、1年以内の日にしてください。それより先は、中止にして新しい催しを登録してください。"
            }
        )
    if ends_at <= starts_at:
        raise ValidationError({"ends_at": "終わりは、始まりより後にしてください。"})
    if ends_at > starts_at + LONGEST:
        raise ValidationError({"ends_at": "一つの催しは、31日以内です。"})


def tell(notice: EventNotice, by: Actor) -> None:
    """Have everybody who registered told of this occasion."""
    jobs.enqueue("communities.tell_notice", key=f"event-notice:{notice.pk}", obj=notice, by=by)
