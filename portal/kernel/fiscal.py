"""Dates as offices count them: 年度, business days, deadlines. 和暦 comes from wareki.py and is offered here too.

All dates are JST dates. Sources: 地方自治法208条 (会計年度), 235条の5 (出納整理期間, to 31 May); 国民の祝日に関する法律 through
jpholiday; 行政機関の休日に関する法律 (29 December to 3 January).
Whether a date moves to a business day is a property of each deadline: 地方税法20条の5 and 地方自治法4条の2第4項 move it, a
要綱 or 募集要項 only when its text says so.
"""

from __future__ import annotations

import enum
import functools
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from types import MappingProxyType

import jpholiday

from . import clock
from .wareki import ERAS, Era, era_of, parse_date, seireki, wareki, wareki_year, weekday_ja

__all__ = [
    "ERAS",
    "Arrival",
    "Deadline",
    "Era",
    "FiscalYear",
    "Shift",
    "era_of",
    "fiscal_year",
    "holidays",
    "is_business_day",
    "is_holiday",
    "next_business_day",
    "parse_date",
    "previous_business_day",
    "seireki",
    "wareki",
    "wareki_year",
    "weekday_ja",
]


@dataclass(frozen=True, order=True, slots=True)
class FiscalYear:
    """A 会計年度: 1 April of `year` to 31 March of the next."""

    year: int

    @classmethod
    def of(cls, on: date) -> FiscalYear:
        return cls(fiscal_year(on))

    @property
    def start(self) -> date:
        return date(self.year, 4, 1)

    @property
    def end(self) -> date:
        return date(self.year + 1, 3, 31)

    @property
    def accounts_close_on(self) -> date:
        """31 May: end of 出納整理期間 (地方自治法235条の5)."""
        return date(self.year + 1, 5, 31)

    @property
    def label(self) -> str:
        """「令和8年度」. 2019 is 令和元年度, although it began as 平成31年度."""
        return "令和元年度" if self.year == 2019 else f"{wareki_year(self.start)}度"

    @property
    def code(self) -> str:
        """「R8」, as document numbers write it."""
        era = ERAS[0] if self.year == 2019 else era_of(self.start)
        return f"{era.letter}{self.year - era.year_one + 1}"

    @property
    def next(self) -> FiscalYear:
        return FiscalYear(self.year + 1)

    @property
    def previous(self) -> FiscalYear:
        return FiscalYear(self.year - 1)

    def __contains__(self, on: date) -> bool:
        return self.start <= on <= self.end

    def __str__(self) -> str:
        return self.label


def fiscal_year(on: date) -> int:
    """Return the 年度 of a JST date: 2026 for 2026-04-01 to 2027-03-31."""
    return on.year if on.month >= 4 else on.year - 1


@functools.lru_cache(maxsize=256)
def holidays(year: int) -> Mapping[date, str]:
    """Return the 国民の祝日 and 休日 of a calendar year by name.

    Equinoxes of years to come are computed; the official day is fixed by the 官報 of February of the year before.
    """
    return MappingProxyType(dict(jpholiday.year_holidays(year)))


def is_holiday(on: date) -> bool:
    """Whether the day is a 国民の祝日, 振替休日 or 国民の休日."""
    return on in holidays(on.year)


def is_business_day(on: date) -> bool:
    """Whether offices are open: not Saturday, Sunday, a holiday, or 29 December to 3 January."""
    closed = (on.month, on.day) >= (12, 29) or (on.month, on.day) <= (1, 3)
    return on.weekday() < 5 and not closed and not is_holiday(on)


def next_business_day(on: date) -> date:
    """Return the day itself when offices are open, else the next one that they are."""
    while not is_business_day(on):
        on += timedelta(days=1)
    return on


def previous_business_day(on: date) -> date:
    """Return the day itself when offices are open, else the last one before that they were."""
    while not is_business_day(on):
        on -= timedelta(days=1)
    return on


class Shift(enum.StrEnum):
    """What happens to a date on which offices are closed."""

    AS_IS = "as_is"
    NEXT_BUSINESS_DAY = "next_business_day"
    PREVIOUS_BUSINESS_DAY = "previous_business_day"


class Arrival(enum.StrEnum):
    """What must have happened by then: 必着, 消印有効, 送信完了."""

    ARRIVE = "arrive"
    POSTMARK = "postmark"
    SENT = "sent"


_MOVES: dict[Shift, Callable[[date], date]] = {
    Shift.AS_IS: lambda on: on,
    Shift.NEXT_BUSINESS_DAY: next_business_day,
    Shift.PREVIOUS_BUSINESS_DAY: previous_business_day,
}


@dataclass(frozen=True, slots=True)
class Deadline:
    """A deadline in JST. `on` is the date as written; `time` None means until the day ends.

    Raises ValueError for a time of day together with 消印有効: a postmark names only a day.
    """

    on: date
    time: time | None = None
    shift: Shift = Shift.AS_IS
    arrival: Arrival = Arrival.ARRIVE

    def __post_init__(self) -> None:
        if self.time is not None and self.arrival is Arrival.POSTMARK:
            raise ValueError("消印有効の締切に、時刻は付けられません。")

    @property
    def effective(self) -> date:
        """The day that counts, after the shift."""
        return _MOVES[self.shift](self.on)

    @property
    def closes_at(self) -> datetime:
        """The first instant that is too late (aware, JST). The named minute itself is still in time."""
        if self.time is None:
            return datetime.combine(self.effective + timedelta(days=1), time(), tzinfo=clock.JST)
        named = datetime.combine(self.effective, self.time.replace(second=0, microsecond=0), tzinfo=clock.JST)
        return named + timedelta(minutes=1)

    def is_open(self, at: datetime) -> bool:
        """Whether an instant (aware) is still in time."""
        return at < self.closes_at

    @property
    def wareki_label(self) -> str:
        """「令和9年4月12日(月)17時必着」."""
        on = self.effective
        return f"{wareki(on)}({weekday_ja(on)}){self._time_label}{self._arrival_label}"

    @property
    def seireki_label(self) -> str:
        """「2027年4月12日」, for やさしい日本語 and beside the 和暦."""
        return seireki(self.effective)

    @property
    def label(self) -> str:
        """「令和9年4月12日(月)17時必着(2027年4月12日)」: both calendars, as papers and pages print it."""
        return f"{self.wareki_label}({self.seireki_label})"

    @property
    def _time_label(self) -> str:
        if self.time is None:
            return ""
        return f"{self.time.hour}時" + (f"{self.time.minute}分" if self.time.minute else "")

    @property
    def _arrival_label(self) -> str:
        if self.arrival is Arrival.SENT:
            return "までに送信完了"
        return "消印有効" if self.arrival is Arrival.POSTMARK else "必着"
