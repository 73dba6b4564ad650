"""What a floor says about a list that can be taken out."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from .. import paging
from ..actors import Actor
from ..sheets import Cell


@dataclass(frozen=True, slots=True)
class ExportColumn:
    """A column: its heading, what it shows of a row, its width in characters."""

    label: str
    value: Callable[[Any], Cell]
    width: int = 16


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportKind:
    """A list. `rows` gives what this actor may see of it now, under the filters, with what the columns need loaded.

    `order` names columns as paging.walk takes them, and `apart` the column that leads the index of that order: each chunk
    is then one range of it. `params` are the filters it understands. Where `admits` is set it
    raises PermissionDenied for whoever may see the list but not take it out. `asks_purpose`: it holds people.
    `more` gives the columns that only one such list has (the questions of a paper), to the right of `columns`.
    """

    key: str
    label: str
    columns: tuple[ExportColumn, ...]
    rows: Callable[[Actor, Mapping[str, str]], QuerySet[Any]]
    order: tuple[str, ...]
    apart: str = ""
    roles: tuple[str, ...]
    params: tuple[str, ...] = ()
    admits: Callable[[Actor, Mapping[str, str]], None] | None = None
    asks_purpose: bool = False
    note: str = ""
    more: Callable[[Actor, Mapping[str, str]], Sequence[ExportColumn]] | None = None

    def columns_for(self, by: Actor, params: Mapping[str, str]) -> tuple[ExportColumn, ...]:
        """All columns of this list under these filters."""
        return (*self.columns, *(self.more(by, params) if self.more else ()))

    def walk(self, by: Actor, params: Mapping[str, str], *, chunk: int) -> Iterator[Any]:
        """Every row that this actor may see now, `chunk` at a time."""
        return paging.walk(self.rows(by, params), order=self.order, chunk=chunk, apart=self.apart)

    def known(self, params: Mapping[str, str]) -> dict[str, str]:
        """Of what stands in an address, the filters of this list."""
        return {name: params[name][:100] for name in self.params if params.get(name)}
