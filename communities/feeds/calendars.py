"""Events as entries of a calendar, and the secret address of a person's own."""

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from portal.kernel import ics, tokens
from portal.kernel.addresses import whole
from portal.kernel.money import yen

from .. import queries
from ..enums import EventState
from ..models import Event, PersonalCalendar

PURPOSE = "calendar"
STATUS = {EventState.CANCELLED: ics.Status.CANCELLED, EventState.POSTPONED: ics.Status.TENTATIVE}
MARKS = {EventState.CANCELLED: "【中止】", EventState.POSTPONED: "【延期】"}


def body(
    events: Iterable[Event], *, name: str, about: str = "", notes: Mapping[UUID, str] | None = None
) -> bytes:
    """The calendar of these events, loaded with their hosts. One query. `notes`: a line of one's own per event."""
    rows = list(events)
    changes = queries.changes_of(rows)
    entries = [entry(event, changes.get(str(event.pk)), (notes or {}).get(event.pk, "")) for event in rows]
    return ics.calendar(entries, name=name, about=about)


def entry(event: Event, change: Any, note: str = "") -> ics.Entry:
    """One event. Without a trace in the log it counts as never changed."""
    count, last = change or (1, event.published_at or event.created_at)
    state = EventState(event.state)
    return ics.Entry(
        uid=str(event.pk),
        sequence=max(0, count - 1),
        changed_at=last,
        starts_at=event.starts_at,
        ends_at=event.ends_at,
        title=MARKS.get(state, "") + event.title,
        place=" ".join(part for part in (event.venue, event.address) if part),
        text="\n".join(_lines(event, note)),
        url=whole(event.get_absolute_url()),
        status=STATUS.get(state, ics.Status.CONFIRMED),
    )


def _lines(event: Event, note: str) -> Iterable[str]:
    if note:
        yield f"あなたの申込み: {note}"
    if event.summary:
        yield event.summary
    yield f"主催: {event.host}"
    yield f"参加費: {yen(event.fee_yen)}(当日)" if event.fee_yen else "参加費: 無料"
    if event.audience:
        yield f"対象: {event.audience}"
    if event.contact:
        yield f"問い合わせ: {event.contact}"
    yield whole(event.get_absolute_url())


def secret_url(calendar: PersonalCalendar) -> str:
    """The whole secret address. Rebuilt whenever it is needed, never stored."""
    token = tokens.make(PURPOSE, calendar.pk, calendar.token_version)
    return whole("communities:personal_calendar", token)
