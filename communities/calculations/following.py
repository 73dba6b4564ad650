"""When a saved search speaks: daily or on Fridays, never in the hours a person wants to be left alone. Pure."""

from datetime import datetime, time, timedelta

from portal.kernel.clock import JST

from ..enums.following import Frequency

FRIDAY = 4
MORNING = 8


def is_quiet(hour: int, quiet_from: int, quiet_until: int) -> bool:
    """Whether `hour` (0–23, Japan) lies in the quiet hours; equal ends mean that there are none."""
    if quiet_from <= quiet_until:
        return quiet_from <= hour < quiet_until
    return hour >= quiet_from or hour < quiet_until


def end_of_quiet(now: datetime, quiet_from: int, quiet_until: int) -> datetime:
    """`now` when it is not quiet, else the end of the quiet hours. Aware instants."""
    here = now.astimezone(JST)
    if not is_quiet(here.hour, quiet_from, quiet_until):
        return now
    ends = datetime.combine(here.date(), time(quiet_until), tzinfo=JST)
    return ends if ends > here else ends + timedelta(days=1)


def next_time(now: datetime, frequency: str, quiet_from: int, quiet_until: int) -> datetime:
    """The next time after `now` to look for news: at 8 in the morning, or as soon after as it is not quiet.

    Weekly means Friday. For a search that is off, a day later (nobody asks).
    """
    day = now.astimezone(JST).date()
    while True:
        morning = datetime.combine(day, time(MORNING), tzinfo=JST)
        at = end_of_quiet(morning, quiet_from, quiet_until)
        if at > now and (frequency != Frequency.WEEKLY or day.weekday() == FRIDAY):
            return at
        day += timedelta(days=1)
