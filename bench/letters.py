"""200 decision letters in one batch, as workers make them: each against WeasyPrint alone with the same HTML.

`python -m bench.letters COUNT` in the environment of a database with the demo that may be used up; tells JSON. The files
are copies of one in 内容審査, spread over the municipalities of the prefecture so that no cap is passed. The time of a
letter is that of its job: leased, drawn with its QR code, stored, issued. What deciding took is told for itself. Two workers
are killed on the way, one in the middle of deciding, one while it draws: every letter is there once, and no number is left out.
"""

import gc
import json
import sys
import time
from datetime import timedelta
from typing import Any
from uuid import uuid4

import django

from .event_rows import copied
from .killed import torn
from .papers import bare_weasyprint, resident_megabytes

EACH = 7  # of 129,000 円 under a cap of 1,000,000 円
FIRST = "SELECT id FROM grants_application WHERE state = 'reviewing' ORDER BY submitted_at, id LIMIT 1"
FILE = f"md5('{uuid4()}:' || n.n)::uuid"
TORN = 3  # letters that the killed worker has made; 200 are left to be measured
MOVES = 5  # figures of the progress that must be seen before it is killed
SECOND = timedelta(seconds=1)
BARE = 10  # renders of bare WeasyPrint, before and again after the batch


def files(count: int) -> list[Any]:
    """`count` files in 内容審査 with their submission and checklist."""
    from django.db import connection

    from grants.models import Application, ApplicationSnapshot, CheckAnswer

    towns = (
        "(SELECT array_agg(code ORDER BY code) AS codes FROM areas_area WHERE parent_id = '460001'"
        " AND NOT EXISTS (SELECT 1 FROM grants_application WHERE municipality_id = code)) AS towns"
    )
    numbers = f"generate_series(0, {count - 1}) AS n(n)"
    with connection.cursor() as cursor:
        cursor.execute(FIRST)
        first = [cursor.fetchone()[0]]
        town = f"towns.codes[n.n / {EACH} + 1]"
        file = copied(Application, {"id": FILE, "municipality_id": town})
        cursor.execute(f"{file} FROM grants_application old, {numbers}, {towns} WHERE old.id = %s", first)
        for model in (ApplicationSnapshot, CheckAnswer):
            key = f"md5('{model.__name__}:' || {FILE} || old.id)::uuid"
            row = copied(model, {"id": key, "application_id": FILE})
            cursor.execute(
                f"{row} FROM {model._meta.db_table} old, {numbers} WHERE old.application_id = %s", first
            )
        cursor.execute(f"SELECT {FILE} FROM {numbers} ORDER BY n.n")
        keys = [key for (key,) in cursor.fetchall()]
    found = Application.objects.select_related("menu__programme__authority").in_bulk(keys)
    return [found[key] for key in keys]


def asked(cases: list[Any]) -> Any:
    """The batch of the officer who holds them, by one 決裁 of today."""
    from django.core.files.uploadedfile import SimpleUploadedFile

    from grants import actions
    from portal.kernel import clock, uploads
    from portal.kernel.actors import UserActor

    by, menu, today = UserActor(cases[0].held_by), cases[0].menu, clock.today_jst()
    sent = SimpleUploadedFile("decided.pdf", PDF, "application/pdf")
    return actions.ask_letters(
        by=by, applications=cases, record_number="計-1", decided_on=today, approver_title="課長", approver_name="計測 花子",
        paper=uploads.stage(sent, by=by, accept=uploads.DOCUMENTS), effective_on=today, document_number="計第1号", commitment_number="計-1",
        line=actions.save_budget_line(
            by=by, programme=menu.programme, amount_yen=10**9, kan="計測", kou="計測", moku="計測", setsu=18
        ),
    )  # fmt: skip


PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


def main(count: int) -> dict[str, Any]:
    from portal.documents.models import Document
    from portal.kernel import clock, jobs
    from portal.kernel.models import Job

    batch = asked(files(count + TORN))
    job = Job.objects.get(key=batch.job_key)
    before = set(Document.objects.filter(kind="grants.decision").values_list("pk", flat=True))
    moved = torn([job.pk], clock.now(), lambda: Job.objects.get(pk=job.pk).done_count, count // 2)
    if len(moved) < min(count // 2, MOVES):
        raise SystemExit(f"進み具合が動きません。{moved}")
    left, began = batch.items.exclude(outcome="done").count(), time.perf_counter()
    later = clock.now() + jobs.LEASE
    with clock.at(later):
        jobs.run(job.pk)
    decided = (time.perf_counter() - began) / max(left, 1)
    if batch.items.filter(outcome="done").count() != count + TORN:
        raise SystemExit("\n".join(sorted(set(batch.items.values_list("message", flat=True)))))
    letters = Document.objects.filter(kind="grants.decision").exclude(pk__in=before).order_by("number")
    rows = list(letters)
    bare, keys = measured_bare(rows[0]), [row.job_key for row in rows]
    waiting = list(Job.objects.filter(key__in=keys).order_by("created_at", "id").values_list("pk", flat=True))
    torn(waiting, later, lambda: letters.filter(state="issued").count(), TORN)
    with clock.at(later + jobs.LEASE + SECOND):
        times, grown = drawn(waiting)
    bare += measured_bare(rows[0])
    return {
        "letters": times,
        "bare": bare,
        "growth": grown,
        "decided": decided,
        "faults": faults(letters.all()),
    }


def drawn(waiting: list[Any]) -> tuple[list[float], float]:
    """Seconds of each letter that is still to be made but the first, and how far memory grew."""
    from portal.kernel import jobs

    left = iter(waiting)
    next(pk for pk in left if jobs.run(pk))
    gc.collect()
    memory, times = resident_megabytes(), []
    for pk in left:
        began = time.perf_counter()
        if jobs.run(pk):
            times.append(time.perf_counter() - began)
    gc.collect()
    return times, resident_megabytes() - memory


def faults(letters: Any) -> int:
    """Numbers that are left out, files with two letters, and letters that are not on paper."""
    numbers, files = {row.number for row in letters}, {row.object_id for row in letters}
    gaps = max(numbers) - min(numbers) + 1 - len(numbers)
    return gaps + len(letters) - len(files) + sum(row.file_id is None for row in letters)


def measured_bare(letter: Any) -> list[float]:
    """Seconds of WeasyPrint alone, with the same HTML."""
    from django.template.loader import render_to_string

    from portal.documents import snapshots

    context = {**snapshots.context(letter.snapshot), "title": letter.title}
    render, times = bare_weasyprint(render_to_string(letter.snapshot["template"], context)), []
    for _ in range(BARE):
        began = time.perf_counter()
        render()
        times.append(time.perf_counter() - began)
    return times


if __name__ == "__main__":
    django.setup()
    print(json.dumps(main(int(sys.argv[1]))))
