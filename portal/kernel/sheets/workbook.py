"""xlsx: streamed by openpyxl's reader, its shared strings kept on disk, so that memory does not grow with the file.

A file that would unpack to more than a table of 20,000 rows needs is refused before anything is unpacked, and so is a
part that brings its own XML entities.
"""

from __future__ import annotations

import codecs
import re
import tempfile
import warnings
import zipfile
from array import array
from collections.abc import Iterator
from typing import IO, Any
from xml.etree.ElementTree import iterparse

import structlog
from openpyxl.cell.text import Text
from openpyxl.packaging.manifest import Manifest
from openpyxl.reader.excel import ExcelReader
from openpyxl.xml.constants import SHARED_STRINGS, SHEET_MAIN_NS

from ..refusals import Refusal
from .cells import BROKEN, FORMULA, LONG, MAX_CELL, MAX_COLUMNS, MAX_NUMBER, Row, as_text

MAX_UNPACKED = 120_000_000  # bytes of all parts
MAX_PART = 8_000_000  # bytes of a part that is read as a whole (styles, the workbook itself)
MAX_PARTS = 500
MAX_SHEETS = 50
PROLOG = 1 << 16  # bytes within which a part comes to its first element
STREAMED = ("xl/worksheets/", "xl/sharedStrings", "xl/media/", "xl/drawings/", "xl/embeddings/", "customXml/")
UNREADABLE = "このExcelファイルは読み取れませんでした。Excelで開き、別の名前で保存し直してから、もう一度送ってください。"
TOO_BIG = "ファイルの中身が大きすぎて、読み取れません。使わないシートや画像を消すか、表を分けてください。"
log = structlog.get_logger("sheets")


class Workbook:
    """An xlsx file. `sheets` are the visible ones, in order."""

    def __init__(self, file: IO[bytes]) -> None:
        """Raises Refusal for a file that is too big when unpacked, broken, or without a visible sheet."""
        with _readable():
            _admit(file)
            reader = _Reader(file)
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                reader.read()
        self._book = reader.wb
        seen = [sheet for sheet in self._book.worksheets if sheet.sheet_state == "visible"]
        if not seen:
            raise Refusal(
                "見えるシートがありません。表のあるシートを表示して、保存し直してください。", code="sheets"
            )
        self._sheets = {sheet.title: sheet for sheet in seen[:MAX_SHEETS]}
        self.sheets = tuple(self._sheets)

    def rows(self, sheet: str = "") -> Iterator[Row]:
        """Every row of a sheet (the first without a name). Raises Refusal when it breaks off."""
        found = self._sheets.get(sheet) or next(iter(self._sheets.values()))
        found.reset_dimensions()
        with _readable(), warnings.catch_warnings():
            warnings.simplefilter("ignore")
            cells = found.iter_rows(max_col=MAX_COLUMNS + 1)
            for number, row in enumerate(cells, 1):
                if number > MAX_NUMBER:
                    break
                yield _row(number, row)


class _Reader(ExcelReader):  # type: ignore[misc]
    """openpyxl's own reader, in its read-only way, with the shared strings on disk."""

    def __init__(self, file: IO[bytes]) -> None:
        super().__init__(file, read_only=True, keep_links=False)
        self.package: Manifest

    def read_strings(self) -> None:
        part = self.package.find(SHARED_STRINGS)
        if part is not None:
            with self.archive.open(part.PartName[1:]) as source:
                self.shared_strings = _Strings(source)


class _Strings:
    """The table of shared strings, as openpyxl asks for it, by number; only where each begins is in memory."""

    def __init__(self, source: IO[bytes]) -> None:
        self._file = tempfile.TemporaryFile()  # noqa: SIM115 - lives as long as the table
        self._begins = array("Q", [0])
        tag = f"{{{SHEET_MAIN_NS}}}si"
        steps = iterparse(source, events=("start", "end"))  # noqa: S314 - without DOCTYPE, see _admit
        _, root = next(steps)
        for event, node in steps:
            if event == "end" and node.tag == tag:
                text = (Text.from_tree(node).content or "").replace("x005F_", "")[: MAX_CELL + 1]
                self._file.write(text.encode("utf-8", "surrogatepass"))
                self._begins.append(self._file.tell())
                root.clear()

    def __getitem__(self, number: int) -> str:
        self._file.seek(self._begins[number])
        return self._file.read(self._begins[number + 1] - self._begins[number]).decode(
            "utf-8", "surrogatepass"
        )


class _readable:
    """Whatever the libraries stumble over in a broken file is one sentence for the person who sent it."""

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: Any, problem: BaseException | None, trace: Any) -> None:
        if (
            problem is None
            or isinstance(problem, Refusal | GeneratorExit)
            or not isinstance(problem, Exception)
        ):
            return
        log.warning("workbook_unreadable", problem=type(problem).__name__)
        raise Refusal(UNREADABLE, code="broken") from problem


def _admit(file: IO[bytes]) -> None:
    file.seek(0)
    with zipfile.ZipFile(file) as parts:
        entries = parts.infolist()
        if len(entries) > MAX_PARTS or sum(entry.file_size for entry in entries) > MAX_UNPACKED:
            raise Refusal(TOO_BIG, code="bomb")
        for entry in entries:
            if entry.file_size > MAX_PART and not entry.filename.startswith(STREAMED):
                raise Refusal(TOO_BIG, code="bomb")
            if entry.filename.endswith((".xml", ".rels")):
                with parts.open(entry) as part:
                    head = part.read(PROLOG)
                if b"<!DOCTYPE" in head or not (
                    entry.filename.startswith("customXml/") or begins_plainly(head)
                ):
                    raise Refusal(UNREADABLE, code="entities")
    file.seek(0)


def begins_plainly(head: bytes) -> bool:
    """Whether an XML part comes to its first element, over comments alone: nothing can be declared after that.

    A long comment, or UTF-16, would hide a DOCTYPE from whoever only looks for the word.
    """
    rest = head.removeprefix(codecs.BOM_UTF8).lstrip()
    while rest.startswith((b"<?", b"<!--")):
        rest = rest.partition(b"?>" if rest.startswith(b"<?") else b"-->")[2].lstrip()
    return not head or re.match(rb"<[A-Za-z_]", rest) is not None


def _row(number: int, cells: tuple[Any, ...]) -> Row:
    texts: list[str] = []
    faults: dict[int, str] = {}
    for place, cell in enumerate(cells):
        kind = cell.data_type
        text = "" if kind == "f" else as_text(cell.value)
        if kind == "f":
            faults[place] = FORMULA
        elif kind == "e":
            faults[place] = BROKEN.format(text=text)
        elif len(text) > MAX_CELL:
            faults[place], text = LONG, text[:MAX_CELL]
        texts.append(text)
    return Row(number, texts, faults)
