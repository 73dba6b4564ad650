"""The arithmetic after a decision: 額の確定, what it frees of the cap, the due day of the result, shifts, the balance."""

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grants.calculations import ExpenseRow
from grants.calculations import settlement as sums

HALF = Fraction(1, 2)
YEN = st.integers(min_value=0, max_value=10_000_000)
THOUSANDS = st.integers(min_value=0, max_value=1_000).map(lambda n: n * 1000)


@pytest.mark.parametrize(
    ("decided", "base", "expected"),
    [
        (1_000_000, 2_400_000, 1_000_000),
        (1_000_000, 1_333_999, 666_000),
        (1_000_000, 1_999, 0),
        (710_000, 1_420_000, 710_000),
        (710_000, 1_419_999, 709_000),
        (710_000, 3_000_000, 710_000),
    ],
)
def test_the_amount_is_half_of_the_actual_base_in_thousands_up_to_the_decision(
    decided: int, base: int, expected: int
) -> None:
    assert sums.settled(decided_yen=decided, base_yen=base, share=HALF) == expected


@given(decided=THOUSANDS, base=YEN, share=st.fractions(min_value=0, max_value=1, max_denominator=10))
def test_never_above_decision_or_share_and_always_in_thousands(
    decided: int, base: int, share: Fraction
) -> None:
    settled = sums.settled(decided_yen=decided, base_yen=base, share=share)
    assert settled % 1000 == 0
    assert 0 <= settled <= min(decided, base * share)
    assert settled == decided or settled + 1000 > base * share


@given(decided=THOUSANDS, lower=THOUSANDS, on=st.dates(date(2026, 4, 1), date(2028, 3, 31)))
def test_a_lower_settlement_frees_room_until_31_march_only(decided: int, lower: int, on: date) -> None:
    settled = min(decided, lower)
    used = sums.use_after_settlement(decided_yen=decided, settled_yen=settled, settled_on=on, year=2026)
    assert used == (settled if on <= date(2027, 3, 31) else decided)


@pytest.mark.parametrize(
    ("completed", "due"),
    [
        (date(2026, 12, 1), date(2026, 12, 31)),
        (date(2027, 3, 10), date(2027, 4, 9)),
        (date(2027, 3, 11), date(2027, 4, 10)),
        (date(2027, 3, 31), date(2027, 4, 10)),
        (date(2027, 4, 1), date(2027, 5, 1)),
    ],
)
def test_the_result_is_due_thirty_days_after_completion_at_the_latest_on_10_april(
    completed: date, due: date
) -> None:
    assert sums.due_on(completed_on=completed, days=30, april_day=10) == due


@given(done=st.dates(date(2020, 1, 1), date(2040, 12, 31)), days=st.integers(1, 365), day=st.integers(1, 30))
def test_the_due_day_is_never_before_completion_nor_after_april(done: date, days: int, day: int) -> None:
    due = sums.due_on(completed_on=done, days=days, april_day=day)
    assert done < due
    assert (due - done).days <= days


def test_a_setsu_that_moves_by_more_than_a_fifth_is_named() -> None:
    before = {7: 100_000, 8: 100_000, 10: 50_000}
    after = {7: 120_000, 8: 120_001, 10: 39_999, 11: 1}
    assert sums.shifted(before, after, 20) == [8, 10, 11]
    assert sums.shifted(before, before, 0) == []


@given(rows=st.lists(st.tuples(st.integers(1, 18), YEN), max_size=30))
def test_sums_by_setsu_lose_nothing(rows: list[tuple[int, int]]) -> None:
    lines = [ExpenseRow(setsu=setsu, description="", unit_price_yen=amount) for setsu, amount in rows]
    found = sums.by_setsu(lines)
    assert sum(found.values()) == sum(amount for _, amount in rows)
    assert list(found) == sorted({setsu for setsu, _ in rows})


@given(settled=YEN, paid=YEN, returned=YEN)
def test_the_balance_is_what_is_settled_less_what_was_kept(settled: int, paid: int, returned: int) -> None:
    left = sums.balance(settled_yen=settled, paid_yen=paid, returned_yen=returned)
    assert left == settled - (paid - returned)
