"""The arithmetic of the grant: the cases of workflows.md, and what must hold for every budget."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grants import calculations
from grants.calculations import ExpenseRow, ExpenseRule, IncomeRow, Terms
from grants.enums import IncomeKind, RuleEffect

HALF = Fraction(1, 2)
FULL_CAP = Terms(share=HALF, cap_left_yen=1_000_000)

rows = st.builds(
    ExpenseRow,
    setsu=st.sampled_from([7, 8, 9, 10, 12, 17]),
    description=st.sampled_from(["講師の謝金", "昼食", "ちらし", ""]),
    unit_price_yen=st.integers(0, 3_000_000),
    quantity=st.integers(1, 30),
)
incomes = st.builds(
    IncomeRow,
    kind=st.sampled_from(IncomeKind.values),
    description=st.just("参加費"),
    amount_yen=st.integers(0, 500_000),
)
terms = st.builds(
    Terms,
    share=st.sampled_from([HALF, Fraction(1), Fraction(2, 3)]),
    cap_left_yen=st.none() | st.integers(0, 1_000_000),
)
RULES = (
    ExpenseRule(setsu=(10,), words=("昼食",), effect=RuleEffect.EXCLUDE, text="食糧費"),
    ExpenseRule(setsu=(9,), words=(), effect=RuleEffect.EXCLUDE, text="交際費"),
    ExpenseRule(setsu=(17,), words=(), effect=RuleEffect.NOTICE, text="備品"),
)


def one_row(amount_yen: int) -> calculations.Amounts:
    return calculations.compute(
        expenses=[ExpenseRow(setsu=12, description="委託", unit_price_yen=amount_yen)],
        incomes=[],
        share_yen=None,
        outlay_yen=None,
        terms=FULL_CAP,
    )


@pytest.mark.parametrize(
    ("eligible_yen", "grant_yen"), [(2_400_000, 1_000_000), (1_333_999, 666_000), (1_999, 0)]
)
def test_grant_of_the_cases_in_the_rules(eligible_yen: int, grant_yen: int) -> None:
    assert one_row(eligible_yen).grant_yen == grant_yen


def test_screen_09_adds_up() -> None:
    amounts = calculations.compute(
        expenses=[
            ExpenseRow(setsu=7, description="謝金", unit_price_yen=20_000, quantity=6),
            ExpenseRow(setsu=8, description="旅費", unit_price_yen=18_500, quantity=6),
            ExpenseRow(setsu=10, description="印刷", unit_price_yen=22, quantity=3_000),
            ExpenseRow(setsu=10, description="消耗品", unit_price_yen=84_000),
            ExpenseRow(setsu=10, description="昼食", unit_price_yen=800, quantity=40, ineligible_yen=32_000),
            ExpenseRow(setsu=11, description="保険", unit_price_yen=9_000, quantity=3),
            ExpenseRow(setsu=12, description="運行", unit_price_yen=65_000, quantity=12),
            ExpenseRow(setsu=13, description="借上げ", unit_price_yen=14_500, quantity=12),
            ExpenseRow(setsu=17, description="端末", unit_price_yen=9_800, quantity=10),
        ],
        incomes=[IncomeRow(kind=IncomeKind.SPECIFIC, description="参加費", amount_yen=40_000)],
        share_yen=802_000,
        outlay_yen=None,
        terms=Terms(share=HALF, cap_left_yen=650_000),
    )
    assert (amounts.total_yen, amounts.ineligible_yen, amounts.base_yen) == (
        1_492_000,
        32_000,
        1_420_000,
    )
    assert (amounts.shared_yen, amounts.grant_yen, amounts.is_capped) == (710_000, 650_000, True)
    assert amounts.share_offered_yen == 802_000
    assert amounts.is_balanced


def test_outlay_of_indirect_subsidy_binds() -> None:
    """間接補助: the コミプラ pays 400,000 itself, the city's 18節 line is 600,000: half of that."""
    amounts = calculations.compute(
        expenses=[ExpenseRow(setsu=12, description="委託", unit_price_yen=1_000_000)],
        incomes=[IncomeRow(kind=IncomeKind.OWN, description="自己資金", amount_yen=400_000)],
        share_yen=300_000,
        outlay_yen=600_000,
        terms=FULL_CAP,
    )
    assert (amounts.base_yen, amounts.grant_yen, amounts.share_offered_yen) == (
        600_000,
        300_000,
        300_000,
    )
    assert amounts.is_balanced
    assert amounts.outlay_binds


@given(st.lists(rows, max_size=12), st.lists(incomes, max_size=5), terms)
def test_grant_is_never_above_share_cap_or_base(
    expenses: list[ExpenseRow], income: list[IncomeRow], offered: Terms
) -> None:
    amounts = calculations.compute(
        expenses=expenses, incomes=income, share_yen=None, outlay_yen=None, terms=offered
    )
    assert 0 <= amounts.grant_yen <= amounts.base_yen <= amounts.total_yen
    assert amounts.grant_yen % 1_000 == 0
    assert amounts.grant_yen <= amounts.base_yen * offered.share
    if offered.cap_left_yen is not None:
        assert amounts.grant_yen <= offered.cap_left_yen


@given(st.lists(rows, max_size=12), st.lists(incomes, max_size=5), terms)
def test_offered_share_balances_whenever_income_does_not_exceed_expenses(
    expenses: list[ExpenseRow], income: list[IncomeRow], offered: Terms
) -> None:
    def with_share(share_yen: int | None) -> calculations.Amounts:
        return calculations.compute(
            expenses=expenses, incomes=income, share_yen=share_yen, outlay_yen=None, terms=offered
        )

    first = with_share(None)
    filled = with_share(first.share_offered_yen)
    other = first.specific_yen + first.own_yen + first.grant_yen
    assert filled.is_balanced == (other <= first.total_yen)


@given(st.lists(rows, max_size=12), st.lists(incomes, max_size=5))
def test_direct_outlay_never_binds(expenses: list[ExpenseRow], income: list[IncomeRow]) -> None:
    amounts = calculations.compute(
        expenses=expenses, incomes=income, share_yen=None, outlay_yen=None, terms=FULL_CAP
    )
    assert not amounts.outlay_binds


@given(st.lists(rows, max_size=12))
def test_rules_exclude_whole_rows_and_are_stable(expenses: list[ExpenseRow]) -> None:
    judged = calculations.apply_rules(expenses, RULES)
    assert [row.amount_yen for row, _ in judged] == [row.amount_yen for row in expenses]
    for row, matching in judged:
        excluded = row.setsu == 9 or (row.setsu == 10 and "昼食" in row.description)
        assert row.ineligible_yen == (row.amount_yen if excluded else 0)
        assert any(rule.effect == RuleEffect.EXCLUDE for rule in matching) == excluded
    assert calculations.apply_rules([row for row, _ in judged], RULES) == judged


@given(
    st.integers(0, 2_000_000),
    st.lists(st.integers(0, 500_000), max_size=6),
)
def test_cap_left_and_uses_never_exceed_the_cap_together(limit_yen: int, uses: list[int]) -> None:
    left = calculations.cap_left(limit_yen=limit_yen, used_yen=uses)
    assert left == max(0, limit_yen - sum(uses))


@pytest.mark.parametrize(
    ("amounts", "used_yen"),
    [
        ({}, 0),
        ({"drafted_yen": 300_000}, 300_000),
        ({"drafted_yen": 300_000, "decided_yen": 250_000}, 250_000),
        ({"decided_yen": 250_000, "changing_yen": 400_000}, 400_000),
        ({"decided_yen": 250_000, "changing_yen": 100_000}, 250_000),
        ({"decided_yen": 250_000, "settled_yen": 180_000}, 180_000),
        ({"decided_yen": 250_000, "settled_yen": 0}, 0),
    ],
)
def test_use_of_a_file_follows_its_furthest_figure(amounts: dict[str, int], used_yen: int) -> None:
    assert calculations.used(**amounts) == used_yen
