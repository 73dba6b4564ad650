"""One door to both kinds of table."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Protocol

import structlog
from django.core.files.storage import default_storage

from ..refusals import Refusal
from ..upload_kinds import XLSX
from ..upload_models import StoredFile
from .cells import Row, bounded
from .delimited import Delimited
from .workbook import Workbook

log = structlog.get_logger("files")


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
    """The table in a stored file. Raises Refusal when it cannot be read or is lost; the file is closed at the end."""
    try:
        kept = default_storage.open(stored.storage_name, "rb")
    except FileNotFoundError:
        log.error("bytes_missing", file=str(stored.pk), width=0, target=stored.target_type)
        raise Refusal("この表のファイルは、失われています。もう一度送ってください。", code="lost") from None
    with kept as file:
        source: _Source = Workbook(file) if stored.content_type == XLSX.content_type else Delimited(file)
        yield Table(source)
