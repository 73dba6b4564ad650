"""The municipality's side of a correction: an answer to each remark; and taking a submitted file back."""

from django.db import transaction

from communities.saving import user_of
from portal.kernel import audit, clock
from portal.kernel.actors import Actor
from portal.kernel.refusals import Refusal

from .. import mails, queries, workflow
from ..corrections import close, open_correction
from ..models import Application, Remark
from ..supporters.actions.ending import end_support
from ..withdrawing import check_withdrawal
from . import deciding
from .locking import lock_editable


@transaction.atomic
def answer_remark(*, by: Actor, remark: Remark, answer: str) -> Remark:
    """Say what was done about a remark; may be written anew until the file is submitted again.

    Raises PermissionDenied, Refusal (the file is not returned, the remark belongs to an earlier submission).
    """
    application = lock_editable(remark.application, by=by)
    remark.refresh_from_db()
    if remark.sent_at is None or remark.number != application.version or not application.is_returned:
        raise Refusal("この指摘には、いまは回答できません。最新の内容を確かめてください。", code="moved")
    remark.answer, remark.answered_by, remark.answered_at = answer, user_of(by), clock.now()
    remark.save(update_fields=["answer", "answered_by", "answered_at"])
    audit.record("grants.remark.answered", by=by, target=remark, data={"part": remark.part})
    return remark


@transaction.atomic
def withdraw(*, by: Actor, application: Application, note: str) -> Application:
    """Take a submitted file back, with a reason: until it is decided, and so many days after as the menu says.

    An open 決裁 is dropped, cap and 科目 are free again, a letter that was issued is void (規則: 決定はなかったものとみなす);
    the office is told. Raises PermissionDenied, Refusal (the days are over).
    """
    queries.lock(application)
    check_withdrawal(application)
    correction = open_correction(application) if application.is_returned else None
    workflow.SUBSIDY.apply(application, "withdraw", by=by, note=note, correct_until=None)
    if correction is not None:
        close(correction)
    deciding.undo(by=by, application=application)
    end_support(by=by, file=application, reason="補助金の申請が取り下げられたため")
    mails.withdrawn(application, note)
    return application
