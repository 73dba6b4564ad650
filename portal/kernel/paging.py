"""Pages of a list by key: as fast 80,000 rows deep as on the first page, and steady while rows come and go.

A cursor is signed and holds a digest of the filters, the sort values and the key of the row it stands at. A cursor that is
broken, forged or made for other filters leads to the first page. Sort values stand readable in the address: do not sort
by what must not appear there.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, time
from functools import cached_property, partial
from typing import Any, Generic, TypeVar

from django.core import signing
from django.core.exceptions import FieldDoesNotExist, ValidationError
from django.db.models import BooleanField, F, Field, Func, Model, Q, QuerySet, Value
from django.db.models.expressions import OrderBy
from django.http import HttpRequest

CAP = 1_000
PER_PAGE = 20
LONGEST_CURSOR = 2_000
_SALT = "kernel.paging"
Row = TypeVar("Row", bound=Model)


@dataclass(frozen=True, slots=True)
class _Key:
    """One sort column: its path, where a row carries its value, which way it goes, whether it may be empty."""

    name: str
    carried: str
    descending: bool
    column: Field[Any, Any]
    nullable: bool

    def order(self, *, back: bool) -> OrderBy:
        """Empty values go last in either direction, so that they can be paged through like any other."""
        expression = F(self.name)
        ends: dict[str, bool] = (
            {} if not self.nullable else {"nulls_first": True} if back else {"nulls_last": True}
        )
        return expression.desc(**ends) if self.descending != back else expression.asc(**ends)

    def equal(self, value: Any) -> Q:
        return Q(**{f"{self.name}__isnull": True}) if value is None else Q(**{self.name: value})

    def beyond(self, value: Any, *, back: bool) -> Q | None:
        """Rows that come after `value` in this column (before it, going back). None: there are none."""
        if value is None:
            return Q(**{f"{self.name}__isnull": False}) if back else None
        beyond = Q(**{f"{self.name}__{'lt' if self.descending != back else 'gt'}": value})
        return beyond | Q(**{f"{self.name}__isnull": True}) if self.nullable and not back else beyond

    def dump(self, row: Any) -> str | None:
        value = row[self.carried] if isinstance(row, dict) else getattr(row, self.carried)
        return value.isoformat() if isinstance(value, date | time) else None if value is None else str(value)

    def load(self, written: str | None) -> Any:
        if written is None and not self.nullable:
            raise ValidationError("empty")
        return None if written is None else self.column.to_python(written)


class _Beyond(Func):
    """(a, b) > (x, y): one range of the index, when all columns go the same way and none is empty."""

    conditional = True

    def __init__(self, keys: Sequence[_Key], values: Sequence[Any], *, below: bool) -> None:
        typed = [Value(value, output_field=key.column) for key, value in zip(keys, values, strict=True)]
        super().__init__(*[F(key.name) for key in keys], *typed, output_field=BooleanField())
        self.below = below

    def as_sql(  # type: ignore[override]
        self, compiler: Any, connection: Any, **extra: Any
    ) -> tuple[str, list[Any]]:
        made = [compiler.compile(source) for source in self.get_source_expressions()]
        half = len(made) // 2
        left, right = ", ".join(sql for sql, _ in made[:half]), ", ".join(sql for sql, _ in made[half:])
        return f"({left}) {'<' if self.below else '>'} ({right})", [one for _, some in made for one in some]


@dataclass
class Page(Generic[Row]):
    """One page. Iterable. `next_url`, `previous_url` and `first_url` are 「?…」 with the filters kept, or empty."""

    items: list[Row]
    next_url: str
    previous_url: str
    first_url: str
    is_first: bool
    all: QuerySet[Row] = field(repr=False)

    def __iter__(self) -> Iterator[Row]:
        return iter(self.items)

    def __len__(self) -> int:
        return len(self.items)

    @property
    def is_last(self) -> bool:
        return not self.next_url

    @property
    def has_other_pages(self) -> bool:
        return bool(self.next_url or self.previous_url)

    @cached_property
    def count(self) -> int:
        """How many rows the filters give, at most 1,001. One statement, only when it is asked for."""
        return capped_count(self.all)

    @property
    def count_label(self) -> str:
        """「12件」, 「1,000件以上」. One statement."""
        return count_label(self.count)


def capped_count(queryset: QuerySet[Any], cap: int = CAP) -> int:
    """Return how many rows there are, at most `cap` + 1. One statement that stops counting there.

    Only keys are read: what lists annotate (a count per row) would else be computed for every row that is counted.
    """
    return queryset.order_by().values("pk")[: cap + 1].count()


def count_label(count: int, cap: int = CAP) -> str:
    """Return 「12件」, or 「1,000件以上」 above the cap."""
    return f"{cap:,}件以上" if count > cap else f"{count:,}件"


def keyset(
    request: HttpRequest,
    queryset: QuerySet[Row],
    *,
    order: Sequence[str],
    per_page: int = PER_PAGE,
    name: str = "cursor",
    filled: Collection[str] = (),
    first: QuerySet[Row] | None = None,
) -> Page[Row]:
    """Return the page of `queryset` that the address asks for, in one statement.

    `order` names columns (「-starts_at」, 「community__title」, an annotation); the primary key is added when they do not
    tell all rows apart. Rows with an empty value go last, and are walked through (fit for ≤ 10,000 rows): name in
    `filled` the nullable columns and annotations that are never empty here, and an index serves them at any depth.
    `name` is the parameter of the cursor, for pages with two lists. `first` is the first page as a prepared statement: the
    first `per_page` + 1 rows of `queryset` in this order, which most people ask for and which is not built each time.
    Raises FieldDoesNotExist for an unknown column.
    """
    keys = _keys(queryset, order, filled)
    digest = _digest(request, queryset, order, name)
    values, back = _read(request.GET.get(name, ""), keys, digest)
    fetch = partial(_fetch, queryset, keys, count=per_page + 1, first=first)
    items = fetch(values, back=back)
    if values is not None and not items:  # everything beyond the cursor has gone
        values, back = None, False
        items = fetch(None, back=False)
    more, items = len(items) > per_page, items[:per_page]
    if back:
        items.reverse()
    has_next, has_previous = (True, more) if back else (more, values is not None)
    return Page(
        items=items,
        next_url=_url(request, name, _write(items[-1], keys, digest, back=False)) if has_next else "",
        previous_url=_url(request, name, _write(items[0], keys, digest, back=True)) if has_previous else "",
        first_url=_url(request, name, "") if has_previous else "",
        is_first=not has_previous,
        all=queryset,
    )


def walk(
    queryset: QuerySet[Row], *, order: Sequence[str], chunk: int = 500, apart: str = ""
) -> Iterator[Row]:
    """Every row of `queryset`, read by key `chunk` at a time: as quick at the end as at the beginning, for exports.

    `order` as for `keyset`. Rows that come or go meanwhile are met or not, but no row is met twice.
    `apart` names the column that leads the index (「area」): the rows of each of its values are walked for themselves, in
    the order of the values. Else several values are sorted anew for every chunk: 100,000 rows cost as much as 200 sorts.
    """
    if apart:
        for value in list(queryset.order_by(apart).values_list(apart, flat=True).distinct()):
            yield from _walk(queryset.filter(**{apart: value}), order, chunk)
    else:
        yield from _walk(queryset, order, chunk)


def _walk(queryset: QuerySet[Row], order: Sequence[str], chunk: int) -> Iterator[Row]:
    keys = _keys(queryset, order, ())
    values: list[Any] | None = None
    while rows := _fetch(queryset, keys, values, back=False, count=chunk):
        yield from rows
        values = [getattr(rows[-1], key.carried) for key in keys]


def _keys(queryset: QuerySet[Any], order: Sequence[str], filled: Collection[str]) -> list[_Key]:
    """The sort columns, and the primary key when they do not tell all rows apart."""
    keys = [_key(queryset, place, column, filled) for place, column in enumerate(order)]
    if not any(key.column.unique and not key.nullable and "__" not in key.name for key in keys):
        keys.append(_key(queryset, len(keys), "-pk" if keys and keys[0].descending else "pk", ()))
    return keys


def _key(queryset: QuerySet[Any], place: int, column: str, filled: Collection[str]) -> _Key:
    path = column.removeprefix("-")
    may_be_empty = path not in filled
    if path in queryset.query.annotations:
        made = queryset.query.annotations[path].output_field
        return _Key(path, path, column.startswith("-"), made, may_be_empty)
    model, nullable, found = queryset.model, False, None
    for step in path.split("__"):
        if model is None:
            raise FieldDoesNotExist(path)
        found = model._meta.pk if step == "pk" else model._meta.get_field(step)
        nullable = may_be_empty and (nullable or bool(getattr(found, "null", False)))
        model = found.related_model
    if not isinstance(found, Field):
        raise FieldDoesNotExist(path)
    if "__" in path:
        return _Key(path, f"keyset_{place}", column.startswith("-"), found, nullable)
    return _Key(found.attname, found.attname, column.startswith("-"), found, nullable)


def _fetch(
    queryset: QuerySet[Row],
    keys: Sequence[_Key],
    values: Sequence[Any] | None,
    *,
    back: bool,
    count: int,
    first: QuerySet[Row] | None = None,
) -> list[Row]:
    if first is not None and values is None:
        return list(first)
    rows = queryset.annotate(**{key.carried: F(key.name) for key in keys if key.carried != key.name})
    rows = rows.order_by(*[key.order(back=back) for key in keys])
    if values is not None:
        rows = rows.filter(_condition(keys, values, back=back))
    return list(rows[:count])


def _condition(keys: Sequence[_Key], values: Sequence[Any], *, back: bool) -> Q:
    first = keys[0]
    plain = not any(key.nullable for key in keys)
    if plain and len({key.descending for key in keys}) == 1:
        return Q(_Beyond(keys, values, below=first.descending != back))
    condition: Q | None = None
    for key, value in reversed(list(zip(keys, values, strict=True))):
        beyond = key.beyond(value, back=back)
        tied = key.equal(value) & condition if condition is not None else None
        condition = beyond if tied is None else tied if beyond is None else beyond | tied
    if condition is None:
        return Q(pk__in=[])
    if not plain:
        return condition
    # The same once more as a plain range of the leading column: that is what the index can use.
    return Q(**{f"{first.name}__{'lte' if first.descending != back else 'gte'}": values[0]}) & condition


def _digest(request: HttpRequest, queryset: QuerySet[Any], order: Sequence[str], name: str) -> str:
    filters = sorted((key, values) for key, values in request.GET.lists() if key != name)
    content = repr((request.path, queryset.model._meta.label_lower, list(order), filters))
    return hashlib.sha256(content.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def _write(row: Any, keys: Sequence[_Key], digest: str, *, back: bool) -> str:
    return signing.dumps([digest, int(back), [key.dump(row) for key in keys]], salt=_SALT)


def _read(cursor: str, keys: Sequence[_Key], digest: str) -> tuple[list[Any] | None, bool]:
    """Return the values of the cursor and whether it looks back; (None, False) for anything that is not ours."""
    if not cursor or len(cursor) > LONGEST_CURSOR:
        return None, False
    try:
        made_for, back, written = signing.loads(cursor, salt=_SALT)
        values = [key.load(value) for key, value in zip(keys, written, strict=True)]
    except (signing.BadSignature, ValidationError, ValueError, TypeError):
        return None, False
    return (values, bool(back)) if made_for == digest else (None, False)


def _url(request: HttpRequest, name: str, cursor: str) -> str:
    params = request.GET.copy()
    params.pop(name, None)
    if cursor:
        params[name] = cursor
    return f"?{params.urlencode()}" if params else request.path
