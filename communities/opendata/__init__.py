"""Open data: which files there are, as data, and what stands in each column.

Sources: 自治体標準オープンデータセット and its forerunners (domain.md 6.1), GIF 実装データモデル for dates, times, phone numbers
and lists (`;`). CSV in UTF-8 with BOM and CRLF, one record a line, CC BY 4.0. Nothing personal stands in a file.
"""

import csv
import hashlib
import io
import re
import tempfile
import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import IO, Any

from .columns import COLUMNS

FOLDER = Path(__file__).parent
NAME = re.compile(r"(?P<code>\d{6})_(?P<suffix>[a-z0-9_-]+)\.csv")
LICENCE = "CC BY 4.0"
CONTENT_TYPE = "text/csv; charset=utf-8"
IN_MEMORY = 1_000_000  # bytes; a larger file waits on disk while it is sent
CHUNK = 64_000
_FORMULA = re.compile(r"[=+\-@\t\r]")


@dataclass(frozen=True, slots=True)
class Profile:
    """One kind of file: its rows, the end of its name, its columns in order (name, what stands there)."""

    key: str
    order: int
    rows: str
    suffix: str
    title: str
    about: str
    confirmed: bool
    columns: tuple[tuple[str, str], ...]

    def filename(self, code: str) -> str:
        """「151009_event.csv」."""
        return f"{code}_{self.suffix}.csv"


@lru_cache(maxsize=1)
def profiles() -> tuple[Profile, ...]:
    """All kinds of files, in the order of the catalogue. Raises KeyError for a column that is not known."""
    found = []
    for path in FOLDER.glob("*.toml"):
        data = tomllib.loads(path.read_text(encoding="utf-8"))
        columns = tuple((name, key) for name, key in data.pop("columns"))
        known = COLUMNS[data["rows"]]
        for _, key in columns:
            if key:
                known[key]
        found.append(Profile(key=path.stem, columns=columns, **data))
    return tuple(sorted(found, key=lambda profile: profile.order))


def of_filename(name: str) -> tuple[str, Profile] | None:
    """(code, profile) of 「151009_event.csv」; None for a name that no file has."""
    parts = NAME.fullmatch(name)
    profile = next((one for one in profiles() if parts and one.suffix == parts["suffix"]), None)
    return (parts["code"], profile) if parts and profile else None


def write(profile: Profile, rows: Iterable[Any]) -> tuple[IO[bytes], str]:
    """(the file, its digest): written row by row, flat in memory, read from its beginning."""
    cells: Mapping[str, Callable[[Any, int], object]] = COLUMNS[profile.rows]
    made, digest = tempfile.SpooledTemporaryFile(max_size=IN_MEMORY), hashlib.sha256()  # noqa: SIM115 - sent later

    def put(line: str) -> None:
        content = line.encode()
        digest.update(content)
        made.write(content)

    put("\ufeff" + _line(name for name, _ in profile.columns))
    for number, row in enumerate(rows, 1):
        put(_line(cells[key](row, number) if key else "" for _, key in profile.columns))
    made.seek(0)
    return made, digest.hexdigest()[:32]


def parts(file: IO[bytes]) -> Iterator[bytes]:
    """The file in pieces, closed after the last."""
    with file:
        while piece := file.read(CHUNK):
            yield piece


def _line(values: Iterable[object]) -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerow([_cell(value) for value in values])
    return out.getvalue()


def _cell(value: object) -> str:
    """One line of text; what a spreadsheet would take for a formula is defused by an apostrophe."""
    text = " ".join(str(value).split()) if value is not None else ""
    return f"'{text}" if _FORMULA.match(text) else text
