"""交付決定の取消し: drafted with its reason, concluded by its 決裁, also after closing (workflows.md 'revoke')."""

from datetime import date

from django.db import transaction

from communities.saving import insert
from portal.documents import actions as documents
from portal.kernel import audit, permissions
from portal.kernel.actors import Actor, JobActor
from portal.kernel.fiscal import wareki
from portal.kernel.refusals import Refusal

from ... import capped, queries, workflow
from ...actions import approving, capping, committing
from ...advances.actions.deciding import end_advances
from ...carrying.actions.deciding import end_carrying
from ...enums import GRANTED, ApplicationState
from ...enums.approving import Matter
from ...models import Application, Approval, Revocation
from ...queries import approving as approvals
from ...settlement.queries import money
from ...settlement.waiting import check_no_approval
from ...supporters.actions.ending import end_support
from .. import mails
from ..enums import Cause, ReclaimState
from ..papers import REVOCATION


@transaction.atomic
def draft_revocation(
    *, by: Actor, application: Application, reason: str, surcharges: bool = True, memo: str = ""
) -> Application:
    """Draft the 取消し of a decision that stands, whatever came after it. The file does not move before it is signed.

    Raises PermissionDenied, Refusal (nothing was decided, another 決裁 is open, a change was asked for, a 支出命令 or a 納付金 waits to be paid), ValidationError.
    """
    permissions.require(by, "grants.revoke_application", application)
    queries.lock(application)
    _check(application)
    check_no_approval(application)
    approval = approving.draft(
        by=by, matter=Matter.REVOCATION, menu=application.menu, title=application.title, note=memo,
        application=application,
    )  # fmt: skip
    paid = money.balance_of(application).paid_yen
    row = insert(
        Revocation(
            approval=approval, application=application, reason=reason, paid_yen=paid, surcharges=surcharges
        )
    )
    audit.record("grants.revocation.drafted", by=by, target=row, data={"paid_yen": paid})
    return application


def _check(application: Application) -> None:
    if application.state not in GRANTED:
        raise Refusal(
            f"この申請は、いま「{application.get_state_display()}」です。取り消す交付決定がありません。",
            code="moved",
        )
    if application.state == ApplicationState.CHANGING:
        raise Refusal("変更の申請が出ています。先に、承認するかどうかを決めてください。", code="changing")
    if money.balance_of(application).waiting_yen:
        raise Refusal(
            "支払いを待っている支出命令があります。先に、支出命令を取り消してください。", code="unpaid"
        )
    if application.reclaims.filter(state=ReclaimState.ORDERED, cause=Cause.DISPOSAL).exists():
        raise Refusal(
            "財産処分の納付金の納入を待っています。先に、納入を記録するか、納入通知を取りやめてください。",
            code="payback",
        )


def _lock(approval: Approval) -> Application:
    return queries.lock(_case(approval))


def _recheck(approval: Approval, decided_on: date) -> None:
    """Before the last signature: the decision still stands, nothing waits to be paid; cap, then 科目 are locked."""
    application = _case(approval)
    _check(application)
    drafted = approvals.current(application)
    if drafted and drafted.approval.decided_on and decided_on < drafted.approval.decided_on:
        raise Refusal(
            f"決裁日が、交付決定の日({wareki(drafted.approval.decided_on)})より前です。", field="decided_on"
        )
    capped.lock_cap(application)
    approvals.lock_charges(application)


def _signed(by: Actor, approval: Approval) -> None:
    """The decision is gone: cap and what was not paid of the 科目 are free again; 取消通知書 is issued, the town told."""
    application, row = _case(approval), approval.revocation
    workflow.SUBSIDY.apply(application, "revoke", by=by, note=row.reason)
    end_advances(by=JobActor("revoke"), application=application, note="交付決定が取り消されたため")
    end_carrying(by=JobActor("revoke"), application=application, note="交付決定が取り消されたため")
    capping.free_cap(by=by, application=application)
    committing.lower_to(by=by, application=application, amount_yen=money.balance_of(application).out_yen)
    end_support(by=by, file=application, reason="補助金の交付の決定が取り消されたため")
    mails.revoked(application, row)
    programme = approval.menu.programme
    documents.issue(
        REVOCATION, application, by=by, authority=programme.authority, section=application.office,
        year=programme.fiscal_year, own_number=approval.document_number,
    )  # fmt: skip


def _sent_back(by: Actor, approval: Approval, note: str) -> None:
    """The decision stands; the officer reads why."""
    mails.revocation_sent_back(_case(approval), approval, note)


CONCLUSION = approving.Conclusion(lock=_lock, recheck=_recheck, signed=_signed, sent_back=_sent_back)


def _case(approval: Approval) -> Application:
    if approval.application is None:
        raise ValueError(f"{approval.pk}: not about an application")
    return approval.application
