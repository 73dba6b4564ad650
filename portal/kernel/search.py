"""Search over everything that can be found, in Japanese from two characters, by who may see it.

An entry is written in the action's transaction (`put`, `drop`); a search is one SQL statement, whatever it finds. Texts
are compared as `names.search_key` makes them, and only here: the stored key and the question go through one function.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection

from . import clock
from .names import search_key
from .search_models import SearchEntry
from .search_sql import BY_PREFIX, BY_WORDS

CAP = 1_000  # hits counted exactly; more are 「1,000件以上」
POOL = 1_000  # rows of each bounded walk of a common word
MAX_WORDS = 8
MAX_WORD = 40
MAX_BODY = 20_000  # characters of a body that are searchable
CHUNK = 500
_WRITTEN = (
    "audience area_codes title body title_key text_key title_grams grams happens_at weight updated_at"
).split()
_NOTHING = re.compile(r"[・‧'’`´]")
_SEPARATORS = re.compile(r"[\s、。，,!?！？:;…‥/／\\|~「」『』()\[\]{}<>〈〉《》【】〔〕\"“”=*※→⇒←]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One thing to be found. Nobody finds what has no audience: such an entry is dropped.

    `audience` holds 「public」, 「area:<code>」, 「community:<uuid>」. `weight` ranks kinds among hits of the same quality;
    `happens_at` (aware) lets what comes next go first.
    """

    kind: str
    object_id: str | UUID
    audience: Sequence[str]
    title: str
    body: str = ""
    area_codes: Sequence[str] = ()
    happens_at: datetime | None = None
    weight: int = 0


@dataclass(frozen=True, slots=True)
class Hit:
    """One row of the answer. `excerpt` is the part of the body around the first word, roughly."""

    kind: str
    object_id: str
    title: str
    excerpt: str
    happens_at: datetime | None
    in_title: bool


@dataclass(frozen=True, slots=True)
class Results:
    """What was found: `items` in order, and how many there are, counted up to CAP."""

    words: tuple[str, ...] = ()
    items: list[Hit] = field(default_factory=list)
    count: int = 0
    offset: int = 0

    @property
    def capped(self) -> bool:
        return self.count > CAP

    @property
    def count_label(self) -> str:
        """「12件」, 「1,000件以上」."""
        return f"{CAP:,}件以上" if self.capped else f"{self.count:,}件"

    @property
    def has_more(self) -> bool:
        return self.offset + len(self.items) < min(self.count, CAP)


_gathering: ContextVar[dict[tuple[str, str], Entry] | None] = ContextVar("search_gathering", default=None)


def tokens(text: str) -> list[str]:
    """Return the words of a question as they are compared: at most 8, each at most 40 characters, none twice."""
    words = dict.fromkeys(word[:MAX_WORD] for word in _words(text[: 4 * MAX_WORDS * MAX_WORD]))
    return list(words)[:MAX_WORDS]


def put(
    *,
    kind: str,
    object_id: str | UUID,
    audience: Sequence[str],
    title: str,
    body: str = "",
    area_codes: Sequence[str] = (),
    happens_at: datetime | None = None,
    weight: int = 0,
) -> None:
    """Let something be found, or change how. One statement, in the caller's transaction; see Entry for the fields."""
    entry = Entry(
        kind=kind,
        object_id=object_id,
        audience=audience,
        title=title,
        body=body,
        area_codes=area_codes,
        happens_at=happens_at,
        weight=weight,
    )
    waiting = _gathering.get()
    if waiting is None:
        put_many([entry])
    else:
        waiting[kind, str(object_id)] = entry


@contextmanager
def gathered() -> Iterator[None]:
    """What is put inside is written at the end, 500 a statement, the last word on a thing alone. For many at once.

    One inside another joins it; when it breaks off, what it put is forgotten.
    """
    outer = _gathering.get()
    if outer is not None:
        before = dict(outer)
        try:
            yield
        except BaseException:
            outer.clear()
            outer.update(before)
            raise
        return
    waiting: dict[tuple[str, str], Entry] = {}
    token = _gathering.set(waiting)
    try:
        yield
    finally:
        _gathering.reset(token)
    put_many(waiting.values())


def put_many(entries: Iterable[Entry]) -> None:
    """Like `put`, for many: one statement for each 500. For imports and rebuilding."""
    waiting: list[SearchEntry] = []
    for entry in entries:
        if not entry.audience:
            drop(kind=entry.kind, object_id=entry.object_id)
            continue
        waiting.append(row_of(entry))
        if len(waiting) == CHUNK:
            _write(waiting)
            waiting = []
    _write(waiting)


def drop(*, kind: str, object_id: str | UUID) -> None:
    """Let something be found no more. Nothing happens when it was not there."""
    drop_many(kind=kind, object_ids=[object_id])


def drop_many(*, kind: str, object_ids: Iterable[str | UUID]) -> None:
    """Like `drop`, for many of one kind: one statement."""
    keys = [str(key) for key in object_ids]
    if waiting := _gathering.get():
        for key in keys:
            waiting.pop((kind, key), None)
    SearchEntry.objects.filter(kind=kind, object_id__in=keys).delete()


def find(
    q: str,
    *,
    audience: Collection[str],
    kinds: Collection[str] | None = None,
    area_codes: Collection[str] | None = None,
    limit: int = 20,
    offset: int = 0,
) -> Results:
    """Return what holds every word of `q` and is meant for `audience`, best first, in one SQL statement.

    Order: the exact title; titles that begin with it; titles; the rest. Within each by weight, then what comes next,
    then the newest. A single character finds beginnings of titles only. No word or no audience: nothing, without SQL.
    `offset` reaches CAP.
    """
    words = tokens(q)
    if not words or not audience or limit < 1 or not 0 <= offset < CAP:
        return Results(words=tuple(words), offset=max(offset, 0))
    grams = _grams(words)
    whole = " ".join(words)
    params = {
        "grams": grams,
        "likes": [f"%{_escaped(word)}%" for word in words],
        "whole": whole,
        "prefix": f"{_escaped(whole if grams else words[0])}%",
        "first": words[0],
        "audience": list(audience),
        "kinds": None if kinds is None else list(kinds),
        "areas": None if area_codes is None else list(area_codes),
        "now": clock.now(),
        "cap": CAP + 1,
        "full": CAP,
        "pool": POOL,
        "limit": limit,
        "offset": offset,
    }
    with connection.cursor() as cursor:
        cursor.execute(BY_WORDS if grams else BY_PREFIX, params)
        rows: list[tuple[Any, ...]] = cursor.fetchall()
    return Results(tuple(words), [Hit(*row[1:]) for row in rows if row[1] is not None], rows[0][0], offset)


def _words(text: str) -> list[str]:
    plain = search_key(_NOTHING.sub("", text))
    return _SEPARATORS.sub(" ", _NOTHING.sub("", plain)).split()


def _grams(words: Iterable[str]) -> list[str]:
    return sorted({word[at : at + 2] for word in words for at in range(len(word) - 1)})


def _escaped(word: str) -> str:
    return re.sub(r"([\\%_])", r"\\\1", word)


def row_of(entry: Entry) -> SearchEntry:
    """Return the unsaved row for `entry`, with the keys and bigrams by which it will be found."""
    title, body = _words(entry.title), _words(entry.body[:MAX_BODY])
    return SearchEntry(
        kind=entry.kind,
        object_id=str(entry.object_id),
        audience=sorted(set(entry.audience)),
        area_codes=sorted(set(entry.area_codes)),
        title=entry.title,
        body=entry.body,
        title_key=" ".join(title),
        text_key=" ".join(title + body),
        title_grams=_grams(title),
        grams=_grams(title + body),
        happens_at=entry.happens_at,
        weight=entry.weight,
        updated_at=clock.now(),
    )


def _write(rows: list[SearchEntry]) -> None:
    """One statement, in one order of rows: two writers of the same entries never wait for each other in a circle."""
    if rows:
        last = {(row.kind, row.object_id): row for row in rows}
        SearchEntry.objects.bulk_create(
            [last[key] for key in sorted(last)],
            update_conflicts=True,
            unique_fields=["kind", "object_id"],
            update_fields=_WRITTEN,
        )
