"""The sheet of a month: weeks from Sunday, holidays named. Pure; days are JST."""

import calendar
import re
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from portal.kernel.fiscal import holidays

SUNDAY = 6


def month_of(text: str, today: date) -> date:
    """The first day of 「2026-12」; this month for anything else, and for months no page can show."""
    found = re.fullmatch(r"(20\d\d)-(0[1-9]|1[0-2])", text)
    return date(int(found[1]), int(found[2]), 1) if found else today.replace(day=1)


def month_after(first: date, step: int = 1) -> date:
    """The first day of the month `step` months later (earlier when negative)."""
    months = first.year * 12 + first.month - 1 + step
    return date(months // 12, months % 12 + 1, 1)


def sheet(first: date, marks: Mapping[date, Sequence[tuple[str, str, str]]]) -> list[list[dict[str, Any]]]:
    """Weeks of seven days for `month_calendar`, the days of other months marked as out."""
    weeks = calendar.Calendar(firstweekday=SUNDAY).monthdatescalendar(first.year, first.month)
    return [[_day(day, first, marks) for day in week] for week in weeks]


def span(first: date) -> tuple[date, date]:
    """First and last day of the month."""
    return first, month_after(first) - timedelta(days=1)


def _day(day: date, first: date, marks: Mapping[date, Sequence[tuple[str, str, str]]]) -> dict[str, Any]:
    out = day.month != first.month
    holiday = "" if out else holidays(day.year).get(day, "")
    return {
        "date": day,
        "out": out,
        "off": False,
        "holiday": holiday,
        "marks": [] if out else marks.get(day, ()),
    }
