"""The most that may be granted, over all budgets and caps: never above share, cap left or what was applied for."""

from hypothesis import given
from hypothesis import strategies as some

from grants.capped import most
from grants.models import Application, Menu

YEN = some.integers(min_value=0, max_value=10**9)


def case(base_yen: int, grant_yen: int) -> Application:
    return Application(
        base_yen=base_yen, grant_yen=grant_yen, menu=Menu(share_numerator=1, share_denominator=2)
    )


@given(base=YEN, applied=YEN, left=some.none() | some.integers(min_value=0, max_value=1_000_000))
def test_never_above_share_cap_or_application(base: int, applied: int, left: int | None) -> None:
    amount = most(case(base, applied), left)
    assert 0 <= amount <= min(base // 2, applied)
    assert left is None or amount <= left
    assert amount % 1000 == 0


@given(base=YEN, left=some.integers(min_value=0, max_value=1_000_000), less=some.integers(0, 1_000_000))
def test_less_cap_never_grants_more(base: int, left: int, less: int) -> None:
    assert most(case(base, base), min(left, less)) <= most(case(base, base), left)


def test_the_cases_of_the_rule() -> None:
    assert most(case(2_400_000, 1_000_000), 1_000_000) == 1_000_000
    assert most(case(1_333_999, 666_000), 1_000_000) == 666_000
    assert most(case(1_999, 1_999), 1_000_000) == 0
