"""The one source of the current time. Nothing else may call timezone.now(), auto_now or SQL now() for business times.

Instants are aware datetimes in UTC; business days are dates in Japan (JST). Under test settings a file named by
`settings.CLOCK_FILE` overrides the time of every process that reads it.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import timezone

JST = ZoneInfo("Asia/Tokyo")
_override: ContextVar[datetime | None] = ContextVar("clock_override", default=None)


def now() -> datetime:
    """The current instant, aware, in UTC."""
    return _override.get() or _from_file() or timezone.now()


def today_jst() -> date:
    """Today's date in Japan."""
    return now().astimezone(JST).date()


def at_jst(day: date, at: time = time(0, 0)) -> datetime:
    """The instant of `day` at `at` o'clock in Japan."""
    return datetime.combine(day, at, tzinfo=JST)


@contextmanager
def at(moment: datetime | date) -> Iterator[None]:
    """Let the clock stand at `moment` inside the block; a bare date means noon in Japan."""
    instant = moment if isinstance(moment, datetime) else at_jst(moment, time(12, 0))
    token = _override.set(instant.astimezone(UTC))
    try:
        yield
    finally:
        _override.reset(token)


def _from_file() -> datetime | None:
    path = settings.CLOCK_FILE
    if not path:
        return None
    try:
        return datetime.fromisoformat(path.read_text().strip()).astimezone(UTC)
    except (FileNotFoundError, ValueError):
        return None
