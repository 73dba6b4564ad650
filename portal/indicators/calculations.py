"""Pure arithmetic of the indicator pages: the table ward × kind of actor, and the years.

A collaboration over two wards stands in both rows and once in the city's total; `overlap` is the difference.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from urllib.parse import urlencode


@dataclass(frozen=True, slots=True)
class Place:
    """A row of the table: a ward, or the city itself for what belongs to no ward."""

    code: str
    name: str
    slug: str
    is_ward: bool = True


@dataclass(frozen=True, slots=True)
class Tally:
    """How many counted collaborations share an area, a kind of actor, new/continuing, and whether several areas take part."""

    area: str
    kind: str
    continuing: bool
    count: int
    overlapping: bool = False


@dataclass(frozen=True, slots=True)
class Number:
    """One figure of the table. `query` opens the list of its records; empty when it stands for no list of its own."""

    count: int
    name: str
    query: str = ""
    strong: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the table: one number per kind, then the total, the new ones and the continuing ones."""

    name: str
    kinds: tuple[Number, ...]
    total: Number
    new: Number
    continuing: Number
    place: Place | None = None

    @property
    def numbers(self) -> tuple[Number, ...]:
        return (*self.kinds, self.total, self.new, self.continuing)


@dataclass(frozen=True, slots=True)
class Matrix:
    """The table. `by_ward` is the plain sum of the rows; by_ward − overlap = city, in every column."""

    kinds: tuple[tuple[str, str], ...]
    rows: tuple[Row, ...]
    by_ward: Row
    overlap: Row
    city: Row


def row_of(
    name: str,
    kinds: Sequence[tuple[str, str]],
    tallies: Iterable[Tally],
    *,
    place: Place | None = None,
    linked: bool = True,
) -> Row:
    """Add up tallies into one row with a number for every kind, zero ones too."""
    tallies = list(tallies)
    where = {"ward": place.slug} if place else {}

    def number(count: int, label: str, strong: bool = False, **chosen: str) -> Number:
        query = (urlencode({**where, **chosen}) or "all=1") if linked else ""
        return Number(count, f"{name} {label}", query, strong)

    total = sum(t.count for t in tallies)
    again = sum(t.count for t in tallies if t.continuing)
    return Row(
        name=name,
        place=place,
        kinds=tuple(
            number(sum(t.count for t in tallies if t.kind == key), label, actor=key) for key, label in kinds
        ),
        total=number(total, "計", strong=True),
        new=number(total - again, "新規", age="new"),
        continuing=number(again, "継続", age="continuing"),
    )


def difference(name: str, left: Row, right: Row) -> Row:
    """left − right, column by column; its numbers open the records that stand in more than one ward."""

    def minus(a: Number, b: Number) -> Number:
        query = "" if b.query == "all=1" else f"&{b.query}"
        return replace(
            b, count=a.count - b.count, name=f"{name} {b.name.split(' ', 1)[1]}", query=f"overlap=1{query}"
        )

    found = [minus(a, b) for a, b in zip(left.numbers, right.numbers, strict=True)]
    *kinds, total, new, continuing = found
    return Row(name=name, kinds=tuple(kinds), total=total, new=new, continuing=continuing)


def matrix(
    kinds: Sequence[tuple[str, str]],
    places: Sequence[Place],
    by_area: Sequence[Tally],
    city: Sequence[Tally],
) -> Matrix:
    """Build the table from tallies per area (a record in two wards twice) and of the city (each record once).

    A place that is no ward gets a row only when something is counted there.
    """
    rows = [
        row_of(
            place.name if place.is_ward else f"{place.name}(区にわけないもの)",
            kinds,
            [t for t in by_area if t.area == place.code],
            place=place,
        )
        for place in places
    ]
    shown = tuple(row for row in rows if row.total.count or (row.place and row.place.is_ward))
    by_ward, total = row_of("区の計", kinds, by_area, linked=False), row_of("市全体", kinds, city)
    return Matrix(tuple(kinds), shown, by_ward, difference("区にまたがる重なり", by_ward, total), total)


def grouped(
    rows: Sequence[Row],
    kinds: Sequence[tuple[str, str]],
    groups: Sequence[tuple[str, frozenset[str]]],
) -> list[tuple[str, list[int]]]:
    """Bars for the chart of six colours: the name of the place, and its counts by group of kinds."""
    keys = [key for key, _ in kinds]
    return [
        (
            row.name,
            [sum(n.count for key, n in zip(keys, row.kinds, strict=True) if key in own) for _, own in groups],
        )
        for row in rows
    ]


@dataclass(frozen=True, slots=True)
class YearFigures:
    """One year (年度) of the indicator: the portal's own count, and what was typed (None = 未設定)."""

    fiscal_year: int
    count: int
    official: int | None = None
    target: int | None = None

    @property
    def rate(self) -> int | None:
        """The portal's count as a percentage of the target, rounded down; None without a target above zero."""
        return self.count * 100 // self.target if self.target else None
