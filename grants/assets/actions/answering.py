"""財産処分 on the prefecture's side: drafted with its 納付金, concluded by 決裁, collected like any money that comes back."""

from datetime import date

from django.db import transaction

from portal.documents import actions as documents
from portal.kernel import clock, permissions
from portal.kernel.actors import Actor
from portal.kernel.fiscal import FiscalYear
from portal.kernel.refusals import Refusal

from ... import queries
from ...actions import approving
from ...enums import ApplicationState
from ...enums.approving import Matter
from ...models import Application, Approval, Disposal, Reclaim
from ...recovery.actions import reclaiming
from ...recovery.enums import Cause, ReclaimState
from .. import mails
from ..enums import Answer, Basis, DisposalState
from ..papers import ANSWER
from ..workflow import ASSET, DISPOSAL


@transaction.atomic
def draft_answer(
    *,
    by: Actor,
    disposal: Disposal,
    answer: str,
    basis: str = Basis.NONE,
    ends_limit: bool = False,
    conditions: str = "",
    reason: str = "",
    memo: str = "",
) -> Disposal:
    """Draft the approval with its 納付金 and conditions, or the refusal with its reason.

    納付金 is min(grant, of the price or of the remaining value × grant ÷ amount), yen dropped. None asked for needs a reason
    too. Raises PermissionDenied, Refusal, ValidationError.
    """
    permissions.require(by, "grants.answer_disposal", disposal)
    application = queries.lock(disposal.asset.application)
    disposal.refresh_from_db()
    approved = answer == Answer.APPROVE
    _check_answer(disposal, approved, basis, reason)
    DISPOSAL.apply(
        disposal, "draft_answer", by=by, basis=basis if approved else "", answer_reason=reason,
        payback_yen=disposal.payback_by(basis) if approved else None, conditions=conditions if approved else "",
        ends_limit=approved and ends_limit,
    )  # fmt: skip
    approving.draft(
        by=by,
        matter=Matter.DISPOSAL,
        menu=application.menu,
        title=str(disposal),
        note=memo,
        disposal=disposal,
    )
    return disposal


def _check_answer(disposal: Disposal, approved: bool, basis: str, reason: str) -> None:
    """Reasons where they are needed, a price where it counts, a decision that stands. Raises Refusal."""
    if not approved and not reason.strip():
        raise Refusal("承認しない理由を書いてください。", field="reason")
    if approved:
        _check_stands(disposal.asset.application)
    if approved and basis == Basis.NONE and not reason.strip():
        raise Refusal("納付を求めない理由を書いてください。", field="reason")
    if approved and basis == Basis.PRICE and not disposal.price_yen:
        raise Refusal("処分で得る額がありません。残存価額から計算してください。", field="basis")


@transaction.atomic
def order_payback(*, by: Actor, disposal: Disposal, due_on: date) -> Reclaim:
    """Ask for the 納付金 of an approved 処分 by 納入通知; it never counts as grant that came back, and is booked as 歳入.

    Raises PermissionDenied, Refusal (nothing to pay, revoked, asked for already, a day that cannot be).
    """
    permissions.require(by, "grants.answer_disposal", disposal)
    application = queries.lock(disposal.asset.application)
    _check_stands(application)
    disposal.refresh_from_db()
    if disposal.state != DisposalState.APPROVED or not disposal.payback_yen:
        raise Refusal("納付を求める額がありません。", code="nothing")
    if disposal.reclaims.exclude(state=ReclaimState.CANCELLED).exists():
        raise Refusal("この処分の納付金は、もう求めています。", code="twice")
    return reclaiming.demand(
        by=by, application=application, due_on=due_on, amount_yen=disposal.payback_yen, cause=Cause.DISPOSAL,
        disposal=disposal,
    )  # fmt: skip


def _check_stands(application: Application) -> None:
    """Once the decision is revoked, the whole grant comes back: nothing more is taken of its property. Raises Refusal."""
    if application.state == ApplicationState.REVOKED:
        raise Refusal(
            "交付決定が取り消されています。補助金は全額を返還するため、財産処分の承認と納付金の請求はできません。",
            code="revoked",
        )


def _lock(approval: Approval) -> Disposal:
    disposal = _case(approval)
    queries.lock(disposal.asset.application)
    disposal.refresh_from_db()
    return disposal


def _recheck(approval: Approval, decided_on: date) -> None:
    """Before the last signature: the piece is still bound, the day is not before the wish."""
    disposal = _case(approval)
    if disposal.basis:
        _check_stands(disposal.asset.application)
    disposal.asset.refresh_from_db()
    if not disposal.asset.is_held:
        raise Refusal("財産の制限期間が終わっています。差し戻してください。", code="moved")
    asked = disposal.asked_at
    if asked and decided_on < asked.astimezone(clock.JST).date():
        raise Refusal("決裁日が、申請の日より前です。", field="decided_on")


def _signed(by: Actor, approval: Approval) -> None:
    """The answer stands; a piece that is free by it leaves the limit; the letter is issued last, the municipality told."""
    disposal = _case(approval)
    if disposal.basis:
        DISPOSAL.apply(disposal, "approve", by=by)
        if disposal.ends_limit:
            ASSET.apply(disposal.asset, "dispose", by=by)
    else:
        DISPOSAL.apply(disposal, "refuse", by=by, note=disposal.answer_reason)
    mails.answered(disposal)
    documents.issue(
        ANSWER, disposal, by=by, authority=approval.menu.programme.authority, section=disposal.office,
        year=FiscalYear.of(approval.effective_on or clock.today_jst()).year, own_number=approval.document_number,
    )  # fmt: skip


def _sent_back(by: Actor, approval: Approval, note: str) -> None:
    """The wish is open again; the officer reads why."""
    disposal = _case(approval)
    DISPOSAL.apply(disposal, "send_back", by=by, note=note, payback_yen=None, basis="")
    mails.sent_back(disposal, approval, note)


CONCLUSION = approving.Conclusion(lock=_lock, recheck=_recheck, signed=_signed, sent_back=_sent_back)


def _case(approval: Approval) -> Disposal:
    if approval.disposal is None:
        raise ValueError(f"{approval.pk}: not about a disposal")
    return approval.disposal
