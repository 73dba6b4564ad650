"""What people do with an import. Each is one short transaction; the long work is a job."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.db import transaction

from .. import audit, clock, jobs, permissions, ports, sheets, uploads
from ..actors import Actor, JobActor
from ..import_models import Decision, Import, ImportRow, ImportState, Verdict
from ..refusals import Refusal
from ..upload_models import StoredFile
from .procedure import IMPORT, WORK
from .reading import GONE, current_job, let_go

KEPT = timedelta(days=14)  # an import of which nothing came
BUSY = "この表は、いま処理しています。終わるまで待ってから、もう一度確かめてください。"


@transaction.atomic
def open_import(*, by: Actor, kind: str, place: str, file: StoredFile) -> Import:
    """Take in a table and guess what its columns mean. Raises Refusal for a file that cannot be read or holds nothing."""
    imported = Import(kind=kind, place=place, filename=file.filename, uploaded_by_ref=by.ref, file=file)
    permissions.require(by, WORK, imported)
    try:
        _guess(imported, file)
    except Refusal as no:
        raise Refusal(no.message, field="file", code=no.code) from None
    imported.save(force_insert=True)
    uploads.attach(file, imported)
    audit.record("kernel.import.uploaded", by=by, target=imported, data={"kind": kind, "place": place})
    return imported


@transaction.atomic
def read_headings(
    *, by: Actor, imported: Import, sheet: str, header_row: int, header_rows: int, **_: Any
) -> Import:
    """Look for the columns again, in another sheet or other rows. What was chosen before falls away."""
    _idle(by, imported)
    if not imported.is_open:
        raise Refusal("この表は、もう登録したか、取りやめています。", code="moved")
    file = _file(imported)
    with sheets.opened(file) as table:
        known = sheet if sheet in table.sheets else ""
        layout = sheets.read(table.head(known), header_row, header_rows)
    if layout is None:
        raise Refusal("その行には、何も書かれていません。見出しの行を確かめてください。", field="header_row")
    kind = ports.import_kinds[imported.kind]
    imported.sheet, imported.header_row, imported.header_rows = known, header_row, header_rows
    imported.mapping = sheets.match(layout.labels, kind.synonyms)
    imported.save(update_fields=["sheet", "header_row", "header_rows", "mapping"])
    audit.record("kernel.import.headings_read", by=by, target=imported, data={"row": header_row})
    return imported


@transaction.atomic
def choose_columns(
    *, by: Actor, imported: Import, mapping: Mapping[str, int], options: Mapping[str, Any], **layout: Any
) -> Import:
    """Say which column holds what, and have the rows read (by a job). `layout`: sheet, header_row, header_rows."""
    _idle(by, imported)
    _file(imported)
    fields = {**layout, "mapping": dict(mapping), "options": dict(options), "problem": ""}
    IMPORT.apply(imported, "map", by=by, **fields)
    return _enqueue("preview", by, imported)


@transaction.atomic
def decide(*, by: Actor, imported: Import, decisions: Mapping[int, str], everything: str = "") -> Import:
    """Say what becomes of rows that look like something that is there: by row number, or of all of them alike."""
    _idle(by, imported)
    if imported.state != ImportState.PREVIEWED:
        raise Refusal("扱いを選べるのは、登録の前だけです。最新の内容を確かめてください。", code="moved")
    rows = ImportRow.objects.filter(imported=imported, verdict=Verdict.TWIN)
    if everything:
        rows.update(decision=Decision(everything))
    for decision in Decision:
        numbers = [number for number, chosen in decisions.items() if chosen == decision]
        if numbers and not everything:
            rows.filter(number__in=numbers).update(decision=decision)
    data = {"rows": sorted(decisions), "everything": everything}
    audit.record("kernel.import.decided", by=by, target=imported, data=data)
    return imported


@transaction.atomic
def ask_to_apply(*, by: Actor, imported: Import) -> Import:
    """Have everything that is sound registered, in one transaction (by a job). Asking twice is asking once."""
    _idle(by, imported)
    _must(imported, ImportState.PREVIEWED, "登録")
    wanted = ImportRow.objects.filter(imported=imported).exclude(verdict=Verdict.FAULTY)
    if not wanted.exclude(decision=Decision.SKIP).exists():
        raise Refusal(
            "登録する行がありません。表を直すか、重なりのある行の扱いを選んでください。", code="empty"
        )
    return _enqueue("apply", by, imported)


@transaction.atomic
def ask_to_undo(*, by: Actor, imported: Import) -> Import:
    """Have everything taken back that came of it (by a job), while nothing refers to it."""
    _idle(by, imported)
    _must(imported, ImportState.APPLIED, "取消し")
    return _enqueue("undo", by, imported)


@transaction.atomic
def discard(*, by: Actor, imported: Import) -> Import:
    """Give it up before anything came of it. The file and the rows that were read go with it."""
    if not isinstance(by, JobActor):
        _idle(by, imported)
    IMPORT.apply(imported, "discard", by=by)
    let_go(imported)
    ImportRow.objects.filter(imported=imported).delete()
    return imported


def sweep(*, by: Actor) -> int:
    """Give up imports of which nothing came in a fortnight, at most 100 a call. Returns how many."""
    ended = 0
    old = Import.objects.filter(
        state__in=[ImportState.UPLOADED, ImportState.MAPPED, ImportState.PREVIEWED],
        created_at__lt=clock.now() - KEPT,
    )
    for imported in old.order_by("created_at")[:100]:
        discard(by=by, imported=imported)
        ended += 1
    return ended


def _guess(imported: Import, file: StoredFile) -> None:
    """The sheet whose headings name the most of what is wanted."""
    kind = ports.import_kinds[imported.kind]
    best: sheets.Layout | None = None
    with sheets.opened(file) as table:
        for name in table.sheets[:5]:
            head = table.head(name)
            layout = sheets.guess(head, kind.synonyms)
            if head and (best is None or len(layout.columns) > len(best.columns)):
                best, imported.sheet = layout, name
    if best is None:
        raise Refusal("表に何も書かれていません。別のファイルを選んでください。", field="file", code="empty")
    imported.header_row, imported.header_rows, imported.mapping = best.first, best.depth, best.columns


def _idle(by: Actor, imported: Import) -> None:
    """Lock the import and make sure that nothing is under way for it. Raises Refusal, PermissionDenied."""
    imported.refresh_from_db(
        from_queryset=Import.objects.select_for_update(no_key=True, of=("self",)).select_related("file")
    )
    permissions.require(by, WORK, imported)
    job = current_job(imported)
    if job is not None and not job.is_ended:
        raise Refusal(BUSY, code="busy")


def _must(imported: Import, state: str, what: str) -> None:
    if imported.state != state:
        now = ImportState(imported.state).label
        raise Refusal(
            f"この表は、いま「{now}」です。{what}はできません。最新の内容を確かめてください。", code="moved"
        )


def _file(imported: Import) -> StoredFile:
    if imported.file is None:
        raise Refusal(GONE, code="gone")
    return imported.file


def _enqueue(step: str, by: Actor, imported: Import) -> Import:
    imported.revision += 1
    imported.asked_by_ref, imported.problem = by.ref, ""
    imported.job_key = f"import:{imported.pk}:{imported.revision}"
    imported.save(update_fields=["revision", "asked_by_ref", "problem", "job_key"])
    payload = {"revision": imported.revision}
    jobs.enqueue(f"kernel.import_{step}", key=imported.job_key, obj=imported, payload=payload, by=by)
    return imported
