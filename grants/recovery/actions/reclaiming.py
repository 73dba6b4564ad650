"""返還: asked for by 納入通知, collected by the accountant with 加算金 and 延滞金, booked as 戻入 or 歳入, or given up."""

from datetime import date, timedelta
from typing import Any

from django.db import transaction

from communities.saving import insert, user_of
from portal.documents import actions as documents
from portal.documents import queries as papers
from portal.documents.enums import LIVE_STATES
from portal.kernel import audit, clock, permissions
from portal.kernel.actors import Actor, JobActor
from portal.kernel.fiscal import is_business_day
from portal.kernel.refusals import Refusal

from ... import queries
from ...actions import committing
from ...enums import ApplicationState
from ...models import Application, Commitment, Reclaim
from ...queries import approving as approvals
from .. import mails
from .. import queries as reads
from ..charging import booking, charges
from ..enums import Booking, Cause
from ..papers import RECLAIM as NOTICE
from ..workflow import RECLAIM

DUE_DAYS_MAX = 90


@transaction.atomic
def order_reclaim(*, by: Actor, application: Application, due_on: date) -> Reclaim:
    """Ask for everything that is to be given back until the end of `due_on`: 納入通知 is issued, the municipality told.

    Raises PermissionDenied, Refusal (nothing is due, one is open, a day that is past, closed or too far).
    """
    permissions.require(by, "grants.revoke_application", application)
    queries.lock(application)
    _check_due(due_on)
    due = reads.due_back(application)
    if due <= 0:
        raise Refusal("返還を求める額がありません。", code="nothing")
    revoked = application.state == ApplicationState.REVOKED
    revocation = reads.revocation_of(application) if revoked else None
    charged = Commitment.objects.filter(approval__application=application).select_related("line")
    newest = charged.order_by("-created_at", "-id").first()
    return demand(
        by=by, application=application, due_on=due_on, amount_yen=due, line=newest.line if newest else None,
        cause=Cause.REVOCATION if revoked else Cause.SETTLEMENT,
        surcharge_from=reads.first_paid_on(application) if revocation and revocation.surcharges else None,
    )  # fmt: skip


def demand(*, by: Actor, application: Application, due_on: date, **values: Any) -> Reclaim:
    """Ask a locked file for money until the end of `due_on`: 納入通知 is issued, the municipality told. Raises Refusal."""
    _check_due(due_on)
    reclaim = insert(Reclaim(application=application, due_on=due_on, ordered_by=user_of(by), **values))
    data = {"amount_yen": reclaim.amount_yen, "due_on": due_on}
    audit.record("grants.reclaim.ordered", by=by, target=reclaim, data=data)
    mails.reclaimed(reclaim)
    programme = application.menu.programme
    documents.issue(
        NOTICE,
        reclaim,
        by=by,
        authority=programme.authority,
        section=application.office,
        year=programme.fiscal_year,
    )
    return reclaim


def _check_due(due_on: date) -> None:
    """A day on which a bank is open, soon enough. Raises Refusal at the field."""
    today = clock.today_jst()
    if not today < due_on <= today + timedelta(days=DUE_DAYS_MAX) or not is_business_day(due_on):
        raise Refusal(
            f"納期限は、明日から{DUE_DAYS_MAX}日先までの、銀行が開いている日にしてください。", field="due_on"
        )


@transaction.atomic
def collect_reclaim(*, by: Actor, reclaim: Reclaim, collected_on: date) -> Reclaim:
    """Enter that the money came in on `collected_on`, with 加算金 and 延滞金 of that day, by the accountant.

    Until the last bank day on or before 31 May after its year it is 戻入 and frees the 科目, later 歳入. Locks: case, then
    the 科目. Raises PermissionDenied, Refusal (collected already, a day that cannot be).
    """
    permissions.require(by, "grants.enter_reclaim", reclaim)
    application = queries.lock(reclaim.application)
    ordered_on = reclaim.ordered_at.astimezone(clock.JST).date()
    if not ordered_on <= collected_on <= clock.today_jst() or not is_business_day(collected_on):
        raise Refusal(
            "納入された日は、納入通知の日から今日までの、銀行が開いている日です。", field="collected_on"
        )
    found = charges(reclaim, collected_on)
    booked = booking(reclaim, collected_on)
    RECLAIM.apply(
        reclaim,
        "collect",
        by=by,
        collected_on=collected_on,
        booked=booked,
        surcharge_yen=found[0],
        arrears_yen=found[1],
    )
    if booked == Booking.RETURN:
        approvals.lock_charges(application)
        left = reads.paid_of(application) - reads.returned_of(application)
        committing.lower_to(by=by, application=application, amount_yen=left)
    mails.collected(reclaim)
    return reclaim


@transaction.atomic
def cancel_reclaim(*, by: Actor, reclaim: Reclaim, note: str) -> Reclaim:
    """Give a 納入通知 up, with the reason: its paper is void, the same may be asked for anew. Raises PermissionDenied, Refusal."""
    queries.lock(reclaim.application)
    RECLAIM.apply(reclaim, "cancel", by=by, note=note)
    paper = papers.of(reclaim).filter(state__in=LIVE_STATES).first()
    if paper is not None:
        documents.void(paper, by=JobActor("reclaim"), note=note)
    return reclaim
