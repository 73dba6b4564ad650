"""The job of a batch of letters: one transaction a file, safe when its worker is killed between any two."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction

from portal.accounts.models import User
from portal.kernel.actors import UserActor
from portal.kernel.jobs import Running
from portal.kernel.refusals import Refusal

from . import capped, queries
from .actions import deciding, signing
from .enums import ApplicationState
from .enums.approving import ApprovalState, BatchOutcome
from .models import Application, BatchItem, LetterBatch


def make_letters(job: Running) -> None:
    """Go through the files that still wait, in their order. A file that cannot be decided says why; the others go on."""
    batch: LetterBatch = job.obj
    by = UserActor(User.objects.get(pk=batch.asked_by_id))
    total = batch.items.count()
    waiting = batch.items.filter(outcome=BatchOutcome.WAITING).order_by("position")
    for pk in list(waiting.values_list("pk", flat=True)):
        with transaction.atomic():
            job.hold()
            item = batch.items.select_for_update(no_key=True, of=("self",)).get(pk=pk)
            if item.outcome == BatchOutcome.WAITING:
                _decide(item, batch, by)
        job.progress(batch.items.exclude(outcome=BatchOutcome.WAITING).count(), total)


def _decide(item: BatchItem, batch: LetterBatch, by: UserActor) -> None:
    """Draft where it is not drafted yet, record the 決裁, note the result; a refusal undoes both and is noted."""
    number = batch.items.filter(outcome=BatchOutcome.DONE).count() + 1
    application = queries.with_case(Application.objects.all()).get(pk=item.application_id)
    try:
        with transaction.atomic():
            _draft(application, batch, by)
            _record(application, batch, by, number)
            item.outcome = BatchOutcome.DONE
    except (Refusal, PermissionDenied) as problem:
        item.outcome, item.message = BatchOutcome.REFUSED, str(problem)[:1000]
    except ValidationError as problem:
        item.outcome, item.message = BatchOutcome.REFUSED, " ".join(problem.messages)[:1000]
    item.save(update_fields=["outcome", "message"])


def _draft(application: Application, batch: LetterBatch, by: UserActor) -> None:
    queries.lock(application)
    if application.state != ApplicationState.REVIEWING:
        return
    if batch.line is None:
        raise Refusal("科目が選ばれていません。")
    most = capped.most(application, capped.lock_left(application))
    deciding.draft_decision(by=by, application=application, amount_yen=most, line=batch.line)


def _record(application: Application, batch: LetterBatch, by: UserActor, number: int) -> None:
    approval = application.approvals.filter(state=ApprovalState.DRAFTED).first()
    if approval is None:
        raise Refusal(f"この申請は、いま「{application.get_state_display()}」です。")
    signing.record_shared(
        by=by,
        approval=approval,
        batch=batch,
        document_number=_branch(batch.document_number, number),
        commitment_number=_branch(batch.commitment_number, number),
    )


def _branch(text: str, number: int) -> str:
    """「第123号」, then 「第123号の2」, 「第123号の3」 …; nothing stays nothing."""
    return text if number == 1 or not text else f"{text}の{number}"
