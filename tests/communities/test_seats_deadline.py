"""Until when an offer stands, and why nobody moves up: arithmetic, for any moment."""

from datetime import datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from communities.seats import offers
from portal.kernel.clock import JST

SINCE = datetime(2026, 1, 1, tzinfo=JST)
MOMENTS = st.timedeltas(timedelta(), timedelta(days=1500)).map(lambda passed: SINCE + passed)
AHEAD = st.timedeltas(min_value=timedelta(hours=-3), max_value=timedelta(days=9))


def jst(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=JST)


@given(MOMENTS, AHEAD)
def test_an_offer_ends_by_day_in_time_and_never_too_soon(now, ahead):
    starts = now + ahead
    ends = offers.offer_deadline(now, starts)
    if ends is None:
        assert offers.daytime_between(now, starts - offers.BEFORE_START) < offers.SHORTEST
        return
    assert time(8) <= ends.astimezone(JST).time() <= time(21)
    assert ends.second == ends.microsecond == 0
    assert ends <= starts - timedelta(hours=2)
    assert offers.daytime_between(now, ends) >= timedelta(hours=3) - timedelta(minutes=1)
    if ends < now + timedelta(hours=24):
        assert offers.daytime_between(ends, starts - timedelta(hours=2)) < timedelta(minutes=1)


@given(MOMENTS, AHEAD)
def test_the_soonest_start_divides_offers_from_the_last_day(now, ahead):
    starts = (now + ahead).replace(second=0, microsecond=0)
    assert (offers.offer_deadline(now, starts) is None) is (starts < offers.soonest_start(now))


@given(MOMENTS)
def test_with_time_enough_the_next_daytime_a_day_later_ends_it(now):
    ends = offers.offer_deadline(now, now + timedelta(days=30))
    assert ends is not None
    assert timedelta(hours=24) <= ends - now <= timedelta(hours=35, minutes=1)
    assert offers.daytime_between(now + timedelta(hours=24), ends) <= timedelta(minutes=1)


@given(
    MOMENTS,
    st.timedeltas(min_value=timedelta(), max_value=timedelta(days=9)),
    st.timedeltas(timedelta(), timedelta(days=9)),
)
def test_daytime_adds_up(since, first, second):
    middle, until = since + first, since + first + second
    whole = offers.daytime_between(since, until)
    assert whole == offers.daytime_between(since, middle) + offers.daytime_between(middle, until)
    assert timedelta() <= whole <= first + second
    assert offers.daytime_between(until, since) == timedelta() or since == until


@pytest.mark.parametrize(
    ("now", "starts", "ends"),
    [
        ("2026-12-01T10:00", "2026-12-20T18:00", "2026-12-02T10:00"),
        ("2026-12-01T21:00", "2026-12-20T18:00", "2026-12-02T21:00"),
        ("2026-12-01T22:30", "2026-12-20T18:00", "2026-12-03T08:00"),
        ("2026-12-01T03:00", "2026-12-20T18:00", "2026-12-02T08:00"),
        ("2026-12-01T10:00:30", "2026-12-20T18:00", "2026-12-02T10:01"),
        ("2026-12-01T10:00", "2026-12-02T09:00", "2026-12-01T21:00"),
        ("2026-12-01T10:00", "2026-12-01T15:00", "2026-12-01T13:00"),
        ("2026-12-01T10:00", "2026-12-01T14:59", None),
        ("2026-12-01T19:00", "2026-12-02T10:30", None),
        ("2026-12-01T18:00", "2026-12-02T10:00", "2026-12-02T08:00"),
        ("2026-12-01T18:00", "2026-12-01T17:00", None),
    ],
)
def test_examples_of_the_night_and_of_the_last_hours(now, starts, ends):
    assert offers.offer_deadline(jst(now), jst(starts)) == (jst(ends) if ends else None)


def seating(**facts) -> offers.Seating:
    values = {"capacity": 10, "left": 0, "offered": 0, "smallest_waiting": 2, "may_offer": True}
    return offers.Seating(**{**values, **facts})


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({"smallest_waiting": None}, ""),
        ({}, "満席です"),
        ({"offered": 3}, "空いた3席は、いま案内中です"),
        ({"left": 1}, "のこりは1席です。待っている申込みはどれも2人以上"),
        ({"left": 2, "may_offer": False}, "電話などで本人に確かめてください"),
        ({"left": 2}, "まもなく"),
    ],
)
def test_why_nobody_moves_up(facts, words):
    said = offers.why_nobody(seating(**facts))
    assert words in said
    assert bool(said) == bool(words)


@pytest.mark.parametrize(
    ("facts", "size", "words"),
    [
        ({}, 2, "いまは満席です"),
        ({"offered": 1}, 2, "先の順番の方にご案内しています"),
        ({"left": 1}, 3, "3人分の席がまとまって空くまで、順番を保ったまま"),
        ({"capacity": 2}, 3, "いまの定員は2人です"),
        ({"left": 2, "may_offer": False}, 2, "主催者からの連絡をお待ちください"),
        ({"left": None, "capacity": None}, 2, "受付の順に"),
    ],
)
def test_why_one_party_waits(facts, size, words):
    assert words in offers.why_waiting(seating(**facts), size)
