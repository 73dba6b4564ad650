"""Writing tables: csv and xlsx, a row at a time, with nothing in them that a spreadsheet would run.

A text that begins with a sign of formulas gets 「'」 in csv (our own reader takes it off again) and is marked as text in
xlsx. cp932 has no place for every character: kin of the same look are taken, and what is left becomes 〓.
"""

from __future__ import annotations

import csv
import io
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from typing import IO, Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter

from .. import clock

Cell = str | int | date | datetime | None
SIGNS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠", "|", "%")
GETA = "〓"
_KIN = str.maketrans({"〜": "～", "−": "－", "—": "―", "‖": "∥", "¢": "￠", "£": "￡", "¬": "￢", "–": "-", "‐": "-", "•": "・", "\u00a0": " ", "¥": "￥"})  # fmt: skip
_BLOCK = 64  # rows to a piece of csv


def defused(text: str) -> str:
    """The text with 「'」 before it when a spreadsheet might run it."""
    return f"'{text}" if text.startswith(SIGNS) else text


def written(value: Cell) -> str:
    """A value as csv holds it: moments in JST without an offset, days ISO, numbers bare, texts defused."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.astimezone(clock.JST).strftime("%Y-%m-%d %H:%M")
    return defused(value) if isinstance(value, str) else str(value)


def csv_pieces(rows: Iterable[Sequence[Cell]], *, encoding: str = "utf-8") -> Iterator[bytes]:
    """The csv of `rows` in pieces, with CRLF. `encoding`: "utf-8" (with BOM, so that Excel knows) or "cp932"."""
    if encoding == "utf-8":
        yield b"\xef\xbb\xbf"
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer)
    waiting = 0
    for row in rows:
        writer.writerow([written(value) for value in row])
        waiting += 1
        if waiting == _BLOCK:
            yield encoded(_emptied(buffer), encoding)
            waiting = 0
    if waiting:
        yield encoded(_emptied(buffer), encoding)


def encoded(text: str, encoding: str) -> bytes:
    """Bytes of the text; in cp932 with 〓 for what it does not know."""
    if encoding != "cp932":
        return text.encode("utf-8", "replace")
    plain = text.translate(_KIN)
    try:
        return plain.encode("cp932")
    except UnicodeEncodeError:
        return b"".join(_sign(sign) for sign in plain)


def xlsx_file(rows: Iterable[Sequence[Cell]], *, title: str, widths: Sequence[int] = ()) -> IO[bytes]:
    """A workbook of one sheet in a temporary file, at its beginning; the first row is the heading. Written as a stream."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet(title[:31])
    sheet.freeze_panes = "A2"
    for number, width in enumerate(widths, 1):
        sheet.column_dimensions[get_column_letter(number)].width = width
    for number, row in enumerate(rows):
        sheet.append([_cell(sheet, value, head=number == 0) for value in row])
    file = tempfile.TemporaryFile()  # noqa: SIM115 - the caller closes it
    book.save(file)
    file.seek(0)
    return file


def _cell(sheet: Any, value: Cell, *, head: bool) -> Any:
    if value is None or value == "":
        return None
    if isinstance(value, datetime):
        value = value.astimezone(clock.JST).replace(tzinfo=None)
    if isinstance(value, str):
        value = ILLEGAL_CHARACTERS_RE.sub("", value)
    cell = WriteOnlyCell(sheet, value=value)
    if isinstance(value, str):
        cell.data_type = "s"  # never a formula, whatever it begins with
        cell.quotePrefix = value.startswith(SIGNS)
    elif isinstance(value, datetime):
        cell.number_format = "yyyy-mm-dd hh:mm"
    elif isinstance(value, date):
        cell.number_format = "yyyy-mm-dd"
    if head:
        cell.font, cell.fill = Font(bold=True), PatternFill("solid", fgColor="FFE8EEF4")
        cell.alignment = Alignment(vertical="center")
    return cell


def _sign(sign: str) -> bytes:
    try:
        return sign.encode("cp932")
    except UnicodeEncodeError:
        return GETA.encode("cp932")


def _emptied(buffer: io.StringIO) -> str:
    text = buffer.getvalue()
    buffer.seek(0)
    buffer.truncate()
    return text
