"""How actions store a row: fields by their validators, the row's rules by the database, in Japanese either way."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any, TypeVar, cast

from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction

from portal.accounts.models import User
from portal.kernel.actors import Actor, UserActor
from portal.kernel.names import numbered, slug_from_kana
from portal.kernel.refusals import Refusal

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


def free_slug(model: type[models.Model], kana: str) -> str:
    """`base`, or `base-2`, `base-3` … when it is taken. A twin in the same second is refused by the database."""
    base = slug_from_kana(kana)
    taken = set(model._default_manager.filter(slug__startswith=base[:50]).values_list("slug", flat=True))
    return next(slug for number in range(1, len(taken) + 2) if (slug := numbered(base, number)) not in taken)


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
