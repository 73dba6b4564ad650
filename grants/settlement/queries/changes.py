"""Reads of changes of a decided file: the one that is open, what it comes to, how it compares."""

from dataclasses import dataclass
from typing import Any

from ... import calculations
from ... import queries as applications
from ...calculations import Amounts, ExpenseRow, IncomeRow, Terms
from ...calculations import settlement as sums
from ...enums import Setsu
from ...enums.approving import ApprovalState
from ...models import Application, ChangeDecision, ChangeRequest


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """One line of a change: what was decided and what would be, in yen; what the change does."""

    label: str
    before_yen: int
    after_yen: int
    over: bool = False

    @property
    def difference_yen(self) -> int:
        return self.after_yen - self.before_yen


def open_change(application: Application) -> ChangeRequest | None:
    """The change that has no answer yet, with its lines. Three queries."""
    rows = ChangeRequest.objects.filter(application=application, answered_at__isnull=True)
    return rows.select_related("saved_by", "filed_by").prefetch_related("expenses", "incomes").first()


def latest(application: Application, *, filed: bool) -> ChangeRequest | None:
    """The newest change with its lines; `filed`: of those that were filed. Three queries."""
    rows = ChangeRequest.objects.filter(application=application)
    if filed:
        rows = rows.filter(filed_at__isnull=False)
    found = rows.select_related("saved_by", "filed_by").prefetch_related("expenses", "incomes")
    return found.order_by("number").last()


def decision_of(change: ChangeRequest) -> ChangeDecision | None:
    """The answer that counts: drafted and open, or signed. One query."""
    states = (ApprovalState.DRAFTED, ApprovalState.SIGNED)
    rows = ChangeDecision.objects.filter(change=change, approval__state__in=states)
    return rows.select_related(
        "approval__menu__programme__authority", "approval__drafted_by", "change"
    ).last()


def amounts(
    application: Application,
    *,
    expenses: list[ExpenseRow],
    incomes: list[IncomeRow],
    outlay_yen: int | None,
) -> Amounts:
    """The arithmetic of a change under what the other files leave of the cap. The rules must have been applied. One query."""
    cap = applications.cap(application)
    terms = Terms(share=application.menu.share, cap_left_yen=cap.left_yen if cap else None)
    outlay = outlay_yen if application.is_indirect else None
    return calculations.compute(
        expenses=expenses, incomes=incomes, share_yen=None, outlay_yen=outlay, terms=terms
    )


def amounts_of(application: Application, change: ChangeRequest) -> Amounts:
    """The same of a stored change."""
    return amounts(
        application,
        expenses=[line.row for line in change.expenses.all()],
        incomes=[line.row for line in change.incomes.all()],
        outlay_yen=change.outlay_yen,
    )


def needs_approval(application: Application, change: ChangeRequest) -> bool:
    """Whether the amount rises, a 節 moves by more than the menu allows, or content or end are others than decided."""
    if change.content.strip() or (change.ends_on and change.ends_on != application.ends_on):
        return True
    if (change.asked_yen or 0) != (application.decided_yen or 0):
        return True
    before, after = (sums.by_setsu(line.row for line in rows) for rows in _lines(application, change))
    return bool(sums.shifted(before, after, application.menu.shift_percent))


def side_by_side(application: Application, change: ChangeRequest) -> list[Side]:
    """節 by 節: as decided (of the change's own lines), as it would be, and whether it moves by more than the menu allows."""
    before: dict[int, int] = {}
    after: dict[int, int] = {}
    for line in change.expenses.all():
        before[line.setsu] = before.get(line.setsu, 0) + line.budget_yen
        after[line.setsu] = after.get(line.setsu, 0) + line.changed_yen
    over = sums.shifted(before, after, application.menu.shift_percent)
    return [
        Side(
            label=Setsu(number).heading,
            before_yen=before[number],
            after_yen=after[number],
            over=number in over,
        )
        for number in sorted(before)
    ]


def income_sides(change: ChangeRequest) -> list[Side]:
    """The typed income likewise, line by line."""
    return [
        Side(label=str(line), before_yen=line.budget_yen, after_yen=line.changed_yen)
        for line in change.incomes.all()
    ]


def _lines(application: Application, change: ChangeRequest) -> tuple[Any, Any]:
    return application.expenses.all(), change.expenses.all()
