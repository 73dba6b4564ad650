"""When a running project says how it stands (状況報告 of ③, 中間報告 of ④). Pure; JST dates.

The days, the terms and what happens on a closed day are data of the menu: no law names them (domain.md 3.2, step 8).
"""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from portal.kernel.fiscal import Deadline, Shift


def month_days(days: Iterable[str]) -> str:
    """「9月30日、12月31日」."""
    return "、".join(f"{int(day[:2])}月{int(day[3:])}日" for day in sorted(days))


def asked_days(month_days: Iterable[str], first: date, last: date) -> Iterator[date]:
    """The days as of which a report is asked for between two days (both included), in order; 「09-30」 comes every year."""
    for year in range(first.year, last.year + 1):
        for month_day in sorted(month_days):
            asked_on = date.fromisoformat(f"{year}-{month_day}")
            if first <= asked_on <= last:
                yield asked_on


def status_due(asked_on: date, within_days: int, shift: str) -> date:
    """Until when the 状況報告 as of a day is in: so many days after it, moved by the menu's rule."""
    return Deadline(asked_on + timedelta(days=within_days), shift=Shift(shift)).effective


def interim_due(starts_on: date, ends_on: date, percent: int, shift: str) -> date:
    """Until when the 中間報告 is in: after so much of the contract's time, moved by the menu's rule, never after its end."""
    reached = starts_on + timedelta(days=(ends_on - starts_on).days * percent // 100)
    return min(Deadline(reached, shift=Shift(shift)).effective, ends_on)
