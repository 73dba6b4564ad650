"""Events by the million: those of a measuring database spread evenly around now, and multiplied.

`python -m bench.event_rows TOTAL` as the owner of a database that `seed_scale` has filled. One begins every ten minutes,
half of them before now (held) and half after (published), the wards in turn – so that a database of 16,000 and one of
1,000,000 show the same month, and only what lies further off differs. Written by statements over the rows that are
there, indexes and foreign keys made afterwards, as after a restore. The same number gives the same row.
"""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import django

MINUTES = 10
WARDS = 8
# The events that were there at first, each with its number: copies are made of these alone, not of what other
# measurements left at the same communities.
FIRST = """CREATE TEMPORARY TABLE first AS
SELECT event.id, right(host.slug, 6)::int AS n
FROM communities_event event JOIN communities_community host ON host.id = event.host_community_id
WHERE host.slug LIKE 'keisoku-%' AND event.title LIKE '%(計測用)'"""
# The place in the row of ten-minute steps, away from now in both directions; whole rounds of the wards go to either side.
PLACE = f"({{n}} / {2 * WARDS} * {WARDS} + {{n}} %% {WARDS} + 1)"
SIGN = f"(CASE WHEN {{n}} / {WARDS} %% 2 = 0 THEN 1 ELSE -1 END)"
BEGINS = f"%(now)s::timestamptz + {SIGN} * {PLACE} * interval '{MINUTES} minutes'"
IS_PAST = f"{{n}} / {WARDS} %% 2 = 1"


def changed(number: str) -> dict[str, str]:
    """Column → expression, for the event of this number."""
    begins = f"({BEGINS.format(n=number)})"
    return {
        "starts_at": begins,
        "ends_at": f"{begins} + interval '2 hours'",
        "state": f"CASE WHEN {IS_PAST.format(n=number)} THEN 'held' ELSE 'published' END",
    }


def identity(number: str) -> str:
    """The key of the copy of this number."""
    return f"md5('event:' || ({number}))::uuid"


def main(total: int) -> None:
    from django.db import connection

    from communities.models import Event, EventSeats
    from portal.kernel import clock
    from portal.kernel.search_models import SearchEntry

    with connection.cursor() as cursor:
        cursor.execute(FIRST)
        cursor.execute("SELECT count(*), max(n) + 1 FROM first")
        there, numbers = cursor.fetchone()
        if there != numbers or total % there:
            raise SystemExit(f"計測用の催しが{there}件あり、{total}件へふやせません。")
        now = {"now": clock.now()}
        with bare(SearchEntry, Event, EventSeats):
            for statement in spread():
                cursor.execute(statement, now)
            for copy in range(1, total // there):
                for statement in multiplied(f"({copy * there} + first.n)"):
                    cursor.execute(statement, now)


def spread() -> Iterator[str]:
    """The events that are there take their new places in time, in the table and in the search."""
    columns = changed("first.n")
    values = ", ".join(f"{name} = {value}" for name, value in columns.items())
    yield f"UPDATE communities_event AS event SET {values} FROM first WHERE event.id = first.id"
    yield (
        f"UPDATE kernel_searchentry AS entry SET happens_at = {columns['starts_at']} FROM first"
        " WHERE entry.kind = 'event' AND entry.object_id = first.id::text"
    )


def multiplied(number: str) -> Iterator[str]:
    """One more of every event, with its seats and what search finds of it."""
    from communities.models import Event, EventSeats
    from portal.kernel.search_models import SearchEntry

    columns, key = changed(number), identity(number)
    event, seats = {"id": key, **columns}, {"event_id": key}
    entry = {"object_id": f"{key}::text", "happens_at": columns["starts_at"]}
    yield f"{copied(Event, event)} FROM first JOIN communities_event old ON old.id = first.id"
    yield f"{copied(EventSeats, seats)} FROM first JOIN communities_eventseats old ON old.event_id = first.id"
    yield (
        f"{copied(SearchEntry, entry, without='id')} FROM first"
        " JOIN kernel_searchentry old ON old.kind = 'event' AND old.object_id = first.id::text"
    )


def copied(model: Any, values: dict[str, str], without: str = "") -> str:
    """INSERT … SELECT of rows called `old`: what is not in `values` is copied."""
    names = [field.column for field in model._meta.concrete_fields if field.column != without]
    chosen = ", ".join(values.get(name, f"old.{name}") for name in names)
    return f"INSERT INTO {model._meta.db_table} ({', '.join(names)}) SELECT {chosen}"


@contextmanager
def bare(*models: Any) -> Iterator[None]:
    """Tables without their indexes and foreign keys while rows are written.

    Not in one transaction: an index made beside rows that were just changed is not used while anybody on the server
    still works in an older transaction.
    """
    from django.db import connection

    tables = [model._meta.db_table for model in models]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT conrelid::regclass, conname, pg_get_constraintdef(oid) FROM pg_constraint"
            " WHERE contype = 'f' AND conrelid::regclass::text = ANY(%s)",
            [tables],
        )
        keys = cursor.fetchall()
        cursor.execute(
            "SELECT indexrelid::regclass, pg_get_indexdef(indexrelid) FROM pg_index"
            " WHERE indrelid::regclass::text = ANY(%s) AND NOT indisunique",
            [tables],
        )
        indexes = cursor.fetchall()
        for table, name, _ in keys:
            cursor.execute(f"ALTER TABLE {table} DROP CONSTRAINT {name}")
        for name, _ in indexes:
            cursor.execute(f"DROP INDEX {name}")
        yield
        for table in tables:
            cursor.execute(f"VACUUM {table}")
        cursor.execute("SET maintenance_work_mem = '512MB'")
        for _, made in indexes:
            cursor.execute(made)
        for table, name, made in keys:
            cursor.execute(f"ALTER TABLE {table} ADD CONSTRAINT {name} {made}")


if __name__ == "__main__":
    django.setup()
    main(int(sys.argv[1]))
