"""Cells: whatever a sheet holds, as the text a person would read there, and what cannot be taken from it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any

from ..refusals import Refusal

MAX_ROWS = 20_000  # filled rows below the headings
MAX_NUMBER = 1_048_576  # the last row a sheet can have
MAX_COLUMNS = 100
MAX_CELL = 5_000  # characters
FORMULA = "数式が入っています。数式は計算しません。値だけを貼り付け直してください。"
BROKEN = "Excelのエラー({text})が入っています。値を入力し直してください。"
LONG = f"文字が多すぎます。{MAX_CELL:,}字までにしてください。"

_SIGNS = "=＝@＠+＋-－"
_NUMBER = re.compile(r"[+＋\-－][\d０-９\s.,:/()\-－]*")
_TEXT = re.compile(r"[+＋\-－][\s\u3000-\u30ff\u3400-\u9fff・]")


@dataclass(frozen=True, slots=True)
class Row:
    """One row as it stands in the sheet: `number` counts from 1, `faults` name cells (from 0) that cannot be taken."""

    number: int
    cells: list[str]
    faults: dict[int, str] = field(default_factory=dict)

    @property
    def is_blank(self) -> bool:
        return not any(self.cells) and not self.faults

    def text(self, place: int) -> str:
        """What stands in a column (from 0); empty beyond the row's end."""
        return self.cells[place] if place < len(self.cells) else ""


def is_formula(text: str) -> bool:
    """Whether a spreadsheet would run this text instead of showing it. Numbers, dashes and lists with 「- 」 are text."""
    plain = text.lstrip()
    if not plain or plain[0] not in _SIGNS:
        return False
    if plain[0] in "=＝@＠":
        return len(plain) > 1
    return not _NUMBER.fullmatch(plain) and not _TEXT.match(plain)


def column_letter(place: int) -> str:
    """Return 「A」 for 0, 「AA」 for 26."""
    letters = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def as_text(value: Any) -> str:
    """Return a cell's value as text: dates ISO, times HH:MM, whole numbers without a point, the ends trimmed."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        moment = value + timedelta(milliseconds=500)  # 18:30 is stored as a fraction of a day
        plain = moment.strftime("%H:%M")
        return moment.date().isoformat() if plain == "00:00" else f"{moment.date().isoformat()} {plain}"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, time):
        return value.strftime("%H:%M")
    if isinstance(value, timedelta):
        minutes = round(value.total_seconds() / 60)
        return f"{minutes // 60:02d}:{minutes % 60:02d}"
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        value = int(value)
    return str(value).strip()


def bounded(rows: Iterable[Row]) -> Iterator[Row]:
    """The rows that hold something. Raises Refusal beyond MAX_ROWS of them, or MAX_COLUMNS."""
    filled = 0
    for row in rows:
        if row.is_blank:
            continue
        filled += 1
        if filled > MAX_ROWS + 20:  # the headings do not count
            raise Refusal(
                f"行が多すぎます。一度に読み取れるのは{MAX_ROWS:,}行までです。表を分けてください。",
                code="rows",
            )
        if any(row.cells[MAX_COLUMNS:]):
            raise Refusal(
                f"{row.number}行目の列が多すぎます。読み取れるのは{MAX_COLUMNS}列までです。使わない列を消してください。",
                code="columns",
            )
        yield row


def tested(number: int, texts: Iterable[str]) -> Row:
    """A row of plain texts, with formulas and overlong cells named. Our own exports' 「'」 before a sign is taken off."""
    cells, faults = [], {}
    for place, raw in enumerate(texts):
        text = raw.strip()
        if text[:1] == "'" and text[1:2] and text[1] in _SIGNS:
            text = text[1:]
        elif is_formula(text):
            faults[place] = FORMULA
        if len(text) > MAX_CELL:
            faults[place], text = LONG, text[:MAX_CELL]
        cells.append(text)
    return Row(number, cells, faults)
