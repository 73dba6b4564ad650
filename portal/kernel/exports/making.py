"""From rows to a file: a stream of csv, or a workbook written row by row. Memory does not grow with the rows."""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Iterable, Iterator
from typing import IO

from django.core.exceptions import PermissionDenied
from django.core.files import File
from django.core.files.storage import default_storage
from django.db import transaction

from .. import clock, ports, sheets
from ..actors import Actor
from ..asking import asker
from ..export_models import Export, ExportForm
from ..jobs import Running
from ..sheets import Cell
from ..upload_kinds import CSV, XLSX
from ..upload_models import FileState, StoredFile
from ..upload_store import clean_filename

LONG = 3_000  # rows; longer ones are written by a job
CHUNK = 500  # rows read at once
TOLD = 1_000  # rows between two looks at the progress
TYPES = {
    ExportForm.CSV: f"{CSV.content_type}; charset=utf-8",
    ExportForm.CP932: f"{CSV.content_type}; charset=Shift_JIS",
    ExportForm.XLSX: XLSX.content_type,
}


def lines(export: Export, by: Actor) -> Iterator[list[Cell]]:
    """The heading and a line for every row that `by` may see now, read in chunks."""
    kind = ports.export_kinds[export.kind]
    columns = kind.columns_for(by, export.params)
    yield [column.label for column in columns]
    for row in kind.walk(by, export.params, chunk=CHUNK):
        yield [column.value(row) for column in columns]


def stream(export: Export, by: Actor) -> Iterator[bytes]:
    """The file in pieces. For short exports, and for the job."""
    return _pieces(export, lines(export, by), by)


def filename_of(export: Export) -> str:
    """「コミュニティ_20261125.csv」."""
    label = ports.export_kinds[export.kind].label
    ending = "xlsx" if export.form == ExportForm.XLSX else "csv"
    return f"{label}_{export.created_at.astimezone(clock.JST):%Y%m%d}.{ending}"


def make(job: Running) -> None:
    """The job: write the file and keep it for its owner. Again after a crash: the file of that name is replaced."""
    export: Export = job.obj
    if export.file_id is not None or not export.is_open:
        return
    kind = ports.export_kinds[export.kind]
    by = asker(export.owner_ref)
    if kind.admits is not None:
        kind.admits(by, export.params)
    total = kind.rows(by, export.params).order_by().count()
    with tempfile.TemporaryFile() as file:
        digest, size = _written(_pieces(export, _told(lines(export, by), job, total), by), file)
        stored = StoredFile(
            filename=clean_filename(filename_of(export)),
            content_type=TYPES[ExportForm(export.form)],
            size=size,
            sha256=digest,
            storage_name=f"exports/{export.pk.hex}",
            state=FileState.ATTACHED,
            attached_at=clock.now(),
            target_type=export._meta.label_lower,
            target_id=str(export.pk),
        )
        _keep(export, stored, file, total, job)


def refused(job: Running) -> None:
    """As `make`, but a right that is gone ends the job quietly: there is nothing to try again."""
    try:
        make(job)
    except PermissionDenied:
        job.finish()


def _keep(export: Export, stored: StoredFile, file: IO[bytes], total: int, job: Running) -> None:
    with transaction.atomic():
        stored.save(force_insert=True)
        export.file, export.row_count = stored, total
        export.save(update_fields=["file", "row_count"])
        file.seek(0)
        default_storage.delete(stored.storage_name)
        default_storage.save(stored.storage_name, File(file))
        job.hold()
    job.finish(result=export)


def _pieces(export: Export, rows: Iterable[list[Cell]], by: Actor) -> Iterator[bytes]:
    if export.form != ExportForm.XLSX:
        yield from sheets.csv_pieces(rows, encoding="cp932" if export.form == ExportForm.CP932 else "utf-8")
        return
    kind = ports.export_kinds[export.kind]
    widths = [column.width for column in kind.columns_for(by, export.params)]
    with sheets.xlsx_file(rows, title=kind.label, widths=widths) as book:
        while piece := book.read(1 << 16):
            yield piece


def _told(rows: Iterable[list[Cell]], job: Running, total: int) -> Iterator[list[Cell]]:
    for number, row in enumerate(rows):
        if number % TOLD == 0:
            job.progress(min(number, total), total)
        yield row


def _written(pieces: Iterable[bytes], file: IO[bytes]) -> tuple[str, int]:
    digest, size = hashlib.sha256(), 0
    for piece in pieces:
        digest.update(piece)
        size += len(piece)
        file.write(piece)
    return digest.hexdigest(), size
