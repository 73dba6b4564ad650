"""csv: UTF-8 with or without BOM, or cp932; commas, tabs or semicolons. Read as a stream, never as a whole."""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Iterator
from itertools import islice
from typing import IO

from ..refusals import Refusal
from .cells import Row, tested

ENCODINGS = ("utf-8-sig", "cp932")
DELIMITERS = (",", "\t", ";")
PROBE = 30  # records from which the delimiter is told
BLOCK = 1 << 16
UNREADABLE = "文字コードを読み取れませんでした。UTF-8かShift_JIS(Excelの「CSV」)で保存し直してください。"
RAGGED = 'CSVの形がくずれています。「"」の閉じ忘れがないか確かめて、保存し直してください。'


class Delimited:
    """A csv file. It has one sheet without a name."""

    sheets = ("",)

    def __init__(self, file: IO[bytes]) -> None:
        """Tell encoding and delimiter. Raises Refusal when it is neither UTF-8 nor cp932."""
        self._file = file
        self.encoding = _encoding(file)
        self.delimiter = self._told_delimiter()

    def rows(self, sheet: str = "") -> Iterator[Row]:
        """Every record, numbered as a spreadsheet would number it. Raises Refusal for a broken file."""
        yield from (tested(number, record) for number, record in enumerate(self._records(self.delimiter), 1))

    def _records(self, delimiter: str) -> Iterator[list[str]]:
        self._file.seek(0)
        text = io.TextIOWrapper(self._file, encoding=self.encoding, newline="")
        try:
            yield from csv.reader(text, delimiter=delimiter)
        except (csv.Error, UnicodeDecodeError):
            raise Refusal(RAGGED, code="csv") from None
        finally:
            text.detach()  # the file stays open for another reading

    def _told_delimiter(self) -> str:
        """The one that cuts most of the first records into the same number (of at least two) of pieces."""
        best, most = ",", 0
        for delimiter in DELIMITERS:
            widths = [len(record) for record in islice(self._records(delimiter), PROBE) if record]
            score = max(
                (widths.count(width) * min(width, 50) for width in set(widths) if width > 1), default=0
            )
            if score > most:
                best, most = delimiter, score
        return best


def _encoding(file: IO[bytes]) -> str:
    for name in ENCODINGS:
        if _fits(file, name):
            return name
    raise Refusal(UNREADABLE, code="encoding")


def _fits(file: IO[bytes], name: str) -> bool:
    file.seek(0)
    decoder = codecs.getincrementaldecoder(name)()
    try:
        while block := file.read(BLOCK):
            decoder.decode(block)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True
