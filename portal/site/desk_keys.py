"""How a to-do is known again tomorrow, and how long it can be put off."""

import hashlib
from datetime import date, timedelta

from portal.kernel import clock
from portal.kernel.ports import DeskItem

LONGEST = timedelta(days=60)
WHEN_LATE = timedelta(days=7)


def digest(item: DeskItem) -> str:
    """24 characters that stand for the to-do in addresses and rows: of its key, else of its address and title."""
    return hashlib.sha256((item.key or f"{item.url}|{item.title}").encode()).hexdigest()[:24]


def latest_day(item: DeskItem) -> date:
    """The last day until which a to-do may be put off: its deadline; a week when that has passed; 60 days without one."""
    today = clock.today_jst()
    if item.due_on is None:
        return today + LONGEST
    return item.due_on if item.due_on > today else today + WHEN_LATE
