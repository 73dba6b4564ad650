"""Taking back what an import brought in: only while nothing refers to it and nobody has worked on it since."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, TypeVar
from uuid import UUID

from django.db import transaction
from django.db.models import Model, QuerySet

from portal.kernel import audit, permissions, search
from portal.kernel.actors import Actor
from portal.kernel.models import AuditEntry
from portal.kernel.refusals import Refusal

from ..models import Community, Event, EventSeats

M = TypeVar("M", bound=Model)
OWN = (EventSeats,)  # a part of the row itself
NAMED = 3  # rows that a refusal names


@transaction.atomic
def withdraw_communities(*, by: Actor, made: Mapping[str, int]) -> None:
    """Remove communities as if they had never been registered. `made`: id → row number, for what a refusal says.

    Raises Refusal when anything refers to one of them or it was changed since, PermissionDenied.
    """
    rows = _free(Community.objects.select_related("area"), made, ("registered", "publish"))
    with audit.gathered():
        for row in rows:
            permissions.require(by, "communities.publish_community", row)
            audit.record("communities.community.withdrawn", by=by, target=row, data={"area": row.area_id})
    _remove(rows, "community")


@transaction.atomic
def withdraw_events(*, by: Actor, made: Mapping[str, int]) -> None:
    """Remove events as if they had never been created, while nobody has registered. See `withdraw_communities`."""
    rows = _free(Event.objects.select_related("seats", "host_community"), made, ("created", "publish"))
    with audit.gathered():
        for row in rows:
            permissions.require(by, "communities.run_event", row)
            audit.record("communities.event.withdrawn", by=by, target=row, data={"area": row.area_id})
    _remove(rows, "event")


def _free(rows: QuerySet[M], made: Mapping[str, int], born: Iterable[str]) -> list[M]:
    """The rows, locked so that nothing can begin to refer to them. Raises Refusal when something does already."""
    locked = rows.select_for_update(of=("self",)).filter(pk__in=[UUID(key) for key in made]).order_by("pk")
    found = list(locked)
    why: dict[str, str] = {}
    for relation in _pointing_at(rows.model):
        there = relation.related_model._base_manager.filter(**{f"{relation.field.name}__in": found})
        label = relation.related_model._meta.verbose_name
        for key in set(there.values_list(relation.field.name, flat=True)):
            why.setdefault(str(key), f"「{label}」の記録があります")
    own = [f"{rows.model._meta.label_lower}.{name}" for name in born]
    touched = AuditEntry.objects.filter(
        target_type=rows.model._meta.label_lower, target_id__in=[str(row.pk) for row in found]
    ).exclude(event__in=own)
    for key in touched.values_list("target_id", flat=True).distinct():
        why.setdefault(key, "登録のあとに手が加えられています")
    if why:
        named = [
            f"{made[str(row.pk)]}行目「{row}」は、{why[str(row.pk)]}。" for row in found if str(row.pk) in why
        ]
        rest = f"ほかに{len(named) - NAMED}行あります。" if len(named) > NAMED else ""
        raise Refusal(f"取り消せませんでした。{''.join(named[:NAMED])}{rest}", code="referred")
    return found


def _pointing_at(model: type[Model]) -> list[Any]:
    """Every relation by which another row can point at one of `model`, hidden ones too."""
    return [
        relation
        for relation in model._meta.get_fields(include_hidden=True)
        if relation.auto_created
        and not relation.concrete
        and relation.related_model not in OWN
        and relation.related_model._meta.auto_created is not model  # type: ignore[union-attr]
        and not getattr(relation, "many_to_many", False)
    ]


def _remove(rows: Sequence[Model], kind: str) -> None:
    if not rows:
        return
    keys = [row.pk for row in rows]
    search.drop_many(kind=kind, object_ids=keys)
    type(rows[0])._default_manager.filter(pk__in=keys).delete()
