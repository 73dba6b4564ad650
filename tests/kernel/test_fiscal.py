"""年度, business days and deadlines, held to the days of domain.md 1.7 and 3.7."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.kernel import clock
from portal.kernel.fiscal import (
    Arrival,
    Deadline,
    FiscalYear,
    Shift,
    fiscal_year,
    is_business_day,
    is_holiday,
    next_business_day,
    previous_business_day,
)

HOLIDAYS_OF_FY_2026_AND_2027 = """
2026-04-29 2026-05-03 2026-05-04 2026-05-05 2026-05-06 2026-07-20 2026-08-11 2026-09-21 2026-09-22 2026-09-23 2026-10-12
2026-11-03 2026-11-23 2027-01-01 2027-01-11 2027-02-11 2027-02-23 2027-03-21 2027-03-22 2027-04-29 2027-05-03 2027-05-04
2027-05-05 2027-07-19 2027-08-11 2027-09-20 2027-09-23 2027-10-11 2027-11-03 2027-11-23
""".split()


@given(st.dates(date(1900, 1, 1), date(2100, 12, 31)))
def test_every_day_lies_in_its_fiscal_year(on: date) -> None:
    year = FiscalYear.of(on)
    assert year.start <= on <= year.end
    assert on in year
    assert on not in year.next
    assert on not in year.previous
    assert year.year == fiscal_year(on)


@pytest.mark.parametrize(
    ("year", "label", "code"),
    [
        (2026, "令和8年度", "R8"),
        (2020, "令和2年度", "R2"),
        (2019, "令和元年度", "R1"),
        (2018, "平成30年度", "H30"),
        (1989, "平成元年度", "H1"),
        (1988, "昭和63年度", "S63"),
    ],
)
def test_fiscal_years_are_named_by_their_era(year: int, label: str, code: str) -> None:
    assert (FiscalYear(year).label, str(FiscalYear(year)), FiscalYear(year).code) == (label, label, code)


def test_the_year_of_the_source_runs_as_the_source_says() -> None:
    year = FiscalYear(2024)  # 令和6年度 of the 県's text
    assert (year.label, year.start, year.end) == ("令和6年度", date(2024, 4, 1), date(2025, 3, 31))
    assert year.accounts_close_on == date(2025, 5, 31)


def test_holidays_of_two_fiscal_years_are_exactly_the_known_ones() -> None:
    first, last = date(2026, 4, 1), date(2027, 11, 30)
    days = [first + timedelta(days=step) for step in range((last - first).days + 1)]
    assert [day.isoformat() for day in days if is_holiday(day)] == HOLIDAYS_OF_FY_2026_AND_2027


@pytest.mark.parametrize(
    ("on", "opens"),
    [
        ("2026-12-28", True),
        ("2026-12-29", False),
        ("2026-12-31", False),
        ("2027-01-01", False),
        ("2027-01-03", False),
        ("2027-01-04", True),
        ("2027-04-10", False),
        ("2027-04-12", True),
        ("2026-05-06", False),
        ("2026-09-22", False),
    ],
)
def test_offices_close_at_weekends_on_holidays_and_over_the_new_year(on: str, opens: bool) -> None:
    assert is_business_day(date.fromisoformat(on)) is opens


@given(st.dates(date(2000, 1, 1), date(2098, 12, 31)))
def test_shifting_lands_on_the_nearest_open_day(on: date) -> None:
    later, earlier = next_business_day(on), previous_business_day(on)
    assert is_business_day(later)
    assert is_business_day(earlier)
    assert earlier <= on <= later
    between = [earlier + timedelta(days=step) for step in range(1, (later - earlier).days)]
    assert not any(map(is_business_day, between))
    assert (later == on) == (earlier == on) == is_business_day(on)


@pytest.mark.parametrize(
    ("statutory", "effective"),  # ワンストップ特例, 地方税法20条の5第2項; table of domain.md 1.7
    [
        ("2026-01-10", "2026-01-13"),
        ("2027-01-10", "2027-01-12"),
        ("2028-01-10", "2028-01-11"),
        ("2029-01-10", "2029-01-10"),
    ],
)
def test_one_stop_deadline_moves_to_the_next_open_day(statutory: str, effective: str) -> None:
    deadline = Deadline(date.fromisoformat(statutory), shift=Shift.NEXT_BUSINESS_DAY)
    assert deadline.effective == date.fromisoformat(effective)


def test_the_three_shift_rules_differ_on_a_saturday() -> None:
    saturday = date(2027, 4, 10)
    moved = [Deadline(saturday, shift=shift).effective.isoformat() for shift in Shift]
    assert moved == ["2027-04-10", "2027-04-12", "2027-04-09"]


@pytest.mark.parametrize(
    ("deadline", "label"),
    [
        (
            Deadline(date(2027, 4, 10), time(17), Shift.NEXT_BUSINESS_DAY),
            "令和9年4月12日(月)17時必着(2027年4月12日)",
        ),
        (Deadline(date(2027, 1, 10)), "令和9年1月10日(日)必着(2027年1月10日)"),
        (
            Deadline(date(2026, 12, 25), arrival=Arrival.POSTMARK),
            "令和8年12月25日(金)消印有効(2026年12月25日)",
        ),
        (
            Deadline(date(2027, 3, 31), time(23, 59), arrival=Arrival.SENT),
            "令和9年3月31日(水)23時59分までに送信完了(2027年3月31日)",
        ),
    ],
)
def test_a_deadline_is_printed_in_both_calendars(deadline: Deadline, label: str) -> None:
    assert deadline.label == label


def test_a_deadline_is_open_to_the_end_of_its_minute_in_japan() -> None:
    deadline = Deadline(date(2027, 4, 12), time(17), arrival=Arrival.SENT)
    assert deadline.is_open(datetime(2027, 4, 12, 8, 0, 59, tzinfo=UTC))
    assert not deadline.is_open(datetime(2027, 4, 12, 8, 1, tzinfo=UTC))
    whole_day = Deadline(date(2027, 4, 12))
    assert whole_day.is_open(datetime(2027, 4, 12, 23, 59, 59, tzinfo=clock.JST))
    assert not whole_day.is_open(datetime(2027, 4, 12, 15, 0, tzinfo=UTC))


def test_a_postmark_has_no_time_of_day() -> None:
    with pytest.raises(ValueError, match="消印"):
        Deadline(date(2027, 4, 12), time(17), arrival=Arrival.POSTMARK)
