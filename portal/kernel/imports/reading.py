"""From rows of a table to staged rows: headings, cleaned values, faults by cell."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django.core.exceptions import ValidationError

from .. import sheets, uploads
from ..import_models import Decision, Import, ImportRow, Verdict
from ..models import Job
from ..refusals import Refusal
from .kinds import Ground, ImportKind, Twin

BATCH = 500
GONE = "表のファイルは、もう残っていません。もう一度送ってください。"


def headings(imported: Import) -> tuple[list[tuple[int, str, str]], list[sheets.Row]]:
    """The columns of the chosen sheet as (place, letter and heading, an example), and its first rows.

    Raises Refusal when the file has gone or cannot be read.
    """
    if imported.file is None:
        raise Refusal(GONE, code="gone")
    with sheets.opened(imported.file) as table:
        head = table.head(imported.sheet)
    layout = sheets.read(head, imported.header_row, imported.header_rows)
    labels = layout.labels if layout else []
    below = [row for row in head if row.number >= imported.header_row + imported.header_rows]
    width = max([len(labels), *(len(row.cells) for row in below)], default=0)
    columns = []
    for place in range(min(width, sheets.MAX_COLUMNS)):
        label = labels[place] if place < len(labels) else ""
        example = next((text for row in below if (text := row.text(place))), "")
        if label or example:
            columns.append((place, f"{sheets.column_letter(place)}列 {label}".strip(), example[:30]))
    return columns, head


def sheet_names(imported: Import) -> list[str]:
    """The visible sheets, for choosing one; a csv file has none."""
    if imported.file is None:
        raise Refusal(GONE, code="gone")
    with sheets.opened(imported.file) as table:
        return [name for name in table.sheets if name]


def current_job(imported: Import) -> Job | None:
    """The job that was asked for last, if any."""
    return Job.objects.filter(key=imported.job_key).first() if imported.job_key else None


def faults_of(row: ImportRow) -> list[str]:
    """「12行目 D列 始まり:…」 for every fault of a row."""
    return [f"{row.number}行目 {fault['where']}:{fault['message']}" for fault in row.faults]


def let_go(imported: Import) -> None:
    """The sent file is needed no more: its bytes are swept."""
    if imported.file is not None:
        uploads.release(imported.file)
        imported.file = None
        imported.save(update_fields=["file"])


def staged(
    imported: Import, kind: ImportKind, ground: Ground, table: sheets.Table
) -> Iterator[list[ImportRow]]:
    """The rows below the headings, checked, in batches; nothing is written here."""
    body = (
        row for row in table.rows(imported.sheet) if row.number >= imported.header_row + imported.header_rows
    )
    checked = (_checked(imported, kind, ground, row) for row in body)
    for batch in _batches(row for row in checked if row is not None):
        _compare(ground, batch)
        yield batch


def _checked(imported: Import, kind: ImportKind, ground: Ground, row: sheets.Row) -> ImportRow | None:
    """One row with its values or its faults; None when none of the chosen columns holds anything."""
    places: Mapping[str, int] = imported.mapping
    if not any(row.text(place) or place in row.faults for place in places.values()):
        return None
    values: dict[str, Any] = {}
    wrong: dict[str, str] = {}
    for column in kind.columns:
        place = places.get(column.name)
        text = row.text(place) if place is not None else ""
        if place is not None and place in row.faults:
            wrong[column.name] = row.faults[place]
            continue
        try:
            values[column.name] = column.clean.clean(text)
        except ValidationError as problem:
            wrong[column.name] = " ".join(problem.messages)
    for name, message in ground.complete(values, wrong):
        wrong.setdefault(name, message)
    title = str(values.get(kind.title) or row.text(places.get(kind.title, 0)))[:200]
    staged_row = ImportRow(imported=imported, number=row.number, title=title, verdict=Verdict.READY)
    if wrong:
        staged_row.verdict = Verdict.FAULTY
        by_cell = sorted(wrong.items(), key=lambda fault: places.get(fault[0], sheets.MAX_COLUMNS))
        staged_row.faults = [_fault(kind, places, row, name, message) for name, message in by_cell]
    else:
        staged_row.values = values
    return staged_row


def _fault(
    kind: ImportKind, places: Mapping[str, int], row: sheets.Row, name: str, message: str
) -> dict[str, str]:
    label, place = kind.column(name).label, places.get(name)
    where = f"{sheets.column_letter(place)}列 {label}" if place is not None else label
    text = row.text(place)[:60] if place is not None else ""
    return {"where": where, "text": text, "message": message}


def _compare(ground: Ground, batch: list[ImportRow]) -> None:
    """Note what the sound rows of a batch may be the same as."""
    sound = [row for row in batch if row.verdict != Verdict.FAULTY]
    found: dict[int, list[Twin]] = ground.twins([(row.number, row.values) for row in sound])
    for row in sound:
        if twins := found.get(row.number):
            row.verdict, row.decision = Verdict.TWIN, Decision.SKIP
            row.twins = [twin.as_json() for twin in twins[:5]]


def _batches(rows: Iterable[ImportRow]) -> Iterator[list[ImportRow]]:
    batch: list[ImportRow] = []
    for row in rows:
        batch.append(row)
        if len(batch) == BATCH:
            yield batch
            batch = []
    if batch:
        yield batch
