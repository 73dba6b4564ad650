"""Decided files on their way to the end: result, inspection, 額の確定, payment. Made by the actions."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from grants.actions import enter_payment, record_approval
from grants.models import Application, Payment
from grants.settlement.actions import changing as change_actions
from grants.settlement.actions import inspecting, paying, results, settling
from grants.settlement.rows import ExpenseActual, IncomeActual
from portal.accounts.enums import Role
from portal.accounts.models import User
from portal.kernel import clock

from .accounts import actor, officer
from .areas import KAGOSHIMA
from .deciding import decided, open_approval, record
from .grants import Town, staged

DONE = "2027-03-25T10:00:00+09:00"  # after the planned end (19 March), inside the year
COMPLETED = date(2027, 3, 19)
TEXTS = {
    "content": "9月から3月まで、毎週水曜に買い物の運行をした。",
    "outcome": "利用者は実人数で43人(計画40人)。",
    "next_steps": "会費と町の予算で続ける。",
}


def expenses_of(case: Application, *, less_yen: int = 0) -> list[ExpenseActual]:
    """The 決算 as it was decided; the largest line comes to `less_yen` less."""
    lines = list(case.expenses.all())
    largest = max(lines, key=lambda line: line.amount_yen)
    return [
        ExpenseActual(
            setsu=line.setsu, description=line.description, budget_yen=line.amount_yen,
            actual_yen=line.amount_yen - (less_yen if line == largest else 0), ineligible_yen=line.ineligible_yen,
        )
        for line in lines
    ]  # fmt: skip


def incomes_of(case: Application) -> list[IncomeActual]:
    """The typed income as it was decided."""
    return [
        IncomeActual(
            kind=row.kind, description=row.description, budget_yen=row.amount_yen, actual_yen=row.amount_yen
        )
        for row in case.incomes.all()
    ]


def written(
    town: Town, case: Application, *, less_yen: int = 0, claimed_yen: int | None = None,
    expenses: Sequence[ExpenseActual] | None = None, completed_on: date = COMPLETED,
) -> Application:  # fmt: skip
    """A decided file whose result is written, with one piece of evidence."""
    rows = list(expenses) if expenses is not None else expenses_of(case, less_yen=less_yen)
    results.save_result(
        by=town.officer, application=case, expenses=rows, incomes=incomes_of(case), completed_on=completed_on,
        claimed_yen=case.decided_yen if claimed_yen is None else claimed_yen, outlay_yen=None, own_number="試企第9号",
        **TEXTS,
    )  # fmt: skip
    results.add_evidence(
        by=town.officer, application=case, title="領収書の写し", file=staged(town.officer, "領収書.pdf")
    )
    return case


def reported(town: Town, case: Application | None = None, **more: Any) -> Application:
    """A file whose result was reported."""
    case = written(town, case or decided(town), **more)
    return results.file_result(by=town.chief, application=case)


def fit(case: Application) -> dict[str, tuple[str, str]]:
    """Every point of the inspection found 適."""
    return {row["key"]: ("fit", "") for row in case.menu.result_checklist}


def inspected(town: Town, case: Application | None = None, **more: Any) -> Application:
    """A file that was inspected, every point found 適. `more`: of the inspection."""
    case = case or reported(town)
    values = {"inspected_on": clock.today_jst(), "method": "書面", "answers": fit(case)} | more
    return inspecting.inspect_result(by=town.prefecture, application=case, **values)


def settling_case(town: Town, case: Application | None = None) -> Application:
    """A file whose 額の確定 is drafted."""
    return settling.draft_settlement(by=town.prefecture, application=case or inspected(town))


def settled(town: Town, case: Application | None = None) -> Application:
    """A file whose amount was settled by the office's own 決裁."""
    case = settling_case(town, case)
    values = record(town.prefecture, document_number="く共第900号", commitment_number="")
    record_approval(by=town.prefecture, approval=open_approval(case), **values)
    case.refresh_from_db()
    return case


def accountant() -> User:
    """Who enters payments of 鹿児島県."""
    return officer(Role.ACCOUNTANT, KAGOSHIMA)


def ordered(town: Town, case: Application | None = None) -> Payment:
    """The payment of a settled file, invoiced and ordered."""
    case = case or settled(town)
    paying.send_invoice(by=town.chief, application=case)
    return paying.order_grant(by=town.prefecture, application=case)


def paid(town: Town, case: Application | None = None) -> Payment:
    """A settled file that was paid in full today."""
    return enter_payment(by=actor(accountant()), payment=ordered(town, case), paid_on=clock.today_jst())


def changed_lines(case: Application, *, more_yen: int) -> list[ExpenseActual]:
    """The budget as it was decided, its largest line `more_yen` higher."""
    return expenses_of(case, less_yen=-more_yen)


def changing(
    town: Town, case: Application, *, more_yen: int = 0, asked_yen: int | None = None, content: str = "",
    reason: str = "参加者が増えたため。", ends_on: date | None = None, outlay_yen: int | None = None,
) -> Application:  # fmt: skip
    """A decided file whose change was asked for."""
    change_actions.save_change(
        by=town.officer, application=case, expenses=changed_lines(case, more_yen=more_yen), incomes=incomes_of(case),
        reason=reason, content=content, ends_on=ends_on, asked_yen=case.decided_yen if asked_yen is None else asked_yen,
        outlay_yen=outlay_yen, own_number="試企第8号",
    )  # fmt: skip
    return change_actions.request_change(by=town.chief, application=case)


def answered(town: Town, case: Application, **changed: Any) -> Application:
    """The open 決裁 of a file, recorded."""
    record_approval(by=town.prefecture, approval=open_approval(case), **record(town.prefecture, **changed))
    case.refresh_from_db()
    return case
