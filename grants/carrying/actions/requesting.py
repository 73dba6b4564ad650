"""The municipality's side of a 繰越し: asked for inside the year, taken back while it has no answer."""

from datetime import date

from django.db import transaction

from communities.saving import insert, user_of
from portal.documents import actions as documents
from portal.documents import queries as papers
from portal.documents.enums import LIVE_STATES
from portal.kernel import audit, clock
from portal.kernel.actors import Actor, JobActor
from portal.kernel.fiscal import FiscalYear, wareki
from portal.kernel.refusals import Refusal

from ... import queries as applications
from ...actions import approving
from ...enums import ApplicationState
from ...models import Application, CarryOver
from ...settlement.actions.locking import lock_in
from ...settlement.waiting import check_no_approval
from ...stopping.checking import check_not_stopped
from .. import mails
from ..papers import REQUEST
from ..workflow import CARRY_OVER

OPEN = (ApplicationState.DECIDED,)


@transaction.atomic
def request_carry_over(
    *, by: Actor, application: Application, kind: str, reason: str, ends_on: date, own_number: str = ""
) -> CarryOver:
    """Ask to go on until a day of the next 年度: only the chief, only while decided, until 31 March of the year, once.

    繰越承認申請書 is issued; nothing moves before it is granted. Raises PermissionDenied, Refusal, ValidationError.
    """
    lock_in(application, by=by, permission="grants.request_change", states=OPEN)
    check_no_approval(application)
    check_not_stopped(application)
    year = FiscalYear(application.menu.programme.fiscal_year)
    if application.carried:
        raise Refusal("この申請は、もう繰り越しています。", code="carried")
    if clock.today_jst() > year.end:
        raise Refusal(f"繰越しを申請できるのは、{wareki(year.end)}まででした。", code="year")
    if ends_on not in year.next:
        raise Refusal(
            f"繰越し後の完了予定は、{year.next.label}のうちの日にしてください。",
            field="ends_on",
            code="order",
        )
    row = insert(
        CarryOver(
            application=application, kind=kind, reason=reason, before_on=application.ends_on or year.end,
            ends_on=ends_on, own_number=own_number, requested_by=user_of(by),
        )
    )  # fmt: skip
    audit.record("grants.carryover.requested", by=by, target=application, data={"ends_on": ends_on})
    mails.requested(row)
    programme = application.menu.programme
    documents.issue(
        REQUEST, application, by=by, authority=programme.authority, section=None, year=programme.fiscal_year,
        own_number=own_number,
    )  # fmt: skip
    return row


@transaction.atomic
def take_back_carry_over(*, by: Actor, carry: CarryOver) -> CarryOver:
    """Ask no more: an open 決裁 about it is dropped, its paper is void. Raises PermissionDenied, Refusal (answered)."""
    application = carry.application
    applications.lock(application)
    CARRY_OVER.apply(carry, "take_back", by=by)
    if carry.approval is not None and carry.approval.is_open:
        approving.drop(by=by, approval=carry.approval)
    found = papers.of(application).filter(kind=REQUEST, version=str(carry.pk), state__in=LIVE_STATES)
    if paper := found.first():
        documents.void(paper, by=JobActor("carry_over"), note="繰越しの申請が取り下げられたため")
    mails.taken_back(carry)
    return carry
