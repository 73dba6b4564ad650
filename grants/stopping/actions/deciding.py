"""The prefecture's side of a 廃止: approval or refusal, drafted by the officer, concluded by its 決裁."""

from datetime import date

from django.db import transaction

from communities.saving import change
from portal.documents import actions as documents
from portal.kernel import audit, clock
from portal.kernel.actors import Actor
from portal.kernel.refusals import Refusal

from ... import capped, workflow
from ... import queries as applications
from ...actions import approving, capping, committing
from ...decision_day import check_year
from ...enums import ApplicationState, UseBasis
from ...enums.approving import Matter
from ...models import Application, Approval, StopRequest
from ...queries import approving as approvals
from ...settlement import mails as file_mails
from ...settlement.actions.locking import lock_in
from ...settlement.queries import money
from ...settlement.waiting import check_no_approval
from ...supporters.actions.ending import end_support
from .. import mails
from ..enums import StopState
from ..papers import APPROVAL, REFUSAL
from ..workflow import STOP


@transaction.atomic
def draft_stop(*, by: Actor, stop: StopRequest, memo: str = "") -> StopRequest:
    """Draft that the project may stop. Cap and 科目 stay as decided until it is signed. Raises PermissionDenied, Refusal."""
    return _draft(by, stop, memo, refusal="")


@transaction.atomic
def draft_stop_refusal(*, by: Actor, stop: StopRequest, reason: str, memo: str = "") -> StopRequest:
    """Draft that it may not, with the reason that its letter prints. Raises PermissionDenied, Refusal."""
    return _draft(by, stop, memo, refusal=reason)


def _draft(by: Actor, stop: StopRequest, memo: str, *, refusal: str) -> StopRequest:
    states = [ApplicationState.CHANGING]
    application = lock_in(stop.application, by=by, permission="grants.inspect_result", states=states)
    check_no_approval(application)
    stop.refresh_from_db()
    if stop.state != StopState.REQUESTED:
        raise Refusal(
            f"この廃止は、いま「{stop.get_state_display()}」です。最新の内容を確かめてください。",
            code="moved",
        )
    approval = approving.draft(
        by=by, matter=Matter.STOP, menu=application.menu, title=application.title, note=memo,
        application=application,
    )  # fmt: skip
    change(stop, {"approval": approval, "refusal": refusal})
    data = {"kind": stop.kind, "granted": not refusal}
    audit.record("grants.stoprequest.drafted", by=by, target=application, data=data)
    return stop


def _lock(approval: Approval) -> Application:
    return applications.lock(_case(approval))


def _recheck(approval: Approval, decided_on: date) -> None:
    """Before the last signature: inside the year, not before the request; cap, then 科目 are locked."""
    application, stop = _case(approval), approval.stop_request
    if not stop.refusal:  # what was asked too late can still be refused
        check_year(approval, decided_on)
    if decided_on < stop.requested_at.astimezone(clock.JST).date():
        raise Refusal("決裁日が、廃止の申請日より前です。", field="decided_on")
    if application.state != ApplicationState.CHANGING or application.decided_yen != stop.before_yen:
        raise Refusal(
            "起案したあとで、申請が動いています。差し戻して、起案しなおしてください。", code="moved"
        )
    capped.lock_cap(application)
    approvals.lock_charges(application)


def _signed(by: Actor, approval: Approval) -> None:
    """It is answered; granted, cap and 科目 keep what may still be settled or is out already; the letter is issued last."""
    application, stop = _case(approval), approval.stop_request
    if stop.refusal:
        STOP.apply(stop, "decline", by=by, note=stop.refusal)
        workflow.SUBSIDY.apply(application, "refuse_stop", by=by, note=stop.refusal)
    else:
        STOP.apply(stop, "grant", by=by)
        _stop(by, application, stop)
    mails.answered(stop)
    programme = approval.menu.programme
    documents.issue(
        REFUSAL if stop.refusal else APPROVAL, application, by=by, authority=programme.authority,
        section=application.office, year=programme.fiscal_year, own_number=approval.document_number,
    )  # fmt: skip


def _stop(by: Actor, application: Application, stop: StopRequest) -> None:
    """The decision comes to what may still be settled; the municipality reports what was done until the day.

    The project ends with the approval, from which the days of the 実績報告 count (適正化法14条).
    """
    ends_on = max(stop.stops_on, _answered_on(stop) or stop.stops_on)
    starts_on = min(application.starts_on or ends_on, ends_on)  # of one that never began
    workflow.SUBSIDY.apply(
        application,
        "approve_stop",
        by=by,
        decided_yen=stop.keep_yen,
        stopped=stop.kind,
        starts_on=starts_on,
        ends_on=ends_on,
    )
    capping.use_cap(by=by, application=application, amount_yen=stop.keep_yen, basis=UseBasis.DECIDED)
    out = money.balance_of(application).out_yen
    committing.lower_to(by=by, application=application, amount_yen=max(stop.keep_yen, out))
    end_support(by=by, file=application, reason="補助事業の廃止が承認されたため")


def _answered_on(stop: StopRequest) -> date | None:
    return stop.approval.effective_on if stop.approval else None


def _sent_back(by: Actor, approval: Approval, note: str) -> None:
    """The request waits as before; the officer reads why."""
    file_mails.settlement_sent_back(_case(approval), approval, note)


CONCLUSION = approving.Conclusion(lock=_lock, recheck=_recheck, signed=_signed, sent_back=_sent_back)


def _case(approval: Approval) -> Application:
    if approval.application is None:
        raise ValueError(f"{approval.pk}: not about an application")
    return approval.application
