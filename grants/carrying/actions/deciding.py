"""The prefecture's side of a 繰越し: drafted with its 議決日 or 承認日, concluded by its 決裁, or declined."""

from datetime import date

from django.db import transaction

from communities.saving import change
from portal.documents import actions as documents
from portal.kernel import audit, clock
from portal.kernel.actors import Actor, JobActor
from portal.kernel.fiscal import FiscalYear, wareki
from portal.kernel.refusals import Refusal

from ... import queries as applications
from ... import workflow
from ...actions import approving
from ...decision_day import check_year
from ...enums.approving import Matter
from ...models import Application, Approval, CarryOver, Payment
from ...payments.enums import PaymentState
from ...settlement import mails as file_mails
from ...settlement.actions.locking import lock_in
from ...settlement.waiting import check_no_approval
from .. import mails, queries
from ..enums import CarryState
from ..papers import APPROVAL
from ..workflow import CARRY_OVER
from .requesting import OPEN


@transaction.atomic
def draft_carry_over(*, by: Actor, carry: CarryOver, authorised_on: date, memo: str = "") -> CarryOver:
    """Draft that a project is carried over, by the 議決 or 承認 of a day of its year. Raises PermissionDenied, Refusal."""
    application = _open(by, carry)
    year = FiscalYear(application.menu.programme.fiscal_year)
    if authorised_on > clock.today_jst() or authorised_on not in year:
        raise Refusal(f"{carry.day_label}は、{year.label}の、今日までの日です。", field="authorised_on")
    approval = approving.draft(
        by=by, matter=Matter.STATUS, menu=application.menu, title=application.title, note=memo,
        application=application,
    )  # fmt: skip
    change(carry, {"approval": approval, "authorised_on": authorised_on})
    data = {"ends_on": carry.ends_on, "authorised_on": authorised_on}
    audit.record("grants.carryover.drafted", by=by, target=application, data=data)
    return carry


@transaction.atomic
def decline_carry_over(*, by: Actor, carry: CarryOver, note: str) -> CarryOver:
    """Not carry it over, with the reason. Raises PermissionDenied, Refusal (answered, a 決裁 is open)."""
    _open(by, carry)
    CARRY_OVER.apply(carry, "decline", by=by, note=note)
    mails.declined(carry, note)
    return carry


def end_carrying(*, by: JobActor, application: Application, note: str) -> None:
    """What has no answer ends with its file (withdrawn, revoked). The case is locked."""
    if carry := queries.requested(application):
        CARRY_OVER.apply(carry, "fall", by=by, note=note)


def _open(by: Actor, carry: CarryOver) -> Application:
    """The file locked, still decided, without another 決裁; the carry-over read again, still without an answer."""
    application = lock_in(carry.application, by=by, permission="grants.inspect_result", states=OPEN)
    check_no_approval(application)
    carry.refresh_from_db()
    if carry.state != CarryState.REQUESTED:
        raise Refusal(
            f"この繰越しは、いま「{carry.get_state_display()}」です。最新の内容を確かめてください。",
            code="moved",
        )
    return application


def _lock(approval: Approval) -> Application:
    return applications.lock(_case(approval))


def _recheck(approval: Approval, decided_on: date) -> None:
    """Before the last signature: still decided, dated inside the original year, not before the 議決日 or 承認日."""
    application, carry = _case(approval), approval.carry_over
    check_year(approval, decided_on)
    if carry.authorised_on and decided_on < carry.authorised_on:
        day = wareki(carry.authorised_on)
        raise Refusal(f"決裁日が、{carry.day_label}({day})より前です。", field="decided_on")
    if application.state not in OPEN:
        raise Refusal(
            "起案したあとで、申請が動いています。差し戻して、起案しなおしてください。", code="moved"
        )


def _signed(by: Actor, approval: Approval) -> None:
    """The project has until its new day; what waits to be paid may be paid a year longer; the letter is issued last."""
    application, carry = _case(approval), approval.carry_over
    CARRY_OVER.apply(carry, "grant", by=by)
    workflow.SUBSIDY.apply(application, "carry_over", by=by, ends_on=carry.ends_on, carried=carry.kind)
    waiting = Payment.objects.filter(case_type="grants.application", case_id=application.pk)
    waiting.filter(state=PaymentState.ORDERED).update(carried=True)
    mails.granted(carry)
    programme = approval.menu.programme
    documents.issue(
        APPROVAL, application, by=by, authority=programme.authority, section=application.office,
        year=programme.fiscal_year, own_number=approval.document_number,
    )  # fmt: skip


def _sent_back(by: Actor, approval: Approval, note: str) -> None:
    """The request waits as before; the officer reads why."""
    file_mails.settlement_sent_back(_case(approval), approval, note)


CONCLUSION = approving.Conclusion(lock=_lock, recheck=_recheck, signed=_signed, sent_back=_sent_back)


def _case(approval: Approval) -> Application:
    if approval.application is None:
        raise ValueError(f"{approval.pk}: not about an application")
    return approval.application
