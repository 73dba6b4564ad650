"""Meetings that come back: the days are right for any rule, each is an event of its own, one or all later ones change."""

import calendar
from datetime import date, timedelta

import pytest
from dateutil.rrule import rrulestr
from django.core.exceptions import PermissionDenied, ValidationError
from hypothesis import given, settings
from hypothesis import strategies as st

from communities import actions
from communities.calculations.series import Recurrence
from communities.enums.events import SERIES_AT_MOST, SERIES_DAYS, SeriesKind
from communities.models import Event, EventSeries
from portal.kernel.clock import JST
from portal.kernel.fiscal import is_holiday
from portal.kernel.refusals import Refusal
from tests.factories import communities as make
from tests.support.strict import StrictClient

DAYS = st.dates(date(2024, 1, 1), date(2030, 12, 31))
MANY = settings(max_examples=300, deadline=None)


@MANY
@given(DAYS, st.integers(1, 8), st.integers(1, SERIES_AT_MOST), st.booleans(), st.sets(DAYS, max_size=5))
def test_weekly_days_are_in_order_on_one_weekday_bounded_and_without_what_is_left_out(
    first, every, count, skips, without
):
    days = Recurrence("weekly", first, count, None, every, skips, frozenset(without)).days()
    assert days[0] == first
    assert days == sorted(set(days))
    assert len(days) <= count
    assert days[-1] <= first + timedelta(days=SERIES_DAYS)
    for day in days[1:]:
        assert (day - first).days % (7 * every) == 0
        assert day not in without
        assert not (skips and is_holiday(day))


@MANY
@given(DAYS, st.integers(2, 24))
def test_the_nth_weekday_is_the_same_nth_in_every_month_that_has_it(first, count):
    days = Recurrence(SeriesKind.MONTHLY_NTH, first, count).days()
    assert {((day.day - 1) // 7, day.weekday()) for day in days} == {((first.day - 1) // 7, first.weekday())}
    assert len({(day.year, day.month) for day in days}) == len(days)


@MANY
@given(DAYS, st.integers(2, 24))
def test_the_last_weekday_is_the_last_of_its_month(first, count):
    length = calendar.monthrange(first.year, first.month)[1]
    if first.day + 7 <= length:
        with pytest.raises(ValueError, match="最後の週"):
            Recurrence(SeriesKind.MONTHLY_LAST, first, count).days()
        return
    days = Recurrence(SeriesKind.MONTHLY_LAST, first, count).days()
    assert all(day.day + 7 > calendar.monthrange(day.year, day.month)[1] for day in days)
    months = [day.year * 12 + day.month for day in days]
    assert months == list(range(months[0], months[0] + len(days)))


@MANY
@given(DAYS, st.sampled_from(SeriesKind.values), st.integers(1, 8), st.integers(2, 30))
def test_days_are_those_of_the_rrule_as_another_program_reads_it(first, kind, every, count):
    rule = Recurrence(kind, first, count, None, every)
    try:
        days = rule.days()
    except ValueError:
        return
    start = f"DTSTART:{first:%Y%m%d}T000000\nRRULE:{rule.rrule};COUNT={len(days)}"
    assert [moment.date() for moment in rrulestr(start)] == days


def test_until_ends_it_and_numbers_out_of_range_are_refused():
    first = date(2026, 4, 4)
    assert Recurrence("weekly", first, 60, date(2026, 4, 18)).days() == [
        first,
        date(2026, 4, 11),
        date(2026, 4, 18),
    ]
    for wrong in ({"every": 0}, {"every": 9}, {"count": 0}, {"count": 61}):
        with pytest.raises(ValueError, match="まで"):
            Recurrence("weekly", first, **{"count": 5, **wrong}).days()


def series(event, **values):
    return actions.repeat_event(
        by=make.ward_officer(), event=event, **{"kind": "weekly", "count": 4, **values}
    )


@pytest.mark.django_db
def test_a_series_is_made_of_single_events_with_seats_of_their_own():
    event = make.event(capacity=12, fee_yen=300, format="online", entries_close_at=make.moment(9))
    made = series(event)
    rows = list(made.events.order_by("series_number"))
    assert [row.series_number for row in rows] == [1, 2, 3, 4]
    assert {(row.state, row.seats.capacity, row.fee_yen, row.format) for row in rows} == {
        ("published", 12, 300, "online")
    }
    assert [row.starts_at - event.starts_at for row in rows] == [timedelta(weeks=n) for n in range(4)]
    assert {row.starts_at - row.entries_close_at for row in rows} == {
        event.starts_at - event.entries_close_at
    }
    assert len({row.starts_at.astimezone(JST).time() for row in rows}) == 1
    make.registration(rows[2], party_size=3)
    assert [row.seats.taken for row in made.events.select_related("seats").order_by("series_number")] == [
        0,
        0,
        3,
        0,
    ]
    page = StrictClient().get(rows[1].get_absolute_url()).content.decode()
    assert "全4回の2回目" in page
    assert rows[3].get_absolute_url() in page


@pytest.mark.django_db
def test_a_series_is_refused_twice_from_the_past_by_strangers_and_when_nothing_comes_back():
    event = make.event()
    with pytest.raises(PermissionDenied):
        actions.repeat_event(by=make.person(), event=event, kind="weekly", count=3)
    with pytest.raises(ValidationError, match="二回目の日がありません"):
        series(event, until=event.starts_at.astimezone(JST).date())
    with pytest.raises(Refusal, match="始まった催し"):
        series(make.event(starts_at=make.moment(-1)))
    assert (Event.objects.count(), EventSeries.objects.count()) == (2, 0)
    series(event)
    with pytest.raises(Refusal, match="もうシリーズ"):
        series(event)


@pytest.mark.django_db
def test_one_meeting_or_this_and_the_later_ones_change():
    event = make.event(capacity=10)
    rows = list(series(event).events.order_by("series_number"))
    before, by = [row.starts_at for row in rows], make.ward_officer()
    actions.edit_events(by=by, event=rows[0], title="一回だけ")
    actions.cancel_event(by=by, event=rows[2], note="会場の都合")
    moved = rows[1].starts_at + timedelta(hours=1)
    actions.edit_events(
        by=by, event=rows[1], following=True, venue="新しい会場", capacity=20, starts_at=moved,
        ends_at=rows[1].ends_at + timedelta(hours=1),
    )  # fmt: skip
    now = list(Event.objects.filter(series=event.series_id).select_related("seats").order_by("series_number"))
    assert [row.venue for row in now] == ["試験会館", "新しい会場", "試験会館", "新しい会場"]
    assert [row.seats.capacity for row in now] == [10, 20, 10, 20]
    assert [(row.starts_at - old).seconds for row, old in zip(now, before, strict=True)] == [
        0,
        3600,
        0,
        3600,
    ]
    assert now[3].title == event.title


@pytest.mark.django_db
def test_what_one_later_meeting_refuses_is_refused_for_all_and_named():
    event = make.event(capacity=10)
    rows = list(series(event).events.order_by("series_number"))
    make.registration(rows[3], party_size=5)
    day = rows[3].starts_at.astimezone(JST)
    with pytest.raises(Refusal, match=rf"{day.month}月{day.day}日の回.*5人以上"):
        actions.edit_events(by=make.ward_officer(), event=rows[1], following=True, title="だめ", capacity=4)
    assert not Event.objects.filter(title="だめ").exists()


@pytest.mark.django_db
def test_an_organiser_makes_and_changes_a_series_in_the_browser():
    host = make.community()
    organiser = make.organiser(host)
    event = make.event(host, by=organiser, collector="community")
    client = StrictClient()
    client.force_login(organiser.user, backend="django.contrib.auth.backends.ModelBackend")
    address = f"{event.get_absolute_url()}series/"
    once = client.get(address).context["form"].initial["once"]
    wrong = client.post(address, {"once": once, "kind": "weekly", "count": "3", "without": "令和99年13月1日"})
    assert (wrong.status_code, "without" in wrong.context["form"].errors) == (422, True)
    skipped = (event.starts_at + timedelta(weeks=1)).astimezone(JST).date()
    done = client.post(address, {"once": once, "kind": "weekly", "count": "3", "without": str(skipped)})
    assert done.status_code == 303
    event.refresh_from_db()
    assert (event.series.count, event.series.without) == (3, [skipped])
    edit = f"/communities/{host.slug}/manage/events/{event.pk}/edit/"
    form = client.get(edit).context["form"]
    assert "following" in form.fields
    sent = {
        name: value for name, value in form.initial.items()
        if value not in (None, "", []) and isinstance(value, str | int)
    }  # fmt: skip
    at = event.starts_at.astimezone(JST)
    times = {
        "starts_at": f"{at:%Y-%m-%dT%H:%M}",
        "ends_at": f"{event.ends_at.astimezone(JST):%Y-%m-%dT%H:%M}",
    }
    answer = client.post(edit, {**sent, **times, "following": "on", "title": "みんな新しい名前"})
    assert answer.status_code == 303
    assert set(event.series.events.values_list("title", flat=True)) == {"みんな新しい名前"}
