"""和暦: every era, both ends, what people type, what contradicts itself."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.kernel.fiscal import parse_date, seireki, wareki, wareki_year, weekday_ja
from portal.kernel.wareki import ERAS

DAYS = st.dates(date(1873, 1, 1), date(2117, 12, 31))


@given(DAYS)
def test_wareki_round_trip(on: date) -> None:
    assert parse_date(wareki(on)) == on


@given(DAYS)
def test_full_width_and_short_forms_mean_the_same_day(on: date) -> None:
    year = wareki_year(on)
    letter = {"明治": "M", "大正": "T", "昭和": "S", "平成": "H", "令和": "R"}[year[:2]]
    short = f"{letter}{year[2:-1]}.{on.month}.{on.day}"
    wide = wareki(on).translate({ord(str(digit)): chr(0xFF10 + digit) for digit in range(10)})
    assert parse_date(short) == parse_date(short.lower()) == parse_date(wide) == on


@given(DAYS)
def test_what_a_page_shows_can_be_typed_back(on: date) -> None:
    shown = f"{on.year}年({wareki_year(on)}){on.month}月{on.day}日({weekday_ja(on)})"
    assert parse_date(shown) == parse_date(on.isoformat()) == parse_date(seireki(on)) == on


@pytest.mark.parametrize(
    ("typed", "on"),
    [
        ("令和元年5月1日", "2019-05-01"),
        ("令和1年5月1日", "2019-05-01"),
        ("R元.5.1", "2019-05-01"),
        ("平成31年4月30日", "2019-04-30"),
        ("平成元年1月8日", "1989-01-08"),
        ("昭和64年1月7日", "1989-01-07"),
        ("昭和元年12月25日", "1926-12-25"),
        ("大正15年12月25日", "1926-12-25"),
        ("大正元年7月30日", "1912-07-30"),
        ("明治45年7月30日", "1912-07-30"),
        ("明治6年1月1日", "1873-01-01"),
        ("令8.4.1", "2026-04-01"),
        ("Ｒ８－４－１", "2026-04-01"),
        ("㋿8年4月1日", "2026-04-01"),
        ("㍻31.4.30", "2019-04-30"),
        (" 令和 8 年 4 月 1 日 ", "2026-04-01"),
        ("2026/4/1", "2026-04-01"),
        ("２０２６．４．１", "2026-04-01"),
        ("20260401", "2026-04-01"),
        ("令和8年4月1日（水曜日）", "2026-04-01"),
        ("平成6年2月28日", "1994-02-28"),
        ("令和6年2月29日", "2024-02-29"),
    ],
)
def test_forms_that_people_type(typed: str, on: str) -> None:
    assert parse_date(typed) == date.fromisoformat(on)


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ("平成31年5月1日", "平成は、元年1月8日から31年4月30日まで"),
        ("令和元年4月30日", "令和は、元年5月1日から"),
        ("昭和64年1月8日", "昭和は"),
        ("昭和0年12月31日", "昭和は"),
        ("大正15年12月26日", "大正は"),
        ("明治5年12月2日", "明治6年1月1日より前"),
        ("1872-12-31", "明治6年1月1日より前"),
        ("令和7年2月29日", "こよみにありません"),
        ("2026-13-01", "こよみにありません"),
        ("令和8年4月1日(月)", "水曜日です"),
        ("2026年(令和7年)4月1日", "令和8年です"),
        ("4月1日", "のように入力"),
        ("令和8年", "のように入力"),
        ("", "のように入力"),
        ("8.4.1", "のように入力"),
        ("20260401日", "のように入力"),
        ("٢٠٢٦-٠٤-٠١", "のように入力"),
    ],
)
def test_what_is_refused_says_why(typed: str, reason: str) -> None:
    with pytest.raises(ValueError, match=reason):
        parse_date(typed)


@given(st.text(max_size=40))
def test_garbage_is_a_value_error_or_a_day(text: str) -> None:
    try:
        on = parse_date(text)
    except ValueError:
        return
    assert on >= date(1873, 1, 1)


def test_a_year_one_is_written_gannen() -> None:
    assert [wareki(era.first) for era in ERAS[:4]] == [
        "令和元年5月1日",
        "平成元年1月8日",
        "昭和元年12月25日",
        "大正元年7月30日",
    ]
    assert wareki(date(2020, 1, 1)) == "令和2年1月1日"


def test_before_the_present_calendar_there_is_no_wareki() -> None:
    with pytest.raises(ValueError, match="明治6年"):
        wareki(date(1872, 12, 31))
