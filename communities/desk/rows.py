"""The frame of the desk: every kind of to-do is one branch of one UNION ALL, with the same columns and a limit of its own."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import (
    CharField,
    DateField,
    DateTimeField,
    F,
    IntegerField,
    QuerySet,
    TextField,
    UUIDField,
    Value,
)
from django.db.models.functions import Cast

from portal.accounts.scope import Scope
from portal.kernel import clock

CAP = 100  # rows of one kind that are fetched; what lies beyond comes up when these are done


class Row(NamedTuple):
    """One thing to do as the database tells it. `ref` and `slug` lead to its page, `at` is when it began to wait."""

    kind: str
    ref: UUID | None
    slug: str
    name: str
    area_code: str
    area_name: str
    note: str
    count: int
    at: datetime | None
    due_on: date | None


@dataclass(frozen=True, slots=True)
class Source:
    """One kind of to-do: its rows for a scope (None: not for this person), in the order in which they matter."""

    kind: str
    rows: Callable[[Scope], "QuerySet[Any, Any] | None"]


def for_roles(kind: str, rows: Callable[[frozenset[str]], "QuerySet[Any, Any]"], *roles: str) -> Source:
    """A kind for those who hold one of `roles` somewhere: `rows` gets the codes of their areas. No branch for others."""

    def of(scope: Scope) -> "QuerySet[Any, Any] | None":
        areas = scope.areas(*roles)
        return rows(areas) if areas else None

    return Source(kind, of)


_FIELDS = {
    "kind": TextField(),
    "ref": UUIDField(),
    "slug": TextField(),
    "name": TextField(),
    "area_code": CharField(max_length=6),
    "area_name": TextField(),
    "note": TextField(),
    "count": IntegerField(),
    "at": DateTimeField(),
    "due_on": DateField(),
}
_EMPTY = {"slug": "", "name": "", "area_code": "", "area_name": "", "note": "", "count": 1}


def branch(rows: "QuerySet[Any, Any]", kind: str, *, order: str = "", **columns: Any) -> "QuerySet[Any, Any]":
    """`rows` with the columns of the desk: paths or expressions by the names of `Row`; what is not named is empty.

    `order` is a column made here (「desk_at」), for rows that are grouped; others come ordered.
    """
    made = {}
    for name, column in _FIELDS.items():
        given = columns.get(name, _EMPTY.get(name)) if name != "kind" else None
        if name == "kind":
            made["desk_kind"] = Value(kind, output_field=column)
        elif name in columns and isinstance(given, str):
            made[f"desk_{name}"] = Cast(F(given), column) if column.__class__ is TextField else F(given)
        elif name in columns:
            made[f"desk_{name}"] = given
        else:
            made[f"desk_{name}"] = (
                Cast(Value(given), column) if given is None else Value(given, output_field=column)
            )
    made_rows = rows.annotate(**made)
    return (made_rows.order_by(order) if order else made_rows).values_list(*made)


def fetch(sources: Iterable[Source], scope: Scope) -> list[Row]:
    """The rows of all branches that are for this person. One statement, none without a branch."""
    found = [rows for source in sources if (rows := source.rows(scope)) is not None]
    if not found:
        return []
    first, *others = (rows[:CAP] for rows in found)
    united = first.union(*others, all=True) if others else first
    return [Row(*values) for values in united]


def day(moment: datetime) -> date:
    """The day of an instant in Japan."""
    return moment.astimezone(clock.JST).date()
