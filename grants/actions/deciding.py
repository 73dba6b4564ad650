"""The decision of an application (workflows.md 'draft_decision' to 'withdraw'): drafted here, concluded by its 決裁."""

from datetime import date

from django.db import transaction

from communities.saving import insert
from portal.documents import actions as documents
from portal.documents import queries as papers
from portal.documents.enums import LIVE_STATES
from portal.kernel import audit, clock
from portal.kernel.actors import Actor, JobActor
from portal.kernel.money import yen
from portal.kernel.refusals import Refusal

from .. import capped, queries, workflow
from ..advances.actions.deciding import end_advances
from ..carrying.actions.deciding import end_carrying
from ..carrying.papers import APPROVAL as CARRIED
from ..decision_day import check_year
from ..early.checking import check_answered as check_early
from ..enums import UseBasis
from ..enums.approving import ApprovalState, Matter, Outcome
from ..mails import deciding as mails
from ..models import Application, Approval, BudgetLine, Decision
from ..papers import decisions
from ..queries import approving as approvals
from ..settlement import papers_changing
from ..stopping.papers import APPROVAL as STOPPED
from ..supporters.actions.ending import end_support
from . import approving, capping, committing
from .locking import lock_drafted

UNDONE = (decisions.GRANT, papers_changing.APPROVAL, CARRIED, STOPPED)  # letters that a withdrawal makes void


@transaction.atomic
def draft_decision(
    *,
    by: Actor,
    application: Application,
    amount_yen: int,
    line: BudgetLine,
    note: str = "",
    stage_reason: str = "",
    conditions: str = "",
    memo: str = "",
) -> Application:
    """Draft a 交付決定 of at most what the terms, the cap left and the application allow (要綱: 1市町村あたり上限100万円).

    From now on the file uses the cap and its 科目. `note` says why less is granted, `stage_reason` why a コミプラ at another
    stage is accepted, `conditions` what this file alone has to keep (one a line, printed after the menu's), `memo` (伺い) is for those who sign. Locks: case → cap → budget line. Raises PermissionDenied, Refusal.
    """
    lock_drafted(application, by=by)
    _check_answered(application)
    check_early(application)
    _check_stage(application, stage_reason)
    workflow.SUBSIDY.apply(application, "draft_decision", by=by)
    approval = approving.draft(
        by=by, matter=Matter.DECISION, menu=application.menu, title=application.title, note=memo,
        application=application,
    )  # fmt: skip
    most = capped.most(application, capped.lock_left(application))
    _check_amount(amount_yen, most, note)
    capping.use_cap(by=by, application=application, amount_yen=amount_yen, basis=UseBasis.DRAFTED)
    committing.plan(by=by, approval=approval, line=line, amount_yen=amount_yen)
    decision = insert(
        Decision(
            approval=approval, application=application, outcome=Outcome.GRANT, computed_yen=most,
            amount_yen=amount_yen, note=note if amount_yen < most else "",
            stage_reason=stage_reason if application.stage_fits is False else "", conditions=conditions,
        )
    )  # fmt: skip
    data = {"computed_yen": most, "amount_yen": amount_yen}
    audit.record("grants.decision.drafted", by=by, target=decision, data=data)
    return application


@transaction.atomic
def draft_rejection(*, by: Actor, application: Application, reason: str, memo: str = "") -> Application:
    """Draft a 不交付決定 with the reason that its letter prints. No budget check. Raises PermissionDenied, Refusal."""
    lock_drafted(application, by=by)
    workflow.SUBSIDY.apply(application, "draft_rejection", by=by, note=reason)
    approval = approving.draft(
        by=by, matter=Matter.REJECTION, menu=application.menu, title=application.title, note=memo,
        application=application,
    )  # fmt: skip
    decision = insert(
        Decision(approval=approval, application=application, outcome=Outcome.REJECT, reason=reason)
    )
    audit.record("grants.decision.drafted", by=by, target=decision, data={})
    return application


def undo(*, by: Actor, application: Application) -> None:
    """What a withdrawal takes back of a decision: every open 決裁, cap, 支出負担行為, advances, letters. Nothing where there is none."""
    decision = approvals.current(application)
    if decision is None:
        return
    capping.free_cap(by=by, application=application)
    for approval in application.approvals.filter(state=ApprovalState.DRAFTED):
        approving.drop(by=by, approval=approval)
    if decision.approval.is_open:
        return
    committing.lower_to(by=by, application=application, amount_yen=0)
    end_advances(by=JobActor("withdraw"), application=application, note="申請が取り下げられたため")
    end_carrying(by=JobActor("withdraw"), application=application, note="申請が取り下げられたため")
    for letter in papers.of(application).filter(kind__in=UNDONE, state__in=LIVE_STATES):
        documents.void(
            letter, by=JobActor("withdraw"), note="申請の取下げにより、決定はなかったものとみなされるため"
        )


def _lock(approval: Approval) -> Application:
    return queries.lock(_case(approval))


def _recheck(approval: Approval, decided_on: date) -> None:
    """Before the last signature: the day is of the year and not before the submission, and the cap still holds the amount."""
    application, decision = _case(approval), approval.decision
    check_year(approval, decided_on)
    if application.submitted_at and decided_on < application.submitted_at.astimezone(clock.JST).date():
        raise Refusal("決裁日が、申請の提出日より前です。", field="decided_on")
    account = capped.lock_cap(application)
    if decision.amount_yen is None:
        return
    capped.check_file_cap(application, decision.amount_yen)
    if account is None:
        return
    left = capped.left_of(account, application)
    if decision.amount_yen > left:
        raise Refusal(
            f"{application.municipality.name}の枠の残りは{yen(left)}で、{yen(decision.amount_yen)}には足りません。差し戻して、額を決めなおしてください。",
            code="cap",
        )


def _signed(by: Actor, approval: Approval) -> None:
    """The case is decided; the cap is used for good; the letter is issued last and the municipality told."""
    application, decision = _case(approval), approval.decision
    if decision.amount_yen is not None:
        workflow.SUBSIDY.apply(application, "sign", by=by, decided_yen=decision.amount_yen)
        capping.use_cap(
            by=by, application=application, amount_yen=decision.amount_yen, basis=UseBasis.DECIDED
        )
    else:
        workflow.SUBSIDY.apply(application, "sign_rejection", by=by)
        end_support(by=by, file=application, reason="補助金を交付しないことになったため")
    mails.decided(application, decision)
    programme = approval.menu.programme
    documents.issue(
        decisions.GRANT if decision.is_grant else decisions.REJECTION,
        application,
        by=by,
        authority=programme.authority,
        section=application.office,
        year=programme.fiscal_year,
        own_number=approval.document_number,
    )


def _sent_back(by: Actor, approval: Approval, note: str) -> None:
    application = _case(approval)
    workflow.SUBSIDY.apply(application, "send_back", by=by, note=note)
    capping.free_cap(by=by, application=application)
    mails.sent_back(application, approval.decision, note)


CONCLUSION = approving.Conclusion(lock=_lock, recheck=_recheck, signed=_signed, sent_back=_sent_back)


def _case(approval: Approval) -> Application:
    """The application of a 決裁. Raises ValueError for a 決裁 of another table."""
    if approval.application is None:
        raise ValueError(f"{approval.pk}: not about an application")
    return approval.application


def _check_answered(application: Application) -> None:
    answered = set(application.checks.filter(number=application.version).values_list("key", flat=True))
    left = [row for row in application.menu.checklist if row["key"] not in answered]
    if left:
        raise Refusal(f"審査の項目が{len(left)}件、まだ答えられていません。", code="unanswered")


def _check_stage(application: Application, stage_reason: str) -> None:
    """A type for another stage of the コミプラ needs the officer's reason (workflows.md 'Stage against type')."""
    if application.stage_fits is False and not stage_reason.strip():
        raise Refusal(
            "型とコミプラの段階が合っていません。認めるときは、理由を書いてください。", field="stage_reason"
        )


def _check_amount(amount_yen: int, most: int, note: str) -> None:
    """At most what was computed, in whole thousands, less only with a reason."""
    if most == 0:
        raise Refusal(
            "交付できる額が0円です(千円未満切捨て)。交付の決定はできません。", field="amount_yen", code="zero"
        )
    if amount_yen > most:
        raise Refusal(f"交付決定額は、計算した額({yen(most)})までです。", field="amount_yen", code="over")
    if amount_yen < 1000 or amount_yen % 1000:
        raise Refusal("交付決定額は、1,000円以上の千円単位で入力してください。", field="amount_yen")
    if amount_yen < most and not note.strip():
        raise Refusal("計算した額より減らすときは、理由を書いてください。", field="note")
