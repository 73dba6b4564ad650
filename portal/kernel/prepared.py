"""Statements that Django builds once in a process and then only sends, each time with other values.

Building a large statement costs several milliseconds of Python, more than the database takes for its answer. A function
decorated with `prepared` says what is read; its parameters, by their types, are the values that change:

    @prepared
    def next_events(community: UUID, now: datetime) -> QuerySet[Event]: ...

    rows = list(next_events(community=row.pk, now=clock.now()))

What it gives is a QuerySet to be read as it stands: it cannot be narrowed, sliced or counted (TypeError). A value that
does not reach the statement as a parameter of its own, or a moment that is none of them, is a ValueError when it is built.
"""

import inspect
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, timedelta
from threading import Lock
from typing import Any, Generic, TypeVar
from uuid import UUID

from django.db import models
from django.db.models.sql.compiler import SQLCompiler
from django.db.models.sql.query import Query

M = TypeVar("M", bound=models.Model)
MARKS: dict[type, Callable[[int], Any]] = {
    UUID: lambda place: UUID(int=0x5EED_0000_0000_4000_8000_0000_0000_0000 + place),
    datetime: lambda place: datetime(1111, 1, 1, tzinfo=UTC) + timedelta(microseconds=place + 1),
    date: lambda place: date(1111, 2, 1 + place),
    str: lambda place: f"\x01mark {place}",
    int: lambda place: 31_313 + place,
}  # values that no row has; they hold the places of the real ones while the statement is built
COPIED = (
    "_iterable_class",
    "_fields",
    "_known_related_objects",
    "_prefetch_related_lookups",
)  # as QuerySet._clone does
KEPT = ("select", "klass_info", "annotation_col_map", "col_count", "has_extra_select")


class Prepared(Generic[M]):
    """One statement. Thread-safe; calling it costs no query."""

    def __init__(self, build: Callable[..., "models.QuerySet[M, Any]"]) -> None:
        self.build = build
        self._marks = _marks(build)
        self._lock = Lock()
        self._rows: models.QuerySet[M, Any] | None = None
        self.__doc__ = build.__doc__

    def __call__(self, **values: Any) -> "models.QuerySet[M, Any]":
        """The rows for these values: all of the parameters, by name."""
        if values.keys() != self._marks.keys():
            raise TypeError(f"{self.build.__name__} takes {sorted(self._marks)}, not {sorted(values)}")
        built: Any = self._prepared()
        query = _SentAgain.__new__(_SentAgain)
        query.__dict__ = {**built.query.__dict__, "values_now": values}
        rows = type(built)(model=built.model, query=query, using=built._db, hints=built._hints)
        for name in COPIED:
            setattr(rows, name, getattr(built, name))
        return rows  # type: ignore[no-any-return]

    def _prepared(self) -> "models.QuerySet[M, Any]":
        with self._lock:
            if self._rows is None:
                rows = self.build(**self._marks)
                compiler = rows.query.get_compiler(using=rows.db)
                sql, params = compiler.as_sql()
                rows.query.__class__ = _SentAgain
                rows.query.sql = sql  # type: ignore[attr-defined]
                rows.query.params = _places(self.build.__name__, params, self._marks)  # type: ignore[attr-defined]
                rows.query.built = {name: getattr(compiler, name) for name in KEPT}  # type: ignore[attr-defined]
                self._rows = rows
            return self._rows


def prepared(build: Callable[..., "models.QuerySet[M, Any]"]) -> Prepared[M]:
    """Decorate a function that builds a QuerySet; see the module."""
    return Prepared(build)


class _SentAgain(Query):
    """A query whose statement is there already."""

    sql: str
    params: list[tuple[str, Any]]
    built: Mapping[str, Any]
    values_now: Mapping[str, Any]

    def get_compiler(
        self, using: Any = None, connection: Any = None, elide_empty: bool = True
    ) -> SQLCompiler:
        return _Sender(self, connection or models.query.connections[using], using, elide_empty)  # type: ignore[attr-defined]

    def clone(self) -> Any:
        raise TypeError(
            "A prepared statement is read as it stands; it cannot be narrowed, sliced or counted."
        )


class _Sender(SQLCompiler):
    """Gives the statement as it was built, with the values of this call."""

    def as_sql(self, with_limits: bool = True, with_col_aliases: bool = False) -> tuple[str, tuple[Any, ...]]:
        query: Any = self.query
        for name, value in query.built.items():
            setattr(self, name, value)
        return query.sql, tuple(query.values_now[name] if name else value for name, value in query.params)


def _marks(build: Callable[..., Any]) -> dict[str, Any]:
    parameters = inspect.signature(build, eval_str=True).parameters.values()
    return {one.name: MARKS[one.annotation](place) for place, one in enumerate(parameters)}


def _places(name: str, params: Any, marks: Mapping[str, Any]) -> list[tuple[str, Any]]:
    """Each parameter as (name of the value, "") or ("", the value that never changes)."""
    places = [(_name(value, marks), value) for value in params]
    if missing := marks.keys() - {key for key, _ in places}:
        raise ValueError(f"{name}: {sorted(missing)} does not reach the statement")
    if frozen := [value for key, value in places if not key and isinstance(value, date)]:
        raise ValueError(f"{name}: {frozen[0]} would stay the same for ever; make it a parameter")
    return places


def _name(value: Any, marks: Mapping[str, Any]) -> str:
    """Which mark a parameter is; the driver's kinds of int are ints here."""
    found = (key for key, mark in marks.items() if isinstance(value, type(mark)) and value == mark)
    return next(found, "")
