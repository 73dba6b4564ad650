"""How an import runs, as a table, and who may work on it: whoever may do the same by hand."""

from __future__ import annotations

from typing import Any

import rules

from .. import permissions, ports
from ..actors import Actor, JobActor, UserActor
from ..import_models import ImportState
from ..workflow import Transition, Workflow

WORK = "kernel.work_on_import"


@rules.predicate  # type: ignore[untyped-decorator]
def may_work_on(actor: Actor, imported: Any) -> bool:
    """The kind's own permission, asked of the import."""
    return bool(permissions.check(actor, ports.import_kinds[imported.kind].permission, imported))


permissions.define(WORK, may_work_on, reason="この表を扱えるのは、その地域の担当者だけです。")

_OPEN = frozenset({ImportState.UPLOADED, ImportState.MAPPED, ImportState.PREVIEWED})
IMPORT = Workflow(
    name="import",
    model="kernel.Import",
    states=ImportState,
    verbose_name="まとめての登録",
    transitions=(
        Transition(name="map", label="列を決める", sources=_OPEN, target=ImportState.MAPPED, permission=WORK),
        Transition(
            name="preview",
            label="読み取る",
            sources=frozenset({ImportState.MAPPED}),
            target=ImportState.PREVIEWED,
            permission=WORK,
            actors=frozenset({JobActor}),
            stamp="previewed",
        ),
        Transition(
            name="apply",
            label="登録する",
            sources=frozenset({ImportState.PREVIEWED}),
            target=ImportState.APPLIED,
            permission=WORK,
            stamp="applied",
        ),
        Transition(
            name="undo",
            label="登録を取り消す",
            sources=frozenset({ImportState.APPLIED}),
            target=ImportState.UNDONE,
            permission=WORK,
            stamp="undone",
        ),
        Transition(
            name="discard",
            label="取りやめる",
            sources=_OPEN,
            target=ImportState.DISCARDED,
            permission=WORK,
            actors=frozenset({UserActor, JobActor}),
        ),
    ),
)
