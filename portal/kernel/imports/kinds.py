"""What a floor says about a kind of thing that can be imported."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Protocol

from django import forms
from django.db.models import Model

from .. import wording
from ..actors import Actor

if TYPE_CHECKING:
    from ..import_models import Import, ImportRow


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A value a row can hold: how it is cleaned, what its heading may be called, what stands in the template file.

    `must_map`: without a column for it nothing can be read.
    """

    name: str
    label: str
    clean: forms.Field
    synonyms: tuple[str, ...]
    example: str
    help: str = ""
    must_map: bool = False


@dataclass(frozen=True, slots=True)
class Twin:
    """Something a row may be the same as: a row of ours by its id, or (`row`) an earlier row of the same table."""

    label: str
    why: str
    id: str = ""
    url: str = ""
    row: int = 0

    def as_json(self) -> dict[str, Any]:
        return {"label": self.label, "why": self.why, "id": self.id, "url": self.url, "row": self.row}


class Ground(Protocol):
    """What one run stands on: looked up once at its start, for the area and the person it is made for."""

    def complete(self, values: dict[str, Any], wrong: Mapping[str, str]) -> list[tuple[str, str]]:
        """Finish a row's cleaned values in place (JSON only). Returns (column name, message) for what does not fit.

        `wrong` holds the columns that are at fault already.
        """

    def twins(self, rows: Sequence[tuple[int, Mapping[str, Any]]]) -> dict[int, list[Twin]]:
        """Of these (row number, values): what each may be the same as. A constant number of queries a call."""

    def lock(self) -> None:
        """Keep others from importing into the same place until this transaction ends."""

    def register(self, rows: Sequence[Mapping[str, Any]]) -> Sequence[Model]:
        """Make the things by their normal action, in their order. A refusal knows its row (`refusals.row_of`)."""

    def merge(self, values: Mapping[str, Any], twin: str) -> tuple[Model, dict[str, Any]]:
        """Treat the row as the thing with this id. Returns it, and what must be known to undo that."""

    def withdraw(self, rows: Sequence[ImportRow]) -> None:
        """Undo rows that were made or merged. Raises Refusal naming the rows something refers to by now."""


class Grounds(Protocol):
    """Makes the ground of one run."""

    def __call__(self, imported: Import, by: Actor) -> Ground: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportKind:
    """A kind of import. `title` names the column that names the row, `shown` those that a preview shows beside it;
    `permission` is asked of whoever works on it."""

    key: str
    label: str
    unit: str
    columns: tuple[Column, ...]
    title: str
    shown: tuple[str, ...]
    permission: str
    ground: Grounds
    fields: dict[str, forms.Field] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.fields.update({column.name: column.clean for column in self.columns})
        for column in self.columns:
            column.clean.label = column.label
        wording.teach(self.fields)

    @property
    def synonyms(self) -> dict[str, tuple[str, ...]]:
        return {column.name: (column.label, *column.synonyms) for column in self.columns}

    def column(self, name: str) -> Column:
        """The column of this name. Raises StopIteration for an unknown one."""
        return next(column for column in self.columns if column.name == name)
