"""200 decision letters in one batch, as the worker makes them: each against WeasyPrint alone with the same HTML.

`python -m bench.letters COUNT` in the environment of a database with the demo that may be used up; tells JSON. The files
are copies of one in 内容審査, spread over the municipalities of the prefecture so that no cap is passed. The time of a
letter is that of its job: leased, drawn with its QR code, stored, issued. What deciding took is told for itself.
"""

import gc
import json
import sys
import time
from typing import Any
from uuid import uuid4

import django

from .event_rows import copied
from .papers import bare_weasyprint, resident_megabytes

EACH = 7  # of 129,000 円 under a cap of 1,000,000 円
FIRST = "SELECT id FROM grants_application WHERE state = 'reviewing' ORDER BY submitted_at, id LIMIT 1"
FILE = f"md5('{uuid4()}:' || n.n)::uuid"
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
    from portal.kernel import jobs
    from portal.kernel.models import Job

    batch = asked(files(count))
    before = set(Document.objects.filter(kind="grants.decision").values_list("pk", flat=True))
    began = time.perf_counter()
    jobs.run(Job.objects.get(key=batch.job_key).pk)
    decided = time.perf_counter() - began
    if batch.items.filter(outcome="done").count() != count:
        raise SystemExit("\n".join(sorted(set(batch.items.values_list("message", flat=True)))))
    letters = list(Document.objects.filter(kind="grants.decision").exclude(pk__in=before).order_by("number"))
    bare = measured_bare(letters[0])
    keys = [letter.job_key for letter in letters]
    waiting = list(Job.objects.filter(key__in=keys).values_list("pk", flat=True))
    jobs.run(waiting[0])
    gc.collect()
    memory, times = resident_megabytes(), []
    for pk in waiting[1:]:
        began = time.perf_counter()
        jobs.run(pk)
        times.append(time.perf_counter() - began)
    gc.collect()
    grown = resident_megabytes() - memory
    numbers = [letter.number for letter in letters]
    whole = numbers == list(range(numbers[0], numbers[0] + count))
    made = Document.objects.filter(pk__in=[letter.pk for letter in letters], state="issued").count()
    if not whole or made != count:
        raise SystemExit(f"{made}通。番号: {numbers}")
    return {"letters": times, "bare": bare + measured_bare(letters[0]), "growth": grown, "decided": decided}


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
