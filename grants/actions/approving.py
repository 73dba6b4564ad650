"""決裁 for every table of the grants: how a case asks for it and how it ends. Read this before using it.

A table of the grants that decides something does four things.

1. It has a column of its own on `Approval`: add a nullable foreign key and its name to `models.approving.TARGETS`.
2. It drafts, in the action that moves its case to 決裁中, after the case (and its cap) is locked:

       approval = approving.draft(by=by, matter=Matter.DISPATCH, menu=menu, title=str(case), note=note, dispatch=case)
       committing.plan(by=by, approval=approval, line=line, amount_yen=amount)     # only where money is charged to a 科目

   `draft` copies from the menu whether 決裁 and 文書番号 of this matter are kept outside (default) or here, makes the steps and tells
   those who can sign the first one.
3. It says what its case does, as a `Conclusion`, and adds it to `signing.CONCLUSIONS` under the column's name:

       CONCLUSION = Conclusion(lock=lock, recheck=recheck, signed=signed, sent_back=sent_back)

   A further matter of the same kind of case (額の確定 of an application) has a `Conclusion` of its own in
   `signing.MATTERS`, under the column's name and the matter. What the page of the 決裁 shows of it: `settlement.details`.

   The pages and `signing.record_approval`, `sign_approval`, `send_back_approval` then work for it as they are.
4. When the applicant takes the case back while it is being decided, its action calls `approving.drop`.

Order of locks: case → approval → cap → budget line → counter. `signing` locks the case by `lock`, then the approval.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from communities.saving import insert, user_of
from portal.kernel import audit, permissions
from portal.kernel.actors import Actor
from portal.kernel.refusals import Refusal

from ..enums import Keeping
from ..enums.approving import Matter, StepKind
from ..mails import approving as mails
from ..models import Approval, ApprovalStep, Menu
from ..workflow import APPROVAL
from . import committing


@dataclass(frozen=True, slots=True, kw_only=True)
class Conclusion:
    """What one table's case does around the end of its 決裁. All four run in one transaction with it.

    `lock(approval)` locks and re-reads the case, before anything else is locked. `recheck(approval, decided_on)` runs before
    the last signature counts: locks the cap, and raises Refusal when the decision does not hold any more.
    `signed(by, approval)` moves the case, with everything that follows from it, and issues its letter last: 文書番号, 施行日
    and 支出負担行為 stand on the approval by then. `sent_back(by, approval, note)` moves the case back.
    """

    lock: Callable[[Approval], Any]
    recheck: Callable[[Approval, date], None]
    signed: Callable[[Actor, Approval], None]
    sent_back: Callable[[Actor, Approval, str], None]


def draft(*, by: Actor, matter: Matter, menu: Menu, title: str, note: str = "", **target: Any) -> Approval:
    """Ask for the 決裁 of `matter`; `target` is the case by the name of its column (`application=…`).

    Call it in the transaction of the case's own action. Raises PermissionDenied, Refusal (one is open already, the menu
    keeps its 決裁 here but names no steps, its budget has not passed).
    """
    permissions.require(by, "grants.draft_approval", menu)
    if menu.programme.provisional:
        raise Refusal(
            f"{menu.programme.year_label}の予算がまだ成立していません。予算の成立を記録してから、起案してください。",
            code="provisional",
        )
    approval = insert(
        Approval(
            menu=menu, matter=matter, title=title, note=note, keeping=menu.approval_of(matter),
            numbering=menu.numbering_of(matter), drafted_by=user_of(by), **target,
        )
    )  # fmt: skip
    if approval.keeping == Keeping.PORTAL:
        _make_steps(approval, menu)
        mails.due(approval)
    audit.record("grants.approval.drafted", by=by, target=approval, data={"matter": matter.value})
    return approval


def drop(*, by: Actor, approval: Approval) -> Approval:
    """End an open 決裁 because its case was taken back; its planned 支出負担行為 is released. Raises Refusal, PermissionDenied."""
    APPROVAL.apply(approval, "drop", by=by)
    committing.release(by=by, approval=approval)
    return approval


def _make_steps(approval: Approval, menu: Menu) -> None:
    if not menu.approval_steps:
        raise Refusal(
            "このメニューの決裁の順が、まだ登録されていません。事業の画面で登録してください。", code="steps"
        )
    for position, row in enumerate(menu.approval_steps, start=1):
        kind = StepKind(row.get("kind", StepKind.APPROVE))
        insert(
            ApprovalStep(
                approval=approval, position=position, kind=kind, role=row["role"], title=row["title"],
                section_id=row.get("section") or None,
            )
        )  # fmt: skip
