"""The job of a batch: one transaction a file, safe when its worker is killed between any two."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import QuerySet

from communities.saving import locked
from portal.accounts.models import User
from portal.kernel.actors import UserActor
from portal.kernel.jobs import Running
from portal.kernel.refusals import Refusal

from . import capped, needs, queries
from .actions import deciding, signing
from .actions.needs import notice_needs
from .enums import ApplicationState
from .enums.approving import ApprovalState, BatchOutcome, BatchWay, Matter
from .mails import approving as mails
from .models import Application, Approval, BatchItem, LetterBatch, NeedsAnswer
from .settlement.actions import settling


def make_letters(job: Running) -> None:
    """Go through the files that still wait, in their order. A file that cannot go through says why; the others go on."""
    batch: LetterBatch = job.obj
    by = UserActor(User.objects.get(pk=batch.asked_by_id))
    total = batch.items.count()
    waiting = batch.items.filter(outcome=BatchOutcome.WAITING).order_by("position")
    for pk in list(waiting.values_list("pk", flat=True)):
        with transaction.atomic(), mails.told_together():
            job.hold()
            item = batch.items.select_for_update(no_key=True, of=("self",)).get(pk=pk)
            if item.outcome == BatchOutcome.WAITING:
                _decide(item, batch, by)
        job.progress(batch.items.exclude(outcome=BatchOutcome.WAITING).count(), total)
    if batch.way in (BatchWay.DRAFT, BatchWay.SIGN):
        with transaction.atomic():
            job.hold()
            mails.due_together(batch)


def _decide(item: BatchItem, batch: LetterBatch, by: UserActor) -> None:
    """Do what was asked with one file and note the result; a refusal undoes all of it and is noted."""
    number = _numbered(batch) + 1
    try:
        with transaction.atomic():
            if item.answer_id is not None:
                _notice(item, batch, by)
            else:
                _handle(item, batch, by, number)
            item.outcome = BatchOutcome.DONE
    except (Refusal, PermissionDenied) as problem:
        item.outcome, item.message = BatchOutcome.REFUSED, str(problem)[:1000]
    except ValidationError as problem:
        item.outcome, item.message = BatchOutcome.REFUSED, " ".join(problem.messages)[:1000]
    item.save(update_fields=["outcome", "message"])


def _handle(item: BatchItem, batch: LetterBatch, by: UserActor, number: int) -> None:
    application = queries.with_case(Application.objects.all()).get(pk=item.application_id)
    if batch.way == BatchWay.SIGN:
        _sign(application, batch, by, number, item)
        return
    drafted = item.approval_id is None and _draft(application, batch, by)
    if batch.way == BatchWay.RECORD:
        _record(application, batch, by, number, item)
    elif not drafted:
        raise Refusal(f"この申請は、いま「{application.get_state_display()}」です。起案できません。")


def _draft(application: Application, batch: LetterBatch, by: UserActor) -> bool:
    """Draft the file where it is not drafted yet; whether it was."""
    queries.lock(application)
    reviewing = application.state == ApplicationState.REVIEWING
    if batch.matter == Matter.DECISION and reviewing:
        if batch.line is None:
            raise Refusal("科目が選ばれていません。")
        most = capped.most(application, capped.lock_left(application))
        deciding.draft_decision(
            by=by, application=application, amount_yen=most, line=batch.line, memo=batch.memo
        )
    elif batch.matter == Matter.REJECTION and reviewing:
        if not batch.reason:
            raise Refusal("不交付の理由がありません。")
        deciding.draft_rejection(by=by, application=application, reason=batch.reason, memo=batch.memo)
    elif batch.matter == Matter.SETTLEMENT and not _open(application).exists():
        settling.draft_settlement(by=by, application=application, memo=batch.memo)
    else:
        return False
    return True


def _record(
    application: Application, batch: LetterBatch, by: UserActor, number: int, item: BatchItem
) -> None:
    """The 決裁 that was open when asked, else the one just drafted: its drafter is who asked."""
    approval = item.approval or _drafted(application, batch)
    if item.approval is None and approval.drafted_by_id != batch.asked_by_id:
        raise Refusal("選んだあとで、ほかの人が起案しました。内容を確かめて、もう一度選んでください。")
    signing.record_shared(
        by=by,
        approval=approval,
        batch=batch,
        document_number=_branch(batch.document_number, number),
        commitment_number=_branch(batch.commitment_number, number),
    )


def _sign(application: Application, batch: LetterBatch, by: UserActor, number: int, item: BatchItem) -> None:
    """The very 決裁 that was chosen: drafted anew meanwhile, it is another, and waits to be read."""
    signing.sign_approval(
        by=by,
        approval=item.approval or _drafted(application, batch),
        position=item.step,
        document_number=_branch(batch.document_number, number),
        commitment_number=_branch(batch.commitment_number, number),
    )


def _notice(item: BatchItem, batch: LetterBatch, by: UserActor) -> None:
    answer = needs.loaded(NeedsAnswer.objects.all()).get(pk=item.answer_id)
    locked(answer)
    if answer.answered_at != item.answered_at:
        raise Refusal("選んだあとで、回答が戻されたか、出しなおされました。最新の回答を確かめてください。")
    notice_needs(by=by, answer=answer, notice_yen=item.amount_yen or 0, notice_note=batch.reason)


def _numbered(batch: LetterBatch) -> int:
    """How many of its letters have taken a number: of what was signed, those for which it was the last signature."""
    done = batch.items.filter(outcome=BatchOutcome.DONE)
    if batch.way == BatchWay.SIGN:
        done = done.filter(approval__state=ApprovalState.SIGNED)
    return done.count()


def _open(application: Application) -> QuerySet[Approval]:
    return application.approvals.filter(state=ApprovalState.DRAFTED)


def _drafted(application: Application, batch: LetterBatch) -> Approval:
    """The open 決裁 of the batch's matter. Raises Refusal."""
    approval = _open(application).filter(matter=batch.matter).first()
    if approval is None:
        state = application.get_state_display()
        raise Refusal(
            f"この申請は、いま「{state}」です。{batch.get_matter_display()}の決裁は、進んでいません。"
        )
    return approval


def _branch(text: str, number: int) -> str:
    """「第123号」, then 「第123号の2」, 「第123号の3」 …; nothing stays nothing."""
    return text if number == 1 or not text else f"{text}の{number}"
