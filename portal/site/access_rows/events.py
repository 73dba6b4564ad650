"""Rows of running events: a new date, pitches, the time after it."""

from ..access import Row
from .common import ORGANISER, OWN_STAFF, open_to_all, refused

RUNNING = tuple(
    refused(f"communities:{name}", note, "event", ORGANISER | OWN_STAFF)
    for name, note in (
        ("event_postpone", "催しを延期する"),
        ("event_resume", "新しい日を決める"),
        ("event_repeat", "シリーズにする"),
    )
)
EVENTS: tuple[Row, ...] = (
    *RUNNING,
    open_to_all("communities:event_archive", "これまでのイベント"),
    open_to_all("communities:ward_calendar", "区のカレンダー", "ward"),
)
