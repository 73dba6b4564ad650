"""The one door through which a state moves. Procedures are tables of transitions, as data; see docs/workflows/.

Nothing else assigns a state. Inside one transaction `apply` locks the row, re-reads it, checks where it stands, who
asks, what they may do and whether they gave the reason, writes the state with its who/when pair, and records it.
"""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

from django.core.exceptions import ObjectDoesNotExist, PermissionDenied
from django.db import models, transaction
from django.db.models.enums import Choices
from django.utils.module_loading import autodiscover_modules

from . import audit, clock, permissions
from .actors import Actor, UserActor
from .models import TransitionNote
from .refusals import Refusal, of_row

M = TypeVar("M", bound=models.Model)


@dataclass(frozen=True, kw_only=True, slots=True)
class Transition:
    """One arrow. `stamp="published"` sets published_at and published_by; `permission` is asked of users only."""

    name: str
    label: str
    sources: frozenset[str]
    target: str
    permission: str
    actors: frozenset[type[Actor]] = field(default_factory=lambda: frozenset({UserActor}))
    needs_note: bool = False
    stamp: str = ""


class Workflow:
    """A table of transitions for one model. `states` is its TextChoices, `field` the column that only `apply` writes."""

    def __init__(
        self,
        *,
        name: str,
        model: str,
        states: type[Choices],
        transitions: Iterable[Transition],
        verbose_name: str,
        field: str = "state",
    ) -> None:
        self.name, self.model, self.states, self.field, self.verbose_name = (
            name,
            model,
            states,
            field,
            verbose_name,
        )
        self.transitions = tuple(transitions)
        self._by_name = {step.name: step for step in self.transitions}
        self._check()
        registry.append(self)

    def apply(self, obj: M, name: str, *, by: Actor, note: str = "", **fields: Any) -> M:
        """Move `obj` along `name`, saving `fields` with it, and record it. `obj` is re-read in place and returned.

        Raises Refusal (the state moved, a reason is missing) or PermissionDenied; nothing is written then.
        """
        step = self._by_name[name]
        with transaction.atomic():
            manager = type(obj)._default_manager
            obj.refresh_from_db(from_queryset=manager.select_for_update(no_key=True, of=("self",)))
            self._admit(obj, step, by, note)
            before = getattr(obj, self.field)
            changed = {**fields, self.field: step.target, **self._stamps(obj, step, by)}
            for key, value in changed.items():
                setattr(obj, key, value)
            obj.save(update_fields=list(changed))
            data = {"from": before, "to": step.target, **self._note(obj, step, by, note)}
            audit.record(f"{obj._meta.label_lower}.{name}", by=by, target=obj, data=data)
        return obj

    def apply_all(self, objs: Sequence[M], name: str, *, by: Actor) -> Sequence[M]:
        """Move all of them along `name`, or none: `apply` for each, in three statements for all of them.

        They are of one model, none twice, and without reasons or fields of their own. Raises as `apply`, with the row
        (`refusals.row_of`) that does not allow it.
        """
        if not objs:
            return objs
        step, model = self._by_name[name], type(objs[0])
        rows = model._default_manager.filter(pk__in=[obj.pk for obj in objs])
        with transaction.atomic(), audit.gathered():
            found = rows.select_for_update(no_key=True, of=("self",)).order_by("pk").in_bulk()
            before = []
            if len(found) < len(objs):
                raise ObjectDoesNotExist(self.model)
            for number, obj in enumerate(objs):
                with of_row(number):
                    _take_over(obj, found[obj.pk])
                    self._admit(obj, step, by, "")
                before.append(getattr(obj, self.field))
            changed = {self.field: step.target, **self._stamps(objs[0], step, by)}
            rows.update(**changed)
            for obj, state in zip(objs, before, strict=True):
                for key, value in changed.items():
                    setattr(obj, key, value)
                data = {"from": state, "to": step.target}
                audit.record(f"{obj._meta.label_lower}.{name}", by=by, target=obj, data=data)
        return objs

    def available(self, obj: models.Model, actor: Actor) -> list[Transition]:
        """The transitions `actor` could make now, in the order of the table; for buttons. No queries of its own."""
        state = getattr(obj, self.field)
        return [step for step in self.transitions if state in step.sources and self._may(obj, step, actor)]

    def label(self, name: str) -> str:
        """What a transition is called on screen."""
        return self._by_name[name].label

    def _may(self, obj: models.Model, step: Transition, actor: Actor) -> bool:
        if type(actor) not in step.actors:
            return False
        return not isinstance(actor, UserActor) or bool(permissions.check(actor, step.permission, obj))

    def _admit(self, obj: models.Model, step: Transition, by: Actor, note: str) -> None:
        state = getattr(obj, self.field)
        if type(by) not in step.actors:
            raise PermissionDenied(f"この手続きは、{by.verbose}では行えません。")
        if state not in step.sources:
            now = self.states(state).label
            message = f"{self.verbose_name}は、いま「{now}」です。「{step.label}」はできません。最新の内容を確かめてください。"
            raise Refusal(message, code="moved")
        if isinstance(by, UserActor):
            permissions.require(by, step.permission, obj)
        if step.needs_note and not note.strip():
            raise Refusal("理由を入力してください。相手に表示されます。", field="note", code="note")

    def _stamps(self, obj: models.Model, step: Transition, by: Actor) -> dict[str, Any]:
        if not step.stamp:
            return {}
        stamps: dict[str, Any] = {f"{step.stamp}_at": clock.now()}
        if isinstance(by, UserActor):
            stamps[f"{step.stamp}_by"] = by.user
        known = {column.name for column in obj._meta.concrete_fields}
        return {key: value for key, value in stamps.items() if key in known}

    def _note(self, obj: models.Model, step: Transition, by: Actor, note: str) -> dict[str, str]:
        if not note.strip():
            return {}
        row = TransitionNote.objects.create(
            target_type=obj._meta.label_lower,
            target_id=str(obj.pk),
            transition=step.name,
            text=note,
            author_ref=by.ref,
        )
        return {"note": str(row.pk), "note_digest": hashlib.sha256(note.encode()).hexdigest()}

    def _check(self) -> None:
        known = set(self.states.values)
        for step in self.transitions:
            if unknown := (set(step.sources) | {step.target}) - known:
                raise ValueError(f"{self.name}.{step.name}: unknown states {sorted(unknown)}")
        if len(self._by_name) != len(self.transitions):
            raise ValueError(f"{self.name}: a transition stands twice in the table")


def _take_over(obj: models.Model, found: models.Model) -> None:
    """Every column as it was just read; a relation that leads elsewhere now is read again when it is asked for."""
    for column in obj._meta.concrete_fields:
        setattr(obj, column.attname, getattr(found, column.attname))


registry: list[Workflow] = []


def discover() -> list[Workflow]:
    """Every table of the installed apps, by name. Imports their `workflow` modules."""
    autodiscover_modules("workflow")
    return sorted(registry, key=lambda flow: flow.name)


def mermaid(flow: Workflow) -> str:
    """The table as a Mermaid state diagram, for docs/workflows/."""
    lines = ["stateDiagram-v2"]
    lines += [f"    {value}: {label}" for value, label in flow.states.choices]
    for step in flow.transitions:
        note = "(理由)" if step.needs_note else ""
        lines += [f"    {source} --> {step.target}: {step.label}{note}" for source in sorted(step.sources)]
    return "\n".join(lines)
