"""和暦 and 西暦: reading what people type, writing what papers and pages say.

All dates are JST dates. Input reaches from 明治6年1月1日 (the first day of the present calendar in Japan) to 令和.
Source: 元号法 and the 政令 of each change of era; 太政官布告第337号 (明治5年, the calendar).
"""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from typing import NamedTuple


class Era(NamedTuple):
    """An era of the calendar: what it is called, its days, the year that is its 元年."""

    name: str
    letter: str
    first: date  # first day of the era
    last: date | None  # last day that may be written with it, None while it runs
    year_one: int


# Two changes of era took effect within the day: 1912-07-30 and 1926-12-25 may be written both ways.
ERAS = (
    Era("令和", "R", date(2019, 5, 1), None, 2019),
    Era("平成", "H", date(1989, 1, 8), date(2019, 4, 30), 1989),
    Era("昭和", "S", date(1926, 12, 25), date(1989, 1, 7), 1926),
    Era("大正", "T", date(1912, 7, 30), date(1926, 12, 25), 1912),
    Era("明治", "M", date(1873, 1, 1), date(1912, 7, 30), 1868),
)
_WEEKDAYS = "月火水木金土日"
_ERA_OF = {key: era for era in ERAS for key in (era.name, era.letter, era.name[0])}
_MONTH_DAY = r"(?P<month>\d{1,2})\s*(?:月|[./\-])\s*(?P<day>\d{1,2})\s*日?"
_WAREKI = re.compile(
    rf"(?P<era>令和|平成|昭和|大正|明治|[令平昭大明RHSTM])\s*(?P<year>元|\d{{1,2}})\s*(?:年|[./\-])\s*{_MONTH_DAY}",
    re.ASCII,
)
_SEIREKI = re.compile(
    rf"(?P<year>\d{{4}})\s*(?:年\s*(?:\((?P<wareki>[^()]+)\))?|[./\-])\s*{_MONTH_DAY}", re.ASCII
)
_COMPACT = re.compile(r"(?P<year>\d{4})(?P<month>\d{2})(?P<day>\d{2})", re.ASCII)
_WEEKDAY_TAIL = re.compile(r"\s*\((?P<weekday>[月火水木金土日])(?:曜日?)?\)$")
_DASHES = str.maketrans(dict.fromkeys("‐‑‒–—―−ー", "-"))


def era_of(on: date) -> Era:
    """Return the era of a day (the later one on the day of a change). Raises ValueError before 明治6年."""
    for era in ERAS:
        if on >= era.first:
            return era
    raise ValueError("明治6年1月1日より前の日付は、和暦に直せません。")


def wareki_year(on: date) -> str:
    """Return 「令和8年」, 「令和元年」."""
    era = era_of(on)
    number = on.year - era.year_one + 1
    return f"{era.name}{'元' if number == 1 else number}年"


def wareki(on: date) -> str:
    """Return 「令和8年4月1日」, with 元年 for a first year. Raises ValueError before 明治6年."""
    return f"{wareki_year(on)}{on.month}月{on.day}日"


def seireki(on: date) -> str:
    """Return 「2026年4月1日」."""
    return f"{on.year}年{on.month}月{on.day}日"


def weekday_ja(on: date) -> str:
    """Return 「月」 to 「日」."""
    return _WEEKDAYS[on.weekday()]


def parse_date(text: str) -> date:
    """Read a date typed in 和暦 or 西暦: 令和8年4月1日, R8.4.1, 令8-4-1, 令和元年5月1日, 2026-04-01, 20260401.

    Full-width digits, our own 「2026年(令和8年)4月1日(水)」 and a weekday at the end are understood; a weekday or a
    second year that contradicts the date is refused. Raises ValueError with a message for the person who typed.
    """
    plain = unicodedata.normalize("NFKC", text).translate(_DASHES).strip()
    tail = _WEEKDAY_TAIL.search(plain)
    body = plain[: tail.start()] if tail else plain
    if found := _WAREKI.fullmatch(body.upper()):
        on = _from_wareki(found)
    elif found := _SEIREKI.fullmatch(body) or _COMPACT.fullmatch(body):
        on = _from_seireki(found)
    else:
        raise ValueError("日付は、令和8年4月1日 または 2026-04-01 のように入力してください。")
    if tail and tail["weekday"] != weekday_ja(on):
        raise ValueError(f"{wareki(on)}は{weekday_ja(on)}曜日です。日付か曜日を確かめてください。")
    return on


def _from_wareki(found: re.Match[str]) -> date:
    era = _ERA_OF[found["era"]]
    number = 1 if found["year"] == "元" else int(found["year"])
    on = _day(era.year_one + number - 1, found)
    if number < 1 or on < era.first or (era.last is not None and on > era.last):
        raise ValueError(f"{era.name}は、{_span(era)}です。元号と年を確かめてください。")
    return on


def _span(era: Era) -> str:
    """「元年1月8日から31年4月30日まで」: both ends in the era's own years."""
    first = f"{wareki(era.first).removeprefix(era.name)}から"
    if era.last is None:
        return first
    return f"{first}{era.last.year - era.year_one + 1}年{era.last.month}月{era.last.day}日まで"


def _from_seireki(found: re.Match[str]) -> date:
    on = _day(int(found["year"]), found)
    written = found.groupdict().get("wareki")
    if written and written.strip().removesuffix("年").replace("元", "1") != wareki_year(on)[:-1].replace(
        "元", "1"
    ):
        raise ValueError(f"{on.year}年は{wareki_year(on)}です。西暦と和暦のどちらかを確かめてください。")
    return on


def _day(year: int, found: re.Match[str]) -> date:
    try:
        on = date(year, int(found["month"]), int(found["day"]))
    except ValueError:
        raise ValueError("その日付は、こよみにありません。月と日を確かめてください。") from None
    if on < ERAS[-1].first:
        raise ValueError("明治6年1月1日より前の日付は、入力できません。")
    return on
