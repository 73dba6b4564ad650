"""The municipality's side of a 廃止: asked for while the project is decided, taken back while it has no answer."""

from datetime import date

from django.db import transaction

from communities.saving import insert, user_of
from portal.documents import actions as documents
from portal.documents import queries as papers
from portal.documents.enums import LIVE_STATES
from portal.kernel import audit
from portal.kernel.actors import Actor, JobActor
from portal.kernel.fiscal import FiscalYear, wareki
from portal.kernel.refusals import Refusal

from ... import queries as applications
from ... import workflow
from ...actions import approving
from ...decision_day import check_running, runs_until
from ...enums import ApplicationState
from ...models import Application, StopRequest
from ...settlement.actions.locking import lock_in
from ...settlement.waiting import check_no_approval, check_nothing_asked
from .. import mails, queries
from ..checking import check_not_stopped
from ..papers import REQUEST
from ..workflow import STOP


@transaction.atomic
def request_stop(
    *,
    by: Actor,
    application: Application,
    kind: str,
    reason: str,
    stops_on: date,
    spent_yen: int,
    own_number: str = "",
) -> StopRequest:
    """Ask to stop a decided project on a day of its year: only the chief, with the reason and what was spent until then.

    変更(中止・廃止)承認申請書 is issued; amount, cap and 科目 stay until it is granted. Raises PermissionDenied, Refusal (stopped
    already, a 決裁 is open, an advance or a 繰越し waits, more spent than was decided upon), ValidationError.
    """
    lock_in(application, by=by, permission="grants.request_change", states=[ApplicationState.DECIDED])
    check_no_approval(application)
    check_not_stopped(application)
    check_nothing_asked(application, "廃止を申請する")
    check_running(application)
    _check_day(application, stops_on)
    row = insert(
        StopRequest(
            application=application, kind=kind, reason=reason, stops_on=stops_on, spent_yen=spent_yen,
            before_yen=application.decided_yen or 0, keep_yen=queries.keep_yen(application, spent_yen),
            own_number=own_number, requested_by=user_of(by),
        )
    )  # fmt: skip
    workflow.SUBSIDY.apply(application, "request_stop", by=by)
    data = {"kind": row.kind, "keep_yen": row.keep_yen}
    audit.record("grants.stoprequest.requested", by=by, target=application, data=data)
    mails.requested(row)
    programme = application.menu.programme
    documents.issue(
        REQUEST, application, by=by, authority=programme.authority, section=None, year=programme.fiscal_year,
        own_number=own_number,
    )  # fmt: skip
    return row


def _check_day(application: Application, stops_on: date) -> None:
    first, last = FiscalYear(application.menu.programme.fiscal_year).start, runs_until(application)
    if not first <= stops_on <= last:
        raise Refusal(
            f"廃止の日は、{wareki(first)}から{wareki(last)}までの日です。",
            field="stops_on",
            code="year",
        )


@transaction.atomic
def take_back_stop(*, by: Actor, stop: StopRequest) -> StopRequest:
    """Go on with the project: an open 決裁 about it is dropped, its paper is void. Raises PermissionDenied, Refusal (answered)."""
    application = stop.application
    applications.lock(application)
    STOP.apply(stop, "take_back", by=by)
    if stop.approval is not None and stop.approval.is_open:
        approving.drop(by=by, approval=stop.approval)
    workflow.SUBSIDY.apply(application, "take_back_stop", by=by)
    found = papers.of(application).filter(kind=REQUEST, version=str(stop.pk), state__in=LIVE_STATES)
    if paper := found.first():
        documents.void(paper, by=JobActor("stop"), note="廃止の申請が取り下げられたため")
    mails.taken_back(stop)
    return stop
