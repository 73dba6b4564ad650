"""変更: asked for by the municipality, answered by a 決裁; the decided amount, cap, 科目 and budget follow."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db import transaction

from communities.saving import change, insert, insert_all, user_of
from portal.documents import actions as documents
from portal.documents import queries as papers
from portal.documents.enums import LIVE_STATES
from portal.kernel import audit, clock
from portal.kernel.actors import Actor, JobActor
from portal.kernel.fiscal import wareki
from portal.kernel.money import yen
from portal.kernel.refusals import Refusal

from ... import workflow
from ...actions import approving, capping
from ...calculations import Amounts
from ...decision_day import runs_until
from ...enums import LINES_MAX, ApplicationState, UseBasis
from ...enums.approving import ApprovalState
from ...models import Application, ChangeExpense, ChangeIncome, ChangeRequest
from ...stopping.checking import check_not_stopped
from ...subgrants import queries as subgrants
from .. import mails
from ..judging import judged
from ..papers_changing import REQUEST
from ..queries import changes as queries
from ..rows import ExpenseActual, IncomeActual
from ..waiting import check_advances_fit, check_no_approval
from .locking import lock_in

WRITING = (ApplicationState.DECIDED,)


@transaction.atomic
def save_change(
    *,
    by: Actor,
    application: Application,
    expenses: Sequence[ExpenseActual],
    incomes: Sequence[IncomeActual],
    tab: str = "",
    **values: Any,
) -> ChangeRequest:
    """Keep what the municipality wants to change so far; `values` are columns of `ChangeRequest`, `tab` names the page.

    Raises PermissionDenied, Refusal, ValidationError.
    """
    lock_in(application, by=by, permission="grants.write_result", states=WRITING)
    check_not_stopped(application)
    if len(expenses) + len(incomes) > LINES_MAX:
        raise Refusal(f"行は、支出と収入を合わせて{LINES_MAX}行までです。", code="lines")
    row = queries.open_change(application) or insert(
        ChangeRequest(application=application, number=application.changes.count() + 1)
    )
    change(row, {**values, "saved_at": clock.now(), "saved_by": user_of(by), "saved_tab": tab})
    _write_lines(row, judged(application, expenses), incomes)
    audit.record("grants.changerequest.saved", by=by, target=application, data={"number": row.number})
    return row


@transaction.atomic
def request_change(*, by: Actor, application: Application) -> Application:
    """Ask for the change: only the chief, with the reason, within share and cap. 変更承認申請書 is issued.

    Refused when nothing needs an approval (the amount does not rise, no 節 moves by more than the menu allows, content and
    end stay). Raises PermissionDenied, Refusal.
    """
    lock_in(application, by=by, permission="grants.request_change", states=WRITING)
    check_no_approval(application)
    check_not_stopped(application)
    row = queries.open_change(application)
    if row is None:
        raise Refusal(
            "変更する内容がまだ書かれていません。書いて保存してから、申請してください。", code="incomplete"
        )
    amounts = queries.amounts_of(application, row)
    _check(application, row, amounts)
    found = {"total_yen": amounts.total_yen, "base_yen": amounts.base_yen}
    change(row, {**found, "filed_at": clock.now(), "filed_by": user_of(by)})
    workflow.SUBSIDY.apply(application, "request_change", by=by)
    data = {"number": row.number, "asked_yen": row.asked_yen}
    audit.record("grants.changerequest.filed", by=by, target=application, data=data)
    mails.change_requested(application, row)
    programme = application.menu.programme
    documents.issue(
        REQUEST, application, by=by, authority=programme.authority, section=None, year=programme.fiscal_year,
        own_number=row.own_number,
    )  # fmt: skip
    return application


@transaction.atomic
def take_back_change(*, by: Actor, application: Application) -> Application:
    """Take a filed change back before it is answered, to mend it or to let it be: only the chief.

    An open 決裁 about it is dropped, cap and 科目 are as decided again, 変更承認申請書 is void; what was written stays. Locks: case
    → cap → 科目. Raises PermissionDenied, Refusal (answered already).
    """
    workflow.SUBSIDY.apply(application, "take_back_change", by=by)
    row = queries.open_change(application)
    if row is None or not row.is_filed:
        raise Refusal("変更の申請がありません。最新の内容を確かめてください。", code="moved")
    decided = application.decided_yen or 0
    capping.use_cap(by=by, application=application, amount_yen=decided, basis=UseBasis.DECIDED)
    waiting = application.approvals.filter(state=ApprovalState.DRAFTED).first()
    if waiting is not None:
        approving.drop(by=by, approval=waiting)
    paper = papers.of(application).filter(kind=REQUEST, state__in=LIVE_STATES).first()
    if paper is not None:
        documents.void(paper, by=JobActor("change"), note="変更の申請が取り下げられたため")
    change(row, {"filed_at": None, "filed_by": None})
    mails.change_taken_back(application, row)
    return application


def _write_lines(row: ChangeRequest, lines: Sequence[ExpenseActual], incomes: Sequence[IncomeActual]) -> None:
    """The lines anew, in their order."""
    row.expenses.all().delete()
    row.incomes.all().delete()
    insert_all(
        [
            ChangeExpense(
                change=row, position=at, setsu=line.setsu, description=line.description, budget_yen=line.budget_yen,
                changed_yen=line.actual_yen, ineligible_yen=line.ineligible_yen,
            )
            for at, line in enumerate(lines)
        ]
    )  # fmt: skip
    insert_all(
        [
            ChangeIncome(
                change=row, position=at, kind=line.kind, description=line.description, budget_yen=line.budget_yen,
                changed_yen=line.actual_yen,
            )
            for at, line in enumerate(incomes)
        ]
    )  # fmt: skip


def _check(application: Application, row: ChangeRequest, amounts: Amounts) -> None:
    if not row.reason.strip():
        raise Refusal("変更の理由を書いてください。", field="reason", code="incomplete")
    asked = row.asked_yen
    if not asked or asked % 1000:
        raise Refusal(
            "変更後の交付申請額を、1,000円以上の千円単位で入れてください。", field="asked_yen", code="amount"
        )
    if asked > amounts.grant_yen:
        raise Refusal(
            f"変更後の交付申請額は、計算した額({yen(amounts.grant_yen)})までです。",
            field="asked_yen",
            code="over",
        )
    check_advances_fit(application, asked)
    share = amounts.total_yen - amounts.specific_yen - amounts.own_yen - asked
    if share < 0:
        raise Refusal(f"収入の合計が、支出の合計を{yen(-share)}超えています。", code="balance")
    _check_end(application, row.ends_on)
    subgrants.check_line(application, row.outlay_yen or 0)
    if not queries.needs_approval(application, row):
        raise Refusal(
            f"この変更には、承認は要りません(額が増えず、配分の変更が{application.menu.shift_percent}%以内で、内容と期間も変わらないため)。",
            code="minor",
        )


def _check_end(application: Application, ends_on: date | None) -> None:
    if ends_on and application.starts_on and ends_on < application.starts_on:
        raise Refusal("変更後の完了予定が、着手予定より前です。", field="ends_on", code="order")
    if ends_on and ends_on > (last := runs_until(application)):
        raise Refusal(
            f"この事業の期間は{wareki(last)}までです。年度をこえるときは、繰越しを申請してください。",
            field="ends_on",
            code="year",
        )
