"""The same for many files at once: asked for here, done by one job, one transaction a file, in the order of the list.

Each file goes through the action of its own page; what that refuses is said of the file, and the others go on.
"""

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction

from communities.saving import insert, user_of
from portal.kernel import audit, jobs, permissions, uploads
from portal.kernel.actors import Actor
from portal.kernel.models import StoredFile
from portal.kernel.refusals import Refusal

from ..enums import ApplicationState, Keeping
from ..enums.approving import BATCHED, ApprovalState, BatchWay, Matter
from ..models import Application, Approval, BatchItem, BudgetLine, LetterBatch, Menu, NeedsAnswer, NeedsSurvey
from ..queries import approving as queries
from ..queries import signers

LETTERS = "grants.letters"
FILES_MAX = 300
PERMISSIONS = {
    Matter.DECISION: "grants.draft_decision",
    Matter.REJECTION: "grants.draft_decision",
    Matter.SETTLEMENT: "grants.inspect_result",
}


@transaction.atomic
def ask_letters(
    *,
    by: Actor,
    applications: Sequence[Application],
    record_number: str,
    decided_on: date,
    approver_title: str,
    approver_name: str,
    paper: StoredFile,
    effective_on: date,
    matter: Matter = Matter.DECISION,
    line: BudgetLine | None = None,
    reason: str = "",
    document_number: str = "",
    commitment_number: str = "",
) -> LetterBatch:
    """Decide, refuse or settle many files by one 決裁 that the office keeps; what is not drafted yet is drafted first.

    A grant with the computed amount, a refusal with `reason`. Files that one handles, of one menu. Raises PermissionDenied, Refusal.
    """
    menu = _check_files(by, applications, matter)
    open_ones = _check_outside(applications, menu, matter, document_number)
    _check_draft(applications, matter, line, reason)
    if paper.uploaded_by_ref != by.ref:
        raise Refusal("決裁済みの文書を、もう一度選んでください。", field="paper")
    batch = insert(
        LetterBatch(
            menu=menu, asked_by=user_of(by), way=BatchWay.RECORD, matter=matter, line=line, reason=reason,
            record_number=record_number, decided_on=decided_on, approver_title=approver_title,
            approver_name=approver_name, paper=paper, effective_on=effective_on, document_number=document_number,
            commitment_number=commitment_number,
        )
    )  # fmt: skip
    uploads.attach(paper, batch)
    items = [{"application": row, "approval": open_ones.get(row.pk)} for row in applications]
    return _start(by, batch, items)


@transaction.atomic
def ask_drafts(
    *,
    by: Actor,
    applications: Sequence[Application],
    matter: Matter = Matter.DECISION,
    line: BudgetLine | None = None,
    reason: str = "",
    memo: str = "",
) -> LetterBatch:
    """Draft many files of one menu at once, for a 決裁 that is kept here. Raises PermissionDenied, Refusal."""
    menu = _check_files(by, applications, matter)
    if menu.approval_of(matter) != Keeping.PORTAL:
        raise Refusal("このメニューの決裁は、庁内の文書管理システムで行います。", field="applications")
    _check_draft(applications, matter, line, reason)
    row = LetterBatch(
        menu=menu,
        asked_by=user_of(by),
        way=BatchWay.DRAFT,
        matter=matter,
        line=line,
        reason=reason,
        memo=memo,
    )
    return _start(by, insert(row), [{"application": one} for one in applications])


@transaction.atomic
def ask_signatures(
    *, by: Actor, approvals: Sequence[Approval], document_number: str = "", commitment_number: str = ""
) -> LetterBatch:
    """Sign the next step of many 決裁 of one matter and menu that wait for the actor. Raises PermissionDenied, Refusal."""
    _check_count(approvals, "approvals")
    items = []
    for approval in approvals:
        permissions.require(by, "grants.handle_approval", approval)
        step = queries.next_step(approval)
        if step is None or approval.application is None or not signers.signer(approval, step, by):
            raise Refusal(f"「{approval.title}」は、いまはあなたの番ではありません。", field="approvals")
        if (approval.menu_id, approval.matter) != (approvals[0].menu_id, approvals[0].matter):
            raise Refusal("同じメニューの、同じ内容の決裁だけを選んでください。", field="approvals")
        items.append({"application": approval.application, "approval": approval, "step": step.position})
    row = LetterBatch(
        menu=approvals[0].menu, asked_by=user_of(by), way=BatchWay.SIGN, matter=approvals[0].matter,
        document_number=document_number, commitment_number=commitment_number,
    )  # fmt: skip
    return _start(by, insert(row), items)


@transaction.atomic
def ask_notices(
    *, by: Actor, survey: NeedsSurvey, amounts: Sequence[tuple[NeedsAnswer, int]], notice_note: str = ""
) -> LetterBatch:
    """Give the 内示 of many municipalities of one 要望調査, each its amount (円). Raises PermissionDenied, Refusal."""
    permissions.require(by, "grants.run_programme", survey.menu.programme)
    _check_count(amounts, None)
    row = LetterBatch(
        menu=survey.menu, asked_by=user_of(by), way=BatchWay.NOTICE, matter="", reason=notice_note
    )
    items = [
        {"answer": answer, "amount_yen": amount, "answered_at": answer.answered_at}
        for answer, amount in amounts
        if answer.survey_id == survey.pk
    ]
    return _start(by, insert(row), items)


def _start(by: Actor, batch: LetterBatch, items: Sequence[dict[str, Any]]) -> LetterBatch:
    """The files in their order, and the job that goes through them."""
    for position, values in enumerate(items, start=1):
        insert(BatchItem(batch=batch, position=position, **values))
    data = {"files": len(items), "way": batch.way, "matter": batch.matter}
    audit.record("grants.letterbatch.asked", by=by, target=batch, data=data)
    jobs.enqueue(LETTERS, key=batch.job_key, obj=batch, by=by)
    return batch


def _check_files(by: Actor, applications: Sequence[Application], matter: Matter) -> Menu:
    """The one menu of the files, which the actor may handle. Raises PermissionDenied, Refusal."""
    if matter not in BATCHED:
        raise Refusal("この内容は、まとめて扱えません。", code="matter")
    _check_count(applications, "applications")
    menu = applications[0].menu
    for application in applications:
        permissions.require(by, PERMISSIONS[matter], application)
        if application.menu_id != menu.pk:
            raise Refusal("同じメニューの申請だけを選んでください。", field="applications")
    return menu


def _check_outside(
    applications: Sequence[Application], menu: Menu, matter: Matter, document_number: str
) -> dict[UUID, Approval]:
    """What is drafted already, by its file: it stays as it was drafted; the menu says it of the rest. Raises Refusal."""
    open_ones = Approval.objects.filter(
        application__in=applications, state=ApprovalState.DRAFTED, matter=matter, keeping=Keeping.EXTERNAL
    )
    found = {row.application_id: row for row in open_ones if row.application_id}
    rest = [row for row in applications if row.pk not in found]
    if rest and menu.approval_of(matter) != Keeping.EXTERNAL:
        raise Refusal(
            "このメニューの決裁は、このポータルで行います。まとめて起案してください。", field="applications"
        )
    asked = {*(row.numbering for row in found.values()), *([menu.numbering_of(matter)] if rest else [])}
    if Keeping.EXTERNAL in asked and not document_number:
        raise Refusal("文書番号を入力してください。", field="document_number")
    return found


def _check_draft(
    applications: Sequence[Application], matter: Matter, line: BudgetLine | None, reason: str
) -> None:
    if not any(row.state == ApplicationState.REVIEWING for row in applications):
        return
    if matter == Matter.DECISION and line is None:
        raise Refusal("内容審査中の申請があるときは、科目を選んでください。", field="line")
    if matter == Matter.REJECTION and not reason:
        raise Refusal("内容審査中の申請があるときは、不交付の理由を入力してください。", field="reason")


def _check_count(rows: Sequence[Any], field: str | None) -> None:
    if not rows:
        raise Refusal("1件以上選んでください。", field=field)
    if len(rows) > FILES_MAX:
        raise Refusal(f"一度に選べるのは{FILES_MAX}件までです。", field=field)
