"""One door to both kinds of table."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Protocol

from django.core.files.storage import default_storage

from ..upload_kinds import XLSX
from ..upload_models import StoredFile
from .cells import Row, bounded
from .delimited import Delimited
from .workbook import Workbook


class _Source(Protocol):
    @property
    def sheets(self) -> tuple[str, ...]: ...

    def rows(self, sheet: str = "") -> Iterator[Row]: ...


class Table:
    """A file with one or more sheets of rows."""

    def __init__(self, source: _Source) -> None:
        self._source = source
        self.sheets = source.sheets

    def rows(self, sheet: str = "") -> Iterator[Row]:
        """The rows of a sheet that hold something, in order. Raises Refusal for a table beyond the bounds."""
        return bounded(self._source.rows(sheet))

    def head(self, sheet: str = "", count: int = 25) -> list[Row]:
        """The first rows, for finding the headings and showing an example."""
        found = []
        for row in self.rows(sheet):
            found.append(row)
            if len(found) == count:
                break
        return found


@contextmanager
def opened(stored: StoredFile) -> Iterator[Table]:
    """The table in a stored file. Raises Refusal when it cannot be read; the file is closed at the end."""
    with default_storage.open(stored.storage_name, "rb") as file:
        source: _Source = Workbook(file) if stored.content_type == XLSX.content_type else Delimited(file)
        yield Table(source)
