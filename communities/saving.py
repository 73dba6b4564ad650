"""How actions store a row: fields by their validators, the row's rules by the database, in Japanese either way."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import reduce
from itertools import count
from operator import or_
from typing import Any, TypeVar, cast

from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction
from django.db.models import Q

from portal.accounts.models import User
from portal.kernel.actors import Actor, UserActor
from portal.kernel.names import numbered, slug_from_kana
from portal.kernel.refusals import Refusal, of_row

CHUNK = 500
M = TypeVar("M", bound=models.Model)


def user_of(by: Actor) -> User | None:
    """The signed-in person behind an actor, None for the others."""
    return cast(User, by.user) if isinstance(by, UserActor) else None


def insert(row: M, *, final: bool = False) -> M:
    """Insert `row`. Raises ValidationError for a field or a check constraint, Refusal when a twin came first.

    `final`: a refusal ends the whole transaction, and nobody goes on in it, so no savepoint is needed.
    """
    row.clean_fields(exclude=_relations(row))
    with _explained(row, savepoint=not final):
        row.save(force_insert=True)
    return row


def insert_all(rows: Sequence[M]) -> Sequence[M]:
    """`insert` for many, 500 a statement. Raises as `insert`, with the row (`refusals.row_of`) that is refused.

    A statement does not tell which row the database refused: then each is tried alone, which names it.
    """
    if not rows:
        return rows
    for number, row in enumerate(rows):
        with of_row(number):
            row.clean_fields(exclude=_relations(row))
    try:
        with transaction.atomic():
            type(rows[0])._default_manager.bulk_create(rows, batch_size=CHUNK)
    except IntegrityError:
        for number, row in enumerate(rows):
            with of_row(number), _explained(row):
                row.save(force_insert=True)
    return rows


def locked(row: M) -> M:
    """Re-read `row` under its lock, in place."""
    manager = type(row)._default_manager
    row.refresh_from_db(from_queryset=manager.select_for_update(no_key=True, of=("self",)))
    return row


def change(row: M, fields: Mapping[str, Any]) -> list[str]:
    """Set `fields` on a locked row and save what differs. Returns the names of what differed. Raises as `insert`."""
    changed = sorted(name for name, value in fields.items() if getattr(row, name) != value)
    for name in changed:
        setattr(row, name, fields[name])
    if changed:
        row.clean_fields(exclude=_relations(row))
        with _explained(row):
            row.save(update_fields=changed)
    return changed


def free_slug(model: type[models.Model], reading: str) -> str:
    """`free_slugs` for one."""
    return free_slugs(model, [reading])[0]


def free_slugs(model: type[models.Model], readings: Sequence[str]) -> list[str]:
    """An address part for each: `base`, or `base-2`, `base-3` … when it is taken, by a row or by an earlier one here.

    One statement, two when one is taken. A twin in the same second is refused by the database.
    """
    bases = [numbered(slug_from_kana(reading), 1) for reading in readings]
    slugs = model._default_manager.values_list("slug", flat=True)
    taken = set(slugs.filter(slug__in=bases))
    again = {base for base in bases if base in taken or bases.count(base) > 1}
    if again:
        alike = [Q(slug__startswith=base[:50]) for base in sorted(again)]
        taken.update(slugs.filter(reduce(or_, alike)))
    return [_next_free(base, taken) for base in bases]


def _next_free(base: str, taken: set[str]) -> str:
    """The first number of `base` that is not taken; it is, from then on."""
    found = next(slug for number in count(1) if (slug := numbered(base, number)) not in taken)
    taken.add(found)
    return found


@contextmanager
def _explained(row: models.Model, *, savepoint: bool = True) -> Iterator[None]:
    """Turn a constraint's refusal into its own Japanese message. The database alone decides, also between two at once."""
    try:
        with transaction.atomic(savepoint=savepoint):
            yield
    except IntegrityError as problem:
        name = getattr(getattr(problem.__cause__, "diag", None), "constraint_name", None)
        rule = next((rule for rule in row._meta.constraints if rule.name == name), None)
        if rule is None:
            raise
        message = str(rule.get_violation_error_message())
        if isinstance(rule, models.CheckConstraint):
            raise ValidationError(message, code=str(name)) from problem
        raise Refusal(message, code="twice") from problem


def _relations(row: models.Model) -> set[str]:
    return {field.name for field in row._meta.concrete_fields if field.is_relation}
