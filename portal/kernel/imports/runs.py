"""The jobs of an import: read, register, take back. Each is one transaction: a killed worker leaves nothing half done.

A job made for an older wish does nothing, so each is safe twice and against another of its kind.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Model

from .. import audit, ports, search, sheets
from ..actors import Actor, JobActor
from ..asking import asker
from ..import_models import Decision, Import, ImportRow, Outcome, Verdict
from ..jobs import Running
from ..progress import told
from ..refusals import Refusal, row_of
from .kinds import Ground
from .procedure import IMPORT
from .reading import GONE, let_go, staged

BATCH = 200
WRITTEN = ("outcome", "result_type", "result_id", "memo")
Tell = Callable[[int, int], None]


def preview(job: Running) -> None:
    """Read the table into staged rows with faults and likely duplicates."""
    _run(job, _preview)


def apply(job: Running) -> None:
    """Register what is sound, exactly as it was shown, by the normal actions."""
    _run(job, _apply)


def undo(job: Running) -> None:
    """Take back what came of it, while nothing refers to it."""
    _run(job, _undo)


def _run(job: Running, work: Callable[[Import, Actor, Running, Tell], None]) -> None:
    try:
        with transaction.atomic():
            imported = _locked(job)
            if imported is None:
                return
            by = asker(imported.asked_by_ref)
            with told(job) as tell:
                work(imported, by, job, tell)
            job.hold()
    except (Refusal, PermissionDenied, ValidationError) as no:
        _note(job, no)


def _preview(imported: Import, by: Actor, job: Running, tell: Tell) -> None:
    kind = ports.import_kinds[imported.kind]
    ground = kind.ground(imported, by)
    if imported.file is None:
        raise Refusal(GONE, code="gone")
    counts = dict.fromkeys(Verdict, 0)
    ImportRow.objects.filter(imported=imported).delete()
    with sheets.opened(imported.file) as table:
        for batch in staged(imported, kind, ground, table):
            ImportRow.objects.bulk_create(batch)
            for row in batch:
                counts[Verdict(row.verdict)] += 1
            tell(sum(counts.values()), 0)
    if not any(counts.values()):
        raise Refusal("見出しの下に、行がありません。見出しの行を確かめてください。", code="empty")
    numbers: dict[str, Any] = {f"{verdict}_count": count for verdict, count in counts.items()}
    IMPORT.apply(imported, "preview", by=job.by, row_count=sum(counts.values()), **numbers)


def _apply(imported: Import, by: Actor, job: Running, tell: Tell) -> None:
    ground = ports.import_kinds[imported.kind].ground(imported, by)
    ground.lock()
    rows = ImportRow.objects.filter(imported=imported).exclude(verdict=Verdict.FAULTY).order_by("number")
    total, done, made = imported.row_count - imported.faulty_count, 0, 0
    for batch in _batches(rows):
        _unchanged(ground, batch)
        with search.gathered(), audit.gathered():
            made += _carry_out(ground, batch)
        done += len(batch)
        tell(done, total)
        ImportRow.objects.bulk_create(
            batch, update_conflicts=True, unique_fields=["id"], update_fields=WRITTEN
        )  # not bulk_update: its CASE of 200 branches a column cost more than the rows themselves
    IMPORT.apply(imported, "apply", by=by, made_count=made)
    let_go(imported)


def _undo(imported: Import, by: Actor, job: Running, tell: Tell) -> None:
    ground = ports.import_kinds[imported.kind].ground(imported, by)
    ground.lock()
    rows = ImportRow.objects.filter(imported=imported, outcome__in=[Outcome.MADE, Outcome.MERGED])
    done = 0
    for batch in _batches(rows.order_by("number")):
        ground.withdraw(batch)
        ImportRow.objects.filter(pk__in=[row.pk for row in batch]).update(outcome=Outcome.UNDONE)
        done += len(batch)
        tell(done, imported.made_count)
    IMPORT.apply(imported, "undo", by=by)


def _carry_out(ground: Ground, batch: Sequence[ImportRow]) -> int:
    """Merge, register or leave out the rows of a batch. Returns how many were registered."""
    for row in batch:
        if row.decision == Decision.SKIP or (row.decision == Decision.SAME and not _twin(row)):
            row.outcome = Outcome.SKIPPED
        elif row.decision == Decision.SAME:
            with _told_by_row([row]):
                same, row.memo = ground.merge(row.values, _twin(row))
            _came_of(row, same, Outcome.MERGED)
    wanted = [row for row in batch if row.outcome == Outcome.NONE]
    with _told_by_row(wanted):
        for row, made in zip(wanted, ground.register([row.values for row in wanted]), strict=True):
            _came_of(row, made, Outcome.MADE)
    return len(wanted)


def _came_of(row: ImportRow, thing: Model, outcome: Outcome) -> None:
    row.result_type, row.result_id, row.outcome = thing._meta.label_lower, str(thing.pk), outcome


@contextmanager
def _told_by_row(rows: Sequence[ImportRow]) -> Iterator[None]:
    """What is refused inside is told with the row's number and name. Raises Refusal."""
    try:
        yield
    except (Refusal, ValidationError, PermissionDenied) as no:
        row = rows[row_of(no) or 0]
        raise Refusal(
            f"{row.number}行目「{row.title}」を登録できませんでした。{_words(no)}", code="row"
        ) from no


def _unchanged(ground: Ground, batch: list[ImportRow]) -> None:
    """Whether nothing came up since the preview that a row may be the same as. Raises Refusal."""
    wanted: list[tuple[int, Mapping[str, Any]]] = [
        (row.number, row.values) for row in batch if row.decision != Decision.SKIP
    ]
    found = ground.twins(wanted)
    for row in batch:
        known = {twin["id"] for twin in row.twins}
        if any(twin.id and twin.id not in known for twin in found.get(row.number, ())):
            raise Refusal(
                f"{row.number}行目「{row.title}」と同じものが、読み取りのあとに登録されました。もう一度読み取ってください。",
                code="moved",
            )


def _twin(row: ImportRow) -> str:
    """The first thing of ours it may be the same as."""
    return next((twin["id"] for twin in row.twins if twin["id"]), "")


def _batches(rows: Any) -> Iterator[list[ImportRow]]:
    """By number, a batch at a time: nothing is held open while rows are written."""
    last = 0
    while batch := list(rows.filter(number__gt=last)[:BATCH]):
        yield batch
        last = batch[-1].number


def _locked(job: Running) -> Import | None:
    """The import under its lock; None when the job was made for an older wish."""
    rows = Import.objects.select_for_update(no_key=True, of=("self",)).select_related("file")
    imported = rows.filter(pk=job.row.object_id, revision=job.payload["revision"]).first()
    done = {
        "kernel.import_preview": "mapped",
        "kernel.import_apply": "previewed",
        "kernel.import_undo": "applied",
    }
    return imported if imported is not None and imported.state == done[job.row.kind] else None


def _note(job: Running, no: Exception) -> None:
    """Tell the people who look at the import why it was not done. Only the newest wish's answer is kept."""
    with transaction.atomic():
        rows = Import.objects.select_for_update(no_key=True, of=("self",))
        imported = rows.filter(pk=job.row.object_id, revision=job.payload["revision"]).first()
        if imported is None:
            return
        imported.problem = _words(no)[:500]
        imported.save(update_fields=["problem"])
        data = {"step": job.row.kind.rpartition("_")[2]}
        audit.record("kernel.import.refused", by=JobActor(job.row.kind), target=imported, data=data)


def _words(no: Exception) -> str:
    return " ".join(no.messages) if isinstance(no, ValidationError) else str(no)
