"""Letters for many files at once: asked for here, made by one job, one transaction a letter, in the order of the list."""

from collections.abc import Sequence
from datetime import date

from django.db import transaction

from communities.saving import insert, user_of
from portal.kernel import audit, jobs, permissions, uploads
from portal.kernel.actors import Actor
from portal.kernel.models import StoredFile
from portal.kernel.refusals import Refusal

from ..enums import ApplicationState, Keeping
from ..enums.approving import Matter
from ..models import Application, BatchItem, BudgetLine, LetterBatch, Menu

LETTERS = "grants.letters"
FILES_MAX = 300


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
    line: BudgetLine | None = None,
    document_number: str = "",
    commitment_number: str = "",
) -> LetterBatch:
    """Decide many files by one 決裁 that the office keeps: those in 内容審査 are drafted with the computed amount first.

    Only files that one holds, of one menu. The job goes through them in this order; each is decided by the rules of
    `draft_decision` and `record_approval` or says why not. Raises PermissionDenied, Refusal.
    """
    menu = _check_files(by, applications)
    if line is None and any(row.state == ApplicationState.REVIEWING for row in applications):
        raise Refusal("内容審査中の申請があるときは、科目を選んでください。", field="line")
    if menu.numbering_of(Matter.DECISION) == Keeping.EXTERNAL and not document_number:
        raise Refusal("文書番号を入力してください。", field="document_number")
    if paper.uploaded_by_ref != by.ref:
        raise Refusal("決裁済みの文書を、もう一度選んでください。", field="paper")
    batch = insert(
        LetterBatch(
            menu=menu, asked_by=user_of(by), line=line, record_number=record_number, decided_on=decided_on,
            approver_title=approver_title, approver_name=approver_name, paper=paper, effective_on=effective_on,
            document_number=document_number, commitment_number=commitment_number,
        )
    )  # fmt: skip
    uploads.attach(paper, batch)
    for position, application in enumerate(applications, start=1):
        insert(BatchItem(batch=batch, application=application, position=position))
    audit.record("grants.letterbatch.asked", by=by, target=batch, data={"files": len(applications)})
    jobs.enqueue(LETTERS, key=batch.job_key, obj=batch, by=by)
    return batch


def _check_files(by: Actor, applications: Sequence[Application]) -> Menu:
    """The one menu of the files, whose decision the actor may draft. Raises PermissionDenied, Refusal."""
    if not applications:
        raise Refusal("申請を1件以上選んでください。", field="applications")
    if len(applications) > FILES_MAX:
        raise Refusal(f"一度に選べるのは{FILES_MAX}件までです。", field="applications")
    menu = applications[0].menu
    for application in applications:
        permissions.require(by, "grants.draft_decision", application)
        if application.menu_id != menu.pk:
            raise Refusal("同じメニューの申請だけを選んでください。", field="applications")
    if menu.approval_of(Matter.DECISION) != Keeping.EXTERNAL:
        raise Refusal("このメニューの決裁は、このポータルで1件ずつ行います。", field="applications")
    return menu
