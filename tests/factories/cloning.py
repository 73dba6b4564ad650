"""Copies of a file with everything that hangs on it, rows alone: as many as a race needs, without walking each there."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import Model

from grants.models import Application
from portal.kernel.models import StoredFile


def cloned(case: Application, count: int) -> list[Application]:
    """The file and copies of it, made of what is stored now."""
    rows = list(_below(Application.objects.get(pk=case.pk), set()))
    return [case, *(_clone(case, rows) for _ in range(count - 1))]


def _clone(case: Application, rows: list[Model]) -> Application:
    keys: dict[UUID, UUID] = {row.pk: uuid4() for row in rows}

    def value_of(row: Model, name: str) -> Any:
        if name == "storage_name":
            return f"copies/{keys[row.pk].hex}"
        value = getattr(row, name)
        return keys.get(value, value) if isinstance(value, UUID) else value

    with transaction.atomic():  # foreign keys are looked at when it ends
        for row in rows:
            names = [field.attname for field in row._meta.concrete_fields]
            type(row)._default_manager.bulk_create(
                [type(row)(**{name: value_of(row, name) for name in names})]
            )
    return Application.objects.get(pk=keys[case.pk])


def _below(row: Model, seen: set[Any]) -> Iterator[Model]:
    """The row, the stored files that are its own, and, again and again, what points to it in the grants."""
    if row.pk in seen:
        return
    seen.add(row.pk)
    yield row
    for field in row._meta.concrete_fields:
        if field.one_to_one and field.related_model is StoredFile and getattr(row, field.name) is not None:
            yield getattr(row, field.name)
    for relation in row._meta.related_objects:
        model = relation.related_model
        if isinstance(model, type) and model._meta.app_label == "grants" and not relation.many_to_many:
            for below in model._default_manager.filter(**{relation.field.name: row.pk}):
                yield from _below(below, seen)
