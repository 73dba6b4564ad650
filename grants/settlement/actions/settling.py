"""額の確定: computed from the inspection, concluded by its 決裁; cap and 支出負担行為 follow, the letter is issued."""

from datetime import date

from django.db import transaction

from communities.saving import insert
from portal.documents import actions as documents
from portal.kernel import audit, clock
from portal.kernel.actors import Actor
from portal.kernel.fiscal import wareki
from portal.kernel.refusals import Refusal

from ... import capped, queries, workflow
from ...actions import approving, capping, committing
from ...calculations import settlement as sums
from ...enums import ApplicationState, UseBasis
from ...enums.approving import Matter
from ...models import Application, Approval, Settlement
from ...queries import approving as approvals
from .. import mails
from .. import queries as reads
from ..papers import SETTLEMENT
from ..waiting import check_no_approval
from .locking import lock_in


@transaction.atomic
def draft_settlement(*, by: Actor, application: Application, memo: str = "") -> Application:
    """Draft the 額の確定 of an inspected file: min(decided, floor(accepted base × share / 1000) × 1000, what was claimed).

    Nothing is released before it is signed. Raises PermissionDenied, Refusal.
    """
    lock_in(application, by=by, permission="grants.inspect_result", states=[ApplicationState.INSPECTED])
    check_no_approval(application)
    inspection = application.inspections.latest("number")
    amount = reads.amount_to_settle(application, inspection)
    approval = approving.draft(
        by=by, matter=Matter.SETTLEMENT, menu=application.menu, title=application.title, note=memo,
        application=application,
    )  # fmt: skip
    row = insert(
        Settlement(
            approval=approval, application=application, inspection=inspection,
            decided_yen=application.decided_yen or 0, amount_yen=amount,
        )
    )  # fmt: skip
    audit.record("grants.settlement.drafted", by=by, target=row, data={"amount_yen": amount})
    return application


def _lock(approval: Approval) -> Application:
    return queries.lock(_case(approval))


def _recheck(approval: Approval, decided_on: date) -> None:
    """Before the last signature: the day is not before the inspection; cap and 科目 are locked, in this order."""
    application, row = _case(approval), approval.settlement
    if decided_on < row.inspection.inspected_on:
        raise Refusal(
            f"決裁日が、検査した日({wareki(row.inspection.inspected_on)})より前です。", field="decided_on"
        )
    if application.state != ApplicationState.INSPECTED or application.decided_yen != row.decided_yen:
        raise Refusal(
            "起案したあとで、申請が動いています。差し戻して、起案しなおしてください。", code="moved"
        )
    capped.lock_cap(application)
    approvals.lock_charges(application)


def _signed(by: Actor, approval: Approval) -> None:
    """The amount is settled; the cap and the 支出負担行為 follow; the letter is issued last and the municipality told."""
    application, row = _case(approval), approval.settlement
    workflow.SUBSIDY.apply(application, "settle", by=by, settled_yen=row.amount_yen)
    programme = approval.menu.programme
    used = sums.use_after_settlement(
        decided_yen=row.decided_yen, settled_yen=row.amount_yen, year=programme.fiscal_year,
        settled_on=approval.decided_on or clock.today_jst(),
    )  # fmt: skip
    capping.use_cap(by=by, application=application, amount_yen=used, basis=UseBasis.SETTLED)
    committing.lower_to(by=by, application=application, amount_yen=row.amount_yen)
    mails.settled(application, row)
    documents.issue(
        SETTLEMENT, application, by=by, authority=programme.authority, section=application.office,
        year=programme.fiscal_year, own_number=approval.document_number,
    )  # fmt: skip


def _sent_back(by: Actor, approval: Approval, note: str) -> None:
    """The file stays inspected; the officer reads why."""
    mails.settlement_sent_back(_case(approval), approval, note)


CONCLUSION = approving.Conclusion(lock=_lock, recheck=_recheck, signed=_signed, sent_back=_sent_back)


def _case(approval: Approval) -> Application:
    if approval.application is None:
        raise ValueError(f"{approval.pk}: not about an application")
    return approval.application
