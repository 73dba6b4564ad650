"""Tables sent for importing, and their jobs run."""

import io
from collections.abc import Sequence
from datetime import date, datetime, time
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import Workbook

from portal.kernel import imports, jobs, ports, uploads
from portal.kernel.actors import Actor, UserActor
from portal.kernel.import_models import Import
from portal.kernel.models import Job, StoredFile

from .areas import AKIHA
from .communities import usual

Value = str | int | float | date | datetime | time | None


def workbook(rows: Sequence[Sequence[Value]], *, merged: Sequence[str] = (), title: str = "一覧") -> bytes:
    """An xlsx file of one sheet."""
    book = Workbook()
    sheet = book.active
    sheet.title = title
    for row in rows:
        sheet.append(list(row))
    for place in merged:
        sheet.merge_cells(place)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def staged(content: bytes | str, by: Actor, name: str = "") -> StoredFile:
    """A file as it is sent: csv when it is text, xlsx when it begins like one."""
    content = content.encode() if isinstance(content, str) else content
    name = name or ("表.xlsx" if content.startswith(b"PK") else "表.csv")
    return uploads.stage(SimpleUploadedFile(name, content), by=by, accept=uploads.SHEETS)


def sent(
    content: bytes | str,
    *,
    by: UserActor | None = None,
    kind: str = "communities",
    place: str = AKIHA,
    name: str = "",
) -> Import:
    """A table that an officer sent."""
    by = by or usual(code=place)
    return imports.open_import(by=by, kind=kind, place=place, file=staged(content, by, name))


def read(imported: Import, *, by: UserActor, options: dict[str, Any] | None = None, **mapping: int) -> Import:
    """With the guessed columns (or some put right) taken as they are, and read."""
    chosen = {**imported.mapping, **mapping}
    given = {"area": imported.place, **(options or {})}
    imports.choose_columns(by=by, imported=imported, mapping=chosen, options=given)
    return run(imported)


def run(imported: Import) -> Import:
    """Do the job that was asked for last, as a worker would."""
    imported.refresh_from_db()
    job = Job.objects.get(key=imported.job_key)
    jobs.run(job.pk)
    imported.refresh_from_db()
    return imported


def previewed(
    content: bytes | str, *, by: UserActor | None = None, kind: str = "communities", **kwargs: Any
) -> Import:
    """Sent and read."""
    by = by or usual()
    return read(sent(content, by=by, kind=kind), by=by, **kwargs)


def applied(content: bytes | str, *, by: UserActor | None = None, **kwargs: Any) -> Import:
    """Sent, read and registered."""
    by = by or usual()
    imported = previewed(content, by=by, **kwargs)
    imports.ask_to_apply(by=by, imported=imported)
    return run(imported)


def fields(kind: str) -> list[str]:
    """The labels of a kind's columns, as its template has them."""
    return [column.label for column in ports.import_kinds[kind].columns]
