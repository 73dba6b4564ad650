"""The arithmetic from the budget to the last yen, by properties: never above share, cap left, decision; all of it balances."""

from datetime import date
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from grants import calculations
from grants.calculations import ExpenseRow, IncomeRow, Terms
from grants.calculations import advances as advancing
from grants.calculations import settlement as settling

YEN = st.integers(min_value=0, max_value=3_000_000)
HALF, LIMIT = Fraction(1, 2), 1_000_000
ROWS = st.lists(st.tuples(st.sampled_from([7, 8, 10, 12]), YEN, st.integers(0, 100)), min_size=1, max_size=8)


def worked_out(rows: list[tuple[int, int, int]], income: int, left: int) -> calculations.Amounts:
    """A budget whose rows are ineligible by so many percent, under what is left of the cap."""
    expenses = [
        ExpenseRow(setsu=setsu, description="", unit_price_yen=amount, ineligible_yen=amount * percent // 100)
        for setsu, amount, percent in rows
    ]
    incomes = [IncomeRow(kind="specific", description="", amount_yen=income)]
    terms = Terms(share=HALF, cap_left_yen=left)
    return calculations.compute(
        expenses=expenses, incomes=incomes, share_yen=None, outlay_yen=None, terms=terms
    )


@given(files=st.lists(st.tuples(ROWS, YEN), min_size=1, max_size=8))
def test_whatever_is_asked_for_the_files_of_a_town_never_pass_its_cap(
    files: list[tuple[list[tuple[int, int, int]], int]],
) -> None:
    used: list[int] = []
    for rows, income in files:
        left = calculations.cap_left(limit_yen=LIMIT, used_yen=used)
        amounts = worked_out(rows, income, left)
        assert amounts.grant_yen <= left
        assert amounts.grant_yen * 2 <= amounts.base_yen
        assert amounts.grant_yen % 1000 == 0
        used.append(amounts.grant_yen)
    assert sum(used) <= LIMIT


@given(
    planned=ROWS, actual=ROWS, income=YEN, percent=st.integers(1, 100),
    asked=st.lists(st.integers(1, 1_000_000), max_size=6), claimed=YEN,
)  # fmt: skip
def test_from_the_decision_to_the_last_yen_everything_balances(
    planned: list[tuple[int, int, int]],
    actual: list[tuple[int, int, int]],
    income: int,
    percent: int,
    asked: list[int],
    claimed: int,
) -> None:
    decided = worked_out(planned, income, LIMIT).grant_yen
    advanced: list[int] = []
    for amount in asked:
        room = advancing.room(decided_yen=decided, percent=percent, live_yen=advanced)
        if amount <= room:
            advanced.append(amount)
    assert sum(advanced) <= advancing.limit(decided_yen=decided, percent=percent) <= decided
    base = worked_out(actual, income, decided).base_yen
    settled = min(settling.settled(decided_yen=decided, base_yen=base, share=HALF), claimed)
    assert settled <= decided
    assert settled * 2 <= base or settled == 0
    left = settling.balance(settled_yen=settled, paid_yen=sum(advanced), returned_yen=0)
    paid, returned = sum(advanced) + max(0, left), max(0, -left)
    assert settling.balance(settled_yen=settled, paid_yen=paid, returned_yen=returned) == 0
    assert paid - returned == settled
    used = settling.use_after_settlement(
        decided_yen=decided, settled_yen=settled, settled_on=date(2027, 3, 31), year=2026
    )
    assert used == settled


@given(amount=st.integers(1, 1_000_000), parts=st.lists(st.integers(1, 300_000), max_size=6))
def test_a_plan_holds_exactly_when_its_months_come_to_the_amount(amount: int, parts: list[int]) -> None:
    months = advancing.months(date(2026, 11, 30), date(2027, 10, 1))
    plan = list(zip(months, parts, strict=False))
    assert advancing.is_planned(amount, plan) == (sum(part for _, part in plan) == amount)
    assert not advancing.is_planned(2 * sum(parts), [*plan, *plan]) or not plan
