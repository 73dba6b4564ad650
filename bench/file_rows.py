"""Files of grants by the thousand: copies of one that is examined, one every ten minutes back from now.

`python -m bench.file_rows TOTAL` as the owner of a database with the demo. The newest `OPEN` are in hand as the first is,
the others were taken back: what an office holds at a time does not grow with its years. Each has its submission, its
checklist and its remarks. The same number gives the same row.
"""

import sys
from typing import Any

import django

from .event_rows import copied

OPEN = 200
MINUTES = 10
FIRST = "SELECT id FROM grants_application WHERE state = 'screening' ORDER BY submitted_at, id LIMIT 1"
BEFORE = f"%(now)s::timestamptz - n.n * interval '{MINUTES} minutes'"


def identity(kind: str) -> str:
    """The key of a copy: of file number n, or of one of its rows."""
    return f"md5('{kind}:' || n.n)::uuid" if kind == "file" else f"md5('{kind}:' || n.n || old.id)::uuid"


def main(total: int) -> None:
    from django.db import connection

    from grants.models import Application, ApplicationSnapshot, CheckAnswer, Remark
    from portal.kernel import clock

    ended = f"n.n >= {OPEN}"
    file = {
        "id": identity("file"),
        "created_at": BEFORE,
        "submitted_at": BEFORE,
        "state": f"CASE WHEN {ended} THEN 'withdrawn' ELSE old.state END",
        "withdrawn_at": f"CASE WHEN {ended} THEN {BEFORE} END",
    }
    numbers = f"generate_series(0, {total - 1}) AS n(n)"
    with connection.cursor() as cursor:
        cursor.execute(FIRST)
        values: dict[str, Any] = {"now": clock.now(), "first": cursor.fetchone()[0]}
        cursor.execute(
            f"{copied(Application, file)} FROM grants_application old, {numbers} WHERE old.id = %(first)s",
            values,
        )
        for model in (ApplicationSnapshot, CheckAnswer, Remark):
            row = {"id": identity(model.__name__.lower()), "application_id": identity("file")}
            table = model._meta.db_table
            cursor.execute(
                f"{copied(model, row)} FROM {table} old, {numbers} WHERE old.application_id = %(first)s",
                values,
            )


if __name__ == "__main__":
    django.setup()
    main(int(sys.argv[1]))
