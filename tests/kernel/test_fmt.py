"""How dates, times and money read on the screen."""

from datetime import UTC, date, datetime
from types import SimpleNamespace

import pytest
from django.template import engines

from portal.kernel import clock
from portal.kernel.templatetags import fmt

EVENING = datetime(2026, 12, 5, 9, 30, tzinfo=UTC)  # 18時30分 in Japan
NEW_YEAR = datetime(2025, 12, 31, 15, 0, tzinfo=UTC)  # 2026年1月1日 0時 in Japan


@pytest.mark.parametrize(
    ("name", "value", "read"),
    [
        ("yen", 1234567, "1,234,567円"),
        ("yen", 0, "0円"),
        ("yen", -500, "-500円"),
        ("quoted", "本の会", "「本の会」"),
        ("quoted", "「タイトル未定」", "「タイトル未定」"),
        ("quoted", "「朝」と「夜」", "「「朝」と「夜」」"),
        ("num", 1234, "1,234"),
        ("jdate", date(2026, 4, 1), "2026年(令和8年)4月1日(水)"),
        ("jdate", date(2019, 5, 1), "2019年(令和元年)5月1日(水)"),
        ("jdate", NEW_YEAR, "2026年(令和8年)1月1日(木)"),
        ("jday", date(2026, 12, 5), "12月5日(土)"),
        ("wareki", date(2026, 4, 1), "令和8年4月1日"),
        ("wareki", date(2019, 4, 30), "平成31年4月30日"),
        ("jtime", EVENING, "18時30分"),
        ("jtime", datetime(2026, 12, 5, 8, 0, tzinfo=UTC), "17時"),
        ("jtime", datetime(2026, 12, 5, 0, 5, tzinfo=UTC), "9時05分"),
        ("jdatetime", EVENING, "2026年(令和8年)12月5日(土) 18時30分"),
        ("fiscal_year", 2026, "令和8年度"),
        ("fiscal_year", date(2026, 3, 31), "令和7年度"),
        ("fiscal_year", NEW_YEAR, "令和7年度"),
        ("iso", EVENING, "2026-12-05T18:30+09:00"),
        ("iso", date(2026, 4, 1), "2026-04-01"),
    ],
)
def test_filter_reads_value_as_people_write_it(name: str, value: object, read: str) -> None:
    assert getattr(fmt, name)(value) == read


@pytest.mark.parametrize(
    "name",
    ["yen", "num", "jdate", "jday", "wareki", "jtime", "jdatetime", "jstamp", "fiscal_year", "iso"],
)
def test_filter_of_nothing_reads_as_nothing(name: str) -> None:
    assert getattr(fmt, name)(None) == ""


def test_stamp_names_the_year_only_when_it_is_another() -> None:
    with clock.at(datetime(2026, 12, 9, 3, 0, tzinfo=UTC)):
        assert fmt.jstamp(EVENING) == "12月5日 18時30分"
    with clock.at(datetime(2027, 1, 9, 3, 0, tzinfo=UTC)):
        assert fmt.jstamp(EVENING) == "2026年12月5日 18時30分"


@pytest.mark.parametrize(("comma", "read"), [("、", "一、二"), ("，", "一，二")])
def test_punct_uses_the_comma_of_the_government(comma: str, read: str) -> None:
    template = engines["django"].from_string('{% punct "一、二" %}')
    assert template.render({"authority": SimpleNamespace(comma=comma)}) == read


def test_punct_without_a_government_keeps_the_words() -> None:
    assert engines["django"].from_string('{% punct "一、二" %}').render({}) == "一、二"
