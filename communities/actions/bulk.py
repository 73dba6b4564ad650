"""One step for many rows: each through its own action, its own permission and its own savepoint.

run = run_bulk(by=officer, step=BulkStep.ACCEPT, rows=[membership, …])
run.rows → [{"id": "…", "ok": True}, {"id": "…", "ok": False, "why": "参加は、いま「参加中」です。…"}]
"""

from collections.abc import Callable, Sequence
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import models, transaction

from portal.kernel import audit
from portal.kernel.actors import UserActor
from portal.kernel.refusals import Refusal

from ..models import BulkRun, BulkStep
from ..saving import insert
from .collaborations import count_collaboration, ward_confirm_collaboration
from .communities import move_community
from .letters import write_to_organisers
from .memberships import accept_member

MOST = 200  # rows of one run: they share one transaction, in the order of their ids
Act = Callable[..., Any]


@transaction.atomic
def run_bulk(
    *, by: UserActor, step: str, rows: Sequence[models.Model], subject: str = "", text: str = ""
) -> BulkRun:
    """Do `step` to every row that allows it, and write down row by row what happened and why not.

    A refused row changes nothing and stops nobody. Raises Refusal for no row or more than 200.
    """
    if not rows:
        raise Refusal("まだ一つも選んでいません。一覧にもどって選んでください。", code="empty")
    if len(rows) > MOST:
        raise Refusal(f"一度にできるのは、{MOST}件までです。", code="many")
    run = BulkRun(step=step, run_by=by.user)
    act = _act(run, by, subject, text)
    run.rows = [_one(act, row) for row in sorted(rows, key=lambda row: str(row.pk))]
    run.done_count = sum(1 for row in run.rows if row["ok"])
    run.refused_count = len(run.rows) - run.done_count
    insert(run)
    audit.record(
        "communities.bulkrun.ran", by=by, target=run,
        data={"step": step, "done": run.done_count, "refused": run.refused_count},
    )  # fmt: skip
    return run


def _one(act: Act, row: models.Model) -> dict[str, Any]:
    """What came of one row, inside its own savepoint."""
    try:
        with transaction.atomic():
            act(row)
    except Refusal as refusal:
        return {"id": str(row.pk), "ok": False, "why": refusal.message}
    except PermissionDenied as denied:
        return {"id": str(row.pk), "ok": False, "why": str(denied)}
    except ValidationError as problem:
        return {"id": str(row.pk), "ok": False, "why": " ".join(problem.messages)}
    return {"id": str(row.pk), "ok": True}


def _act(run: BulkRun, by: UserActor, subject: str, text: str) -> Act:
    """The action behind a step."""
    acts: dict[str, Act] = {
        BulkStep.PUBLISH: lambda row: move_community(by=by, community=row, step="publish"),
        BulkStep.REST: lambda row: move_community(by=by, community=row, step="rest"),
        BulkStep.WRITE: lambda row: write_to_organisers(
            by=by, community=row, subject=subject, text=text, letter=run.pk
        ),
        BulkStep.ACCEPT: lambda row: accept_member(by=by, membership=row),
        BulkStep.CONFIRM: lambda row: ward_confirm_collaboration(by=by, collaboration=row),
        BulkStep.COUNT: lambda row: count_collaboration(by=by, collaboration=row),
    }
    return acts[run.step]
