"""返還 in parts: nothing is lost, nothing is negative, the parts are the whole, one payment is the old whole. By properties."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grants.calculations import recovery as sums
from grants.calculations.recovery import LateRate, Owed, Part
from portal.kernel.fiscal import is_business_day

START = date(2026, 12, 1)
FLAT = (LateRate(kind="arrears", first_on=date(1955, 9, 30), share=1095, source="law"),)
CHANGING = (*FLAT, LateRate(kind="arrears", first_on=date(2027, 1, 1), share=730, source="特例"))
YEN = st.integers(1, 10_000_000)
STEPS = st.lists(st.tuples(st.integers(0, 120), st.integers(0, 1_000)), max_size=8)


def owed(amount_yen: int, on: date, parts: list[Part], surcharges: bool = True) -> Owed:
    return sums.owed(
        amount_yen, on=on, due_on=START + timedelta(days=30), received=[(START, amount_yen)] if surcharges else [],
        surcharge=FLAT, arrears=CHANGING, parts=parts,
    )  # fmt: skip


def paid_in_steps(amount_yen: int, steps: list[tuple[int, int]]) -> tuple[list[Part], date]:
    """Days apart and thousandths of what is owed then; the rest on the last day."""
    day, parts = START, list[Part]()
    for days, thousandths in [*steps, (10, 1_000)]:
        day += timedelta(days=days)
        due = owed(amount_yen, day, parts)
        if amount := due.amount_yen * thousandths // 1_000:
            parts.append(sums.allot(amount, due, day))
    return parts, day


@given(YEN, STEPS)
def test_the_parts_are_the_whole_and_nothing_is_owed_after_the_last(
    amount_yen: int, steps: list[tuple[int, int]]
) -> None:
    parts, day = paid_in_steps(amount_yen, steps)
    end = owed(amount_yen, day, parts)
    assert (end.principal_yen, end.surcharge_yen, end.arrears_yen) == (0, 0, 0)
    assert owed(amount_yen, day + timedelta(days=400), parts).amount_yen == 0
    assert sum(part.principal_yen for part in parts) == amount_yen
    assert all(min(part.principal_yen, part.surcharge_yen, part.arrears_yen) >= 0 for part in parts)
    whole = owed(amount_yen, day, [])
    assert sum(part.amount_yen for part in parts) <= whole.amount_yen


@given(YEN, STEPS)
def test_on_no_day_is_less_than_nothing_owed_and_the_principal_is_paid_first(
    amount_yen: int, steps: list[tuple[int, int]]
) -> None:
    parts, _ = paid_in_steps(amount_yen, steps)
    for number, part in enumerate(parts):
        before = owed(amount_yen, part.on, parts[:number])
        after = owed(amount_yen, part.on, parts[: number + 1])
        assert min(after.principal_yen, after.surcharge_yen, after.arrears_yen) >= 0
        assert before.amount_yen - after.amount_yen == part.amount_yen
        assert after.principal_yen == 0 or part.surcharge_yen == part.arrears_yen == 0
        assert after.surcharge_yen == 0 or part.arrears_yen == 0


@given(YEN, STEPS, st.integers(0, 900))
def test_each_day_costs_what_was_open_on_it(amount_yen: int, steps: list[tuple[int, int]], days: int) -> None:
    parts, _ = paid_in_steps(amount_yen, steps)
    shares = 0
    for day in (START + timedelta(days=n) for n in range(days)):
        left = amount_yen - sum(part.principal_yen for part in parts if part.on < day)
        shares += left * (1095 if day.year == 2026 else 730)
    last = START + timedelta(days=days - 1)
    assert sums.charge(amount_yen, START, last, CHANGING, parts) == shares // 3_650_000


@given(YEN, st.integers(0, 900), st.booleans())
def test_one_payment_is_the_whole_as_it_was_before_there_were_parts(
    amount_yen: int, days: int, surcharges: bool
) -> None:
    on = START + timedelta(days=days)
    due = owed(amount_yen, on, [], surcharges)
    part = sums.allot(due.amount_yen, due, on)
    extra = sums.surcharge(amount_yen, received_on=START, paid_on=on, rates=FLAT) if surcharges else 0
    late = sums.arrears(amount_yen, due_on=START + timedelta(days=30), paid_on=on, rates=CHANGING)
    assert (part.principal_yen, part.surcharge_yen, part.arrears_yen) == (amount_yen, extra, late)
    assert extra == (amount_yen * (days + 1) * 1095 // 3_650_000 if surcharges else 0)


def test_a_sum_of_nothing_and_one_of_too_much_are_refused() -> None:
    due = owed(1_000, START, [])
    for amount in (0, -1, due.amount_yen + 1):
        with pytest.raises(ValueError, match="範囲"):
            sums.allot(amount, due, START)


def test_the_example_of_the_law() -> None:
    """500,000 received on 1 December, 300,000 back on the 10th, the rest on the 20th: 10 days of the one, 10 of the other."""
    first = sums.allot(300_000, owed(500_000, date(2026, 12, 10), []), date(2026, 12, 10))
    assert (first.principal_yen, first.surcharge_yen) == (300_000, 0)
    due = owed(500_000, date(2026, 12, 20), [first])
    assert (due.principal_yen, due.surcharge_yen, due.arrears_yen) == (200_000, 1_500 + 600, 0)
    assert [(span.days, span.base_yen) for span in due.surcharge_spans] == [(10, 500_000), (10, 200_000)]


def test_what_was_received_last_is_returned_first() -> None:
    """800,000 on 1 July 2026, 200,000 on 20 May 2027, all back on 20 December 2027: each part from its own day."""
    received = [(date(2026, 7, 1), 800_000), (date(2027, 5, 20), 200_000)]
    assert sums.tranches(received, 1_000_000) == received
    assert sums.tranches(received, 300_000) == [(date(2026, 7, 1), 100_000), (date(2027, 5, 20), 200_000)]
    assert sums.tranches(received, 150_000) == [(date(2027, 5, 20), 150_000)]
    with pytest.raises(ValueError, match="受け取った額"):
        sums.tranches(received, 1_000_001)
    assert sums.tranches(received, 700_000, 300_000) == [(date(2026, 7, 1), 700_000)]
    assert sums.tranches(received, 750_000, 150_000) == [
        (date(2026, 7, 1), 700_000),
        (date(2027, 5, 20), 50_000),
    ]
    with pytest.raises(ValueError, match="受け取った額"):
        sums.tranches(received, 900_000, 100_001)
    found = sums.spans(received, date(2027, 12, 20), FLAT)
    assert sums.cost(found) == 129_120 + 12_900


@given(st.lists(st.tuples(st.dates(START, date(2027, 12, 31)), YEN), min_size=1, max_size=5), st.data())
def test_the_tranches_are_the_amount_and_never_cost_more_than_the_first_day_would(
    received: list[tuple[date, int]], data: st.DataObject
) -> None:
    amount = data.draw(st.integers(1, sum(part for _, part in received)))
    found = sums.tranches(received, amount)
    assert sum(part for _, part in found) == amount
    assert all(part > 0 for _, part in found)
    assert min(day for day, _ in found) >= min(day for day, _ in received)
    end = date(2028, 3, 31)
    cost = sums.cost(sums.spans(found, end, FLAT))
    assert cost <= sums.charge(amount, min(day for day, _ in received), end, FLAT)
    by_day = sum(part * ((end - day).days + 1) * 1095 for day, part in found)
    assert cost == by_day // 3_650_000


@given(YEN, st.integers(1, 60), st.integers(0, 10_000_000), st.dates(START, date(2030, 12, 31)))
def test_a_plan_adds_up_and_is_covered_from_its_first_day_on(
    amount_yen: int, times: int, came_yen: int, first: date
) -> None:
    if times > amount_yen:
        with pytest.raises(ValueError, match="分けられません"):
            sums.parted(amount_yen, times)
        return
    amounts, days = sums.parted(amount_yen, times), sums.monthly(first, times)
    assert sum(amounts) == amount_yen
    assert max(amounts) - min(amounts) < times
    assert sorted(set(days)) == days
    assert all(map(is_business_day, days))
    plan, came = list(zip(days, amounts, strict=True)), min(came_yen, amount_yen)
    covered = sums.covered(plan, amount_yen - came)
    assert sum(covered) == came
    assert all(0 <= part <= amount for part, amount in zip(covered, amounts, strict=True))
    open_days = [day for (day, amount), part in zip(plan, covered, strict=True) if part < amount]
    assert sums.next_due(plan, amount_yen - came, days[-1]) == (open_days or days[-1:])[0]
    assert (
        sums.next_due(plan, 0, days[0]) == days[min(1, len(days) - 1)]
    )  # what is left beside it waits for no later day
    assert all(part == 0 for part in covered[len(plan) - len(open_days) + 1 :])
