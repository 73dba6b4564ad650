"""The municipality's side of a 概算払: asked for with a 資金計画, taken back; and what a change leaves of it."""

from collections.abc import Sequence
from datetime import date

from django.db import transaction

from communities.saving import insert, insert_all, user_of
from portal.documents import actions as documents
from portal.documents import queries as papers
from portal.documents.enums import LIVE_STATES
from portal.kernel import audit
from portal.kernel.actors import Actor, JobActor
from portal.kernel.refusals import Refusal

from ... import queries as applications
from ...actions import approving
from ...decision_day import check_running
from ...enums import ApplicationState
from ...models import Advance, AdvanceMonth, Application
from ...settlement.actions.locking import lock_in
from ...settlement.waiting import check_no_approval
from ...stopping.checking import check_not_stopped
from .. import mails, queries
from ..checking import check_plan, check_room
from ..papers import REQUEST
from ..workflow import ADVANCE

OPEN = (ApplicationState.DECIDED,)


@transaction.atomic
def request_advance(
    *,
    by: Actor,
    application: Application,
    amount_yen: int,
    reason: str,
    plan: Sequence[tuple[date, int]],
    own_number: str = "",
) -> Advance:
    """Ask for `amount_yen` of a decided grant before it is settled. `plan`: the first day of a month and its yen.

    Only the chief, only while decided and in the year, only where the menu allows it, and never above its share of the
    decision with all other advances. 概算払請求書 is issued. Raises PermissionDenied, Refusal, ValidationError.
    """
    lock_in(application, by=by, permission="grants.request_change", states=OPEN)
    check_no_approval(application)
    check_not_stopped(application)
    if not application.menu.advance_allowed:
        raise Refusal(
            "この補助金の要綱には、概算払の定めがありません。額の確定のあとで請求します。", code="not_allowed"
        )
    check_running(application)
    check_room(application, amount_yen)
    check_plan(application, amount_yen, plan)
    row = insert(
        Advance(
            application=application, number=queries.next_number(application), amount_yen=amount_yen,
            reason=reason, own_number=own_number, requested_by=user_of(by),
        )
    )  # fmt: skip
    insert_all([AdvanceMonth(advance=row, month=month, amount_yen=part) for month, part in plan])
    data = {"number": row.number, "amount_yen": amount_yen}
    audit.record("grants.advance.requested", by=by, target=application, data=data)
    mails.requested(row)
    programme = application.menu.programme
    documents.issue(
        REQUEST, application, by=by, authority=programme.authority, section=None, year=programme.fiscal_year,
        own_number=own_number,
    )  # fmt: skip
    return row


@transaction.atomic
def take_back_advance(*, by: Actor, advance: Advance) -> Advance:
    """Ask no more, while nothing was decided: an open 決裁 about it is dropped, 概算払請求書 is void.

    Raises PermissionDenied, Refusal (granted, ended).
    """
    application = advance.application
    applications.lock(application)
    ADVANCE.apply(advance, "take_back", by=by)
    if advance.approval is not None and advance.approval.is_open:
        approving.drop(by=by, approval=advance.approval)
    paper = (
        papers.of(application)
        .filter(kind=REQUEST, version=str(advance.number), state__in=LIVE_STATES)
        .first()
    )
    if paper is not None:
        documents.void(paper, by=JobActor("advance"), note="概算払の請求が取り下げられたため")
    mails.taken_back(advance)
    return advance
