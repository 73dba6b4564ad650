"""Yen: whole, never rounded up, read as people type it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.kernel.money import MAX_YEN, digits, floor_thousand, kin, parse_yen, yen

AMOUNTS = st.integers(0, MAX_YEN)


@given(AMOUNTS)
def test_what_is_written_can_be_read(amount: int) -> None:
    wide = yen(amount).translate(
        {ord(str(digit)): chr(0xFF10 + digit) for digit in range(10)} | {ord(","): "，"}
    )
    assert (
        parse_yen(yen(amount))
        == parse_yen(kin(amount))
        == parse_yen(str(amount))
        == parse_yen(wide)
        == amount
    )


@given(st.integers(-MAX_YEN, -1))
def test_below_zero_is_read_only_where_it_may_be(amount: int) -> None:
    assert parse_yen(yen(amount), negative=True) == parse_yen(f"△{-amount:,}", negative=True) == amount
    with pytest.raises(ValueError, match="0円以上"):
        parse_yen(yen(amount))


@given(AMOUNTS)
def test_floor_thousand_takes_off_less_than_a_thousand(amount: int) -> None:
    floored = floor_thousand(amount)
    assert floored % 1000 == 0
    assert 0 <= amount - floored < 1000


@pytest.mark.parametrize(
    ("amount", "floored"), [(2_400_000, 2_400_000), (666_999, 666_000), (999, 0), (0, 0)]
)
def test_floor_thousand_of_the_cases_of_the_rules(amount: int, floored: int) -> None:
    assert floor_thousand(amount) == floored


@pytest.mark.parametrize(
    ("typed", "amount"),
    [
        ("１，２３４円", 1234),
        ("¥1,234", 1234),
        ("￥１２３４", 1234),
        ("金1,234円", 1234),
        ("金　650,000円", 650_000),
        ("1,234円也", 1234),
        ("\\1,234", 1234),
        (" 0 ", 0),
        ("007", 7),
        ("1234 円", 1234),
    ],
)
def test_forms_that_people_type(typed: str, amount: int) -> None:
    assert parse_yen(typed) == amount


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ("1,234.5", "小数"),
        ("１２．０円", "小数"),
        ("12,34", "カンマ"),
        ("1,2345", "カンマ"),
        (",123", "カンマ"),
        ("150万円", "円の単位"),
        ("百円", "円の単位"),
        ("", "数字で"),
        ("円", "数字で"),
        ("abc", "数字で"),
        ("1e3", "数字で"),
        ("12 34", "数字で"),
        ("٣", "数字で"),
        ("1" * 16, "大きすぎ"),
        ("9" * 5000, "大きすぎ"),
        ("--1", "数字で"),
        ("-1", "0円以上"),
        ("−１", "0円以上"),
        ("▲1", "0円以上"),
    ],
)
def test_what_is_refused_says_why(typed: str, reason: str) -> None:
    with pytest.raises(ValueError, match=reason):
        parse_yen(typed)


@given(st.text(max_size=30))
def test_garbage_is_a_value_error_or_an_amount(text: str) -> None:
    try:
        amount = parse_yen(text)
    except ValueError:
        return
    assert 0 <= amount <= MAX_YEN


@pytest.mark.parametrize("wrong", [1.0, True, "1", None])
def test_only_ints_are_amounts(wrong: object) -> None:
    for function in (yen, kin, digits, floor_thousand):
        with pytest.raises(TypeError, match="int"):
            function(wrong)  # type: ignore[arg-type]


def test_papers_and_the_rule_know_no_negative_amount() -> None:
    for function in (kin, floor_thousand):
        with pytest.raises(ValueError, match="0円以上"):
            function(-1)


def test_amounts_as_they_are_shown() -> None:
    assert (yen(1_234_567), kin(30_000), digits(0), yen(-1234)) == (
        "1,234,567円",
        "金30,000円",
        "0",
        "-1,234円",
    )
