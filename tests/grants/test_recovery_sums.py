"""加算金 and 延滞金: the arithmetic, by examples and by properties."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grants.calculations.recovery import LateRate, arrears, charge, surcharge
from grants.recovery.rates import label, rates

DAYS = st.dates(date(2020, 1, 1), date(2040, 12, 31))
YEN = st.integers(1, 10_000_000)
FLAT = (LateRate(kind="arrears", first_on=date(1955, 9, 30), share=1095, source="law"),)
CHANGING = (*FLAT, LateRate(kind="arrears", first_on=date(2027, 1, 1), share=730, source="特例"))


@pytest.mark.parametrize(
    ("amount", "due", "paid", "expected"),
    [
        (1_000_000, date(2027, 3, 31), date(2027, 3, 31), 0),
        (1_000_000, date(2027, 3, 31), date(2027, 4, 1), 300),
        (1_000_000, date(2027, 3, 31), date(2027, 4, 30), 9_000),
        (710_000, date(2027, 3, 31), date(2028, 3, 30), 77_745),
        (999, date(2027, 3, 31), date(2027, 4, 1), 0),
    ],
)
def test_arrears_count_from_the_day_after(amount: int, due: date, paid: date, expected: int) -> None:
    assert arrears(amount, due_on=due, paid_on=paid, rates=FLAT) == expected


def test_surcharge_counts_both_days() -> None:
    day = date(2027, 1, 29)
    assert surcharge(1_000_000, received_on=day, paid_on=day, rates=FLAT) == 300
    assert surcharge(1_000_000, received_on=day, paid_on=day + timedelta(days=9), rates=FLAT) == 3_000


def test_a_rate_that_changes_counts_by_the_day() -> None:
    assert charge(3_650_000, date(2026, 12, 31), date(2027, 1, 2), CHANGING) == 1_095 + 2 * 730


def test_a_day_before_the_first_rate_is_refused_and_the_table_covers_the_grants() -> None:
    with pytest.raises(ValueError, match="率がありません"):
        charge(1, date(1950, 1, 1), date(1950, 1, 2), FLAT)
    for kind in ("arrears", "surcharge"):
        assert label(rates(kind), date(2027, 1, 1)) == "年10.95%"


@given(YEN, DAYS, st.integers(-5, 800), st.integers(0, 400))
def test_it_never_falls_with_time_and_never_passes_its_rate(
    amount: int, first: date, days: int, more: int
) -> None:
    last = first + timedelta(days=days)
    now = charge(amount, first, last, CHANGING)
    later = charge(amount, first, last + timedelta(days=more), CHANGING)
    assert 0 <= now <= later
    assert now * 10_000 * 365 <= amount * 1095 * max(0, days + 1)


@given(YEN, DAYS, st.integers(1, 400), st.integers(1, 400))
def test_two_stretches_cost_what_the_whole_costs_but_for_the_yen_dropped(
    amount: int, first: date, one: int, two: int
) -> None:
    middle, last = first + timedelta(days=one - 1), first + timedelta(days=one + two - 1)
    parts = charge(amount, first, middle, CHANGING) + charge(
        amount, middle + timedelta(days=1), last, CHANGING
    )
    assert 0 <= charge(amount, first, last, CHANGING) - parts <= 1
