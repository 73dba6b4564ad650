"""Which reminder a day calls for, before a deadline and after it. Pure; no database."""

from collections.abc import Iterable
from datetime import date, timedelta


def stage(
    due_on: date, today: date, since: date, days: Iterable[int], late: Iterable[int] = ()
) -> int | None:
    """Of the `days` before a deadline and the days `late` after it (told as numbers below 0) the one that counts today.

    None: nothing to say. Only the nearest counts, so a sweep that was late tells once, not twice. A stage that had begun
    when the deadline was set (`since`) says nothing: who set it has just told everybody.
    """
    if today > due_on:
        return max(
            (-number for number in late if today >= due_on + timedelta(days=number)), default=None, key=abs
        )
    reached = [number for number in days if today >= due_on - timedelta(days=number)]
    if not reached:
        return None
    nearest = min(reached)
    return nearest if since < due_on - timedelta(days=nearest) else None
