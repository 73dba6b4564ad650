"""The days of a series: every n weeks, the nth or the last weekday of each month, with days left out. Pure, JST days.

RFC 5545 says the same as RRULE and EXDATE; every meeting of a series is an event of its own here.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta

from portal.kernel.fiscal import is_holiday

from ..enums.events import SERIES_AT_MOST, SERIES_DAYS, SERIES_WEEKS, SeriesKind

DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


@dataclass(frozen=True, slots=True)
class Recurrence:
    """How it comes back after `first`, up to `count` meetings in all, none after `until`.

    `every`: weeks between two of them (weekly only). `without`: days left out; they do not count.
    """

    kind: str
    first: date
    count: int = SERIES_AT_MOST
    until: date | None = None
    every: int = 1
    skips_holidays: bool = False
    without: frozenset[date] = field(default_factory=frozenset)

    def days(self) -> list[date]:
        """The days in order, `first` always among them. Raises ValueError when the rule does not fit the first day."""
        if not 1 <= self.every <= SERIES_WEEKS:
            raise ValueError(f"間隔は、1週から{SERIES_WEEKS}週までにしてください。")
        if not 1 <= self.count <= SERIES_AT_MOST:
            raise ValueError(f"回数は、{SERIES_AT_MOST}回までにしてください。")
        if self.kind == SeriesKind.MONTHLY_LAST and not _is_last(self.first):
            raise ValueError(
                "最初の日が、その月の最後の週ではありません。「毎月 同じ週の同じ曜日」を選んでください。"
            )
        found = [self.first]
        for day in self._after_first():
            if len(found) >= self.count or self._is_past(day):
                break
            if day not in self.without and not (self.skips_holidays and is_holiday(day)):
                found.append(day)
        return found

    @property
    def rrule(self) -> str:
        """The rule as RFC 5545 writes it. Days left out stand in EXDATE, holidays skipped too."""
        day = DAYS[self.first.weekday()]
        if self.kind == SeriesKind.WEEKLY:
            return f"FREQ=WEEKLY;INTERVAL={self.every};BYDAY={day}"
        nth = -1 if self.kind == SeriesKind.MONTHLY_LAST else nth_of(self.first)
        return f"FREQ=MONTHLY;BYDAY={nth}{day}"

    def _is_past(self, day: date) -> bool:
        limit = self.first + timedelta(days=SERIES_DAYS)
        return day > (min(self.until, limit) if self.until else limit)

    def _after_first(self) -> Iterator[date]:
        if self.kind == SeriesKind.WEEKLY:
            day = self.first
            while True:
                day += timedelta(weeks=self.every)
                yield day
        first_of_month = self.first.replace(day=1)
        while True:
            first_of_month = (first_of_month + timedelta(days=31)).replace(day=1)
            day_or_none = self._in_month(first_of_month)
            if day_or_none:
                yield day_or_none

    def _in_month(self, first_of_month: date) -> date | None:
        """The day of this rule in a month; None where it has no fifth such weekday."""
        ahead = (self.first.weekday() - first_of_month.weekday()) % 7
        day = first_of_month + timedelta(days=ahead)
        weeks = 4 if self.kind == SeriesKind.MONTHLY_LAST else nth_of(self.first) - 1
        day += timedelta(weeks=weeks)
        if day.month == first_of_month.month:
            return day
        return day - timedelta(weeks=1) if self.kind == SeriesKind.MONTHLY_LAST else None


def nth_of(day: date) -> int:
    """Which of its weekdays in the month it is: 1 to 5."""
    return (day.day - 1) // 7 + 1


def _is_last(day: date) -> bool:
    return (day + timedelta(weeks=1)).month != day.month
