"""The answer to a change: drafted by the officer within share, cap and 科目, concluded by its 決裁."""

from datetime import date
from typing import Any

from django.db import transaction

from communities.saving import change, insert
from portal.documents import actions as documents
from portal.kernel import audit, clock
from portal.kernel.actors import Actor
from portal.kernel.money import yen
from portal.kernel.refusals import Refusal

from ... import capped, queries, workflow
from ...actions import approving, capping, committing
from ...decision_day import check_year
from ...enums import ApplicationState, UseBasis
from ...enums.approving import ChangeAnswer, Matter
from ...models import Application, Approval, BudgetLine, ChangeDecision, ChangeRequest
from ...queries import approving as approvals
from ...subgrants import queries as subgrants
from .. import mails
from ..papers_changing import APPROVAL, REFUSAL
from ..queries import changes as reads
from ..waiting import check_no_approval
from .locking import lock_in
from .rebudgeting import take_over


@transaction.atomic
def draft_approval(
    *, by: Actor, application: Application, line: BudgetLine | None = None, memo: str = ""
) -> Application:
    """Draft the approval of a change: from now on the file uses max(decided, asked) of the cap.

    What rises above the decision is charged to `line`. Locks: case → cap → budget line. Raises PermissionDenied, Refusal.
    """
    row = _open(by, application)
    before, asked = application.decided_yen or 0, row.asked_yen or 0
    approval = approving.draft(
        by=by, matter=Matter.CHANGE, menu=application.menu, title=application.title, note=memo,
        application=application,
    )  # fmt: skip
    _check_room(application, row)
    capping.use_cap(by=by, application=application, amount_yen=max(before, asked), basis=UseBasis.CHANGING)
    if asked > before:
        if line is None:
            raise Refusal("増える額を支出する科目を選んでください。", field="line", code="line")
        committing.plan(by=by, approval=approval, line=line, amount_yen=asked - before)
    _insert(by, approval, row, answer=ChangeAnswer.APPROVED, before_yen=before, amount_yen=asked)
    return application


@transaction.atomic
def draft_refusal(*, by: Actor, application: Application, reason: str, memo: str = "") -> Application:
    """Draft that a change is not approved, with the reason that its letter prints. Raises PermissionDenied, Refusal."""
    row = _open(by, application)
    approval = approving.draft(
        by=by, matter=Matter.CHANGE, menu=application.menu, title=application.title, note=memo,
        application=application,
    )  # fmt: skip
    before = application.decided_yen or 0
    _insert(by, approval, row, answer=ChangeAnswer.REFUSED, before_yen=before, reason=reason)
    return application


def _open(by: Actor, application: Application) -> ChangeRequest:
    lock_in(application, by=by, permission="grants.inspect_result", states=[ApplicationState.CHANGING])
    check_no_approval(application)
    row = reads.open_change(application)
    if row is None or not row.is_filed:
        raise Refusal("変更の申請がありません。最新の内容を確かめてください。", code="moved")
    return row


def _insert(by: Actor, approval: Approval, row: ChangeRequest, **values: Any) -> None:
    decision = insert(ChangeDecision(approval=approval, change=row, **values))
    data = {"answer": decision.answer, "amount_yen": decision.amount_yen}
    audit.record("grants.changedecision.drafted", by=by, target=decision, data=data)


def _check_room(application: Application, row: ChangeRequest) -> None:
    """Under the lock of the cap: the share of the new base, and what other files leave."""
    capped.lock_cap(application)
    most = reads.amounts_of(application, row).grant_yen
    limit = application.menu.file_cap_yen
    cap = f"{application.municipality.name}の残りの枠" if limit is None else f"1件あたりの上限{yen(limit)}"
    if (row.asked_yen or 0) > most:
        raise Refusal(
            f"変更後の額は、いま{yen(most)}までです({cap}と補助率による)。申請額は{yen(row.asked_yen or 0)}です。",
            code="cap",
        )


def _case(approval: Approval) -> Application:
    if approval.application is None:
        raise ValueError(f"{approval.pk}: not about an application")
    return approval.application


def _lock(approval: Approval) -> Application:
    return queries.lock(_case(approval))


def _recheck(approval: Approval, decided_on: date) -> None:
    """Before the last signature: inside the year, not before the request; cap and 科目 are locked, in this order, and still hold."""
    application, row = _case(approval), approval.change_decision.change
    check_year(approval, decided_on)
    if row.filed_at and decided_on < row.filed_at.astimezone(clock.JST).date():
        raise Refusal("決裁日が、変更の申請日より前です。", field="decided_on")
    if approval.change_decision.is_approval:
        _check_room(application, row)
        subgrants.check_line(application, row.outlay_yen or 0)
    approvals.lock_charges(application)


def _signed(by: Actor, approval: Approval) -> None:
    """The change is answered; amount, budget, cap and 支出負担行為 follow; the letter is issued last."""
    application, decision = _case(approval), approval.change_decision
    row = reads.open_change(application)
    if row is None:
        raise ValueError(f"{application.pk}: no open change")
    if decision.is_approval:
        take_over(by=by, application=application, row=row, amount_yen=decision.amount_yen or 0)
    else:
        workflow.SUBSIDY.apply(application, "refuse_change", by=by, note=decision.reason)
    decided = application.decided_yen or 0
    capping.use_cap(by=by, application=application, amount_yen=decided, basis=UseBasis.DECIDED)
    committing.lower_to(by=by, application=application, amount_yen=decided)
    change(row, {"answer": decision.answer, "answered_at": clock.now()})
    mails.change_answered(application, decision)
    programme = approval.menu.programme
    documents.issue(
        APPROVAL if decision.is_approval else REFUSAL, application, by=by, authority=programme.authority,
        section=application.office, year=programme.fiscal_year, own_number=approval.document_number,
    )  # fmt: skip


def _sent_back(by: Actor, approval: Approval, note: str) -> None:
    """The cap is used as decided again; the officer reads why."""
    application = _case(approval)
    capping.use_cap(
        by=by, application=application, amount_yen=application.decided_yen or 0, basis=UseBasis.DECIDED
    )
    mails.settlement_sent_back(application, approval, note)


CONCLUSION = approving.Conclusion(lock=_lock, recheck=_recheck, signed=_signed, sent_back=_sent_back)
