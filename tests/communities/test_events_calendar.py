"""The sheet of a ward's month costs the same with ten thousand events; lists are filtered; what was is kept."""

import uuid
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from communities import actions
from communities.calculations.calendar import month_after, month_of, sheet, span
from communities.models import Event, EventSeats
from portal.kernel.clock import JST
from tests.factories import communities as make
from tests.support.html import assert_html
from tests.support.queries import assert_queries
from tests.support.strict import StrictClient

MONTH = "2026-12"


@given(st.dates(date(2001, 1, 1), date(2090, 12, 31)))
def test_a_sheet_has_whole_weeks_and_every_day_of_its_month_once(day):
    first = day.replace(day=1)
    weeks = sheet(first, {})
    assert all(len(week) == 7 and week[0]["date"].weekday() == 6 for week in weeks)
    inside = [each["date"] for week in weeks for each in week if not each["out"]]
    assert inside == [first + timedelta(days=n) for n in range(len(inside))]
    assert (inside[0], inside[-1]) == span(first)
    assert month_after(month_after(first), -1) == first


def test_what_is_no_month_is_this_month():
    today = date(2026, 11, 22)
    for text in ("", "2026-13", "26-1", "9999-01", "<b>", "2026-1"):
        assert month_of(text, today) == date(2026, 11, 1)
    assert month_of("2027-01", today) == date(2027, 1, 1)


def crowd(like: Event, count: int) -> None:
    """So many events of December, spread over its days, with their seats."""
    start = datetime(2026, 12, 1, 9, tzinfo=JST)
    rows = [
        Event(
            id=uuid.uuid4(), host_community=like.host_community, area_id=like.area_id, title=f"会{n}", venue="会館",
            starts_at=start + timedelta(days=n % 31, minutes=n % 600),
            ends_at=start + timedelta(days=n % 31, minutes=n % 600 + 60),
            collector="city", state="published", published_at=like.published_at,
        )
        for n in range(count)
    ]  # fmt: skip
    Event.objects.bulk_create(rows)
    EventSeats.objects.bulk_create([EventSeats(event=row) for row in rows])


@pytest.mark.django_db
def test_the_calendar_costs_five_statements_at_most_with_ten_thousand_events(clock):
    clock.set("2026-11-22T09:00:00+09:00")
    event = make.event(title="一つだけの会", starts_at=datetime(2026, 12, 5, 18, 30, tzinfo=JST))
    anonymous, address = StrictClient(), f"/wards/akiha/calendar/?month={MONTH}"
    with assert_queries(4):
        page = anonymous.get(address)
    assert "18時30分 一つだけの会" in page.content.decode()
    assert_html(page.content)
    crowd(event, 10_000)
    with assert_queries(4):
        page = anonymous.get(address)
    text = page.content.decode()
    assert_html(page.content)
    assert "10,001件あります" in text
    assert text.count('class="mark') <= 2 * 31 * 4
    assert f"area={event.area_id}&amp;day=2026-12-31" in text
    with assert_queries(3):
        assert "会" in anonymous.get(f"/events/?area={event.area_id}&day=2026-12-31").content.decode()


@pytest.mark.django_db
def test_a_calendar_shows_other_months_and_says_what_is_off(clock):
    clock.set("2026-11-22T09:00:00+09:00")
    event = make.event(title="なくなる会", starts_at=datetime(2026, 12, 5, 18, 30, tzinfo=JST))
    draft = make.event(title="まだの会", starts_at=datetime(2026, 12, 6, 18, 30, tzinfo=JST), publish=False)
    actions.cancel_event(by=make.ward_officer(), event=event, note="雨")
    anonymous = StrictClient()
    text = anonymous.get(f"/wards/akiha/calendar/?month={MONTH}").content.decode()
    assert "【中止】なくなる会" in text
    assert draft.title not in text
    assert (
        "この月の集まりは、まだありません"
        in anonymous.get("/wards/akiha/calendar/?month=2027-02").content.decode()
    )
    assert "勤労感謝の日" in anonymous.get("/wards/akiha/calendar/").content.decode()
    assert anonymous.get("/wards/nowhere/calendar/").status_code == 404


@pytest.mark.django_db
def test_the_list_is_filtered_by_month_age_format_fee_and_theme():
    base = make.moment(3)
    everybody = make.event(title="だれでも", starts_at=base)
    teens = make.event(title="中高生", ages=["teens"], format="online", fee_yen=500, starts_at=base)
    hybrid = make.event(title="両方", format="hybrid", ages=["seniors"], starts_at=base)
    themed = make.event(title="食の会", starts_at=make.moment(70))
    themed.themes.set([make.theme()])

    def shown(query):
        text = StrictClient().get(f"/events/?{query}").content.decode()
        return {row.title for row in (everybody, teens, hybrid, themed) if row.get_absolute_url() in text}

    assert shown("age=teens") == {"だれでも", "中高生", "食の会"}
    assert shown("format=online") == {"中高生", "両方"}
    assert shown("format=onsite") == {"だれでも", "両方", "食の会"}
    assert shown("fee=free") == {"だれでも", "両方", "食の会"}
    assert shown("theme=food") == {"食の会"}
    assert shown(f"month={themed.starts_at.astimezone(JST):%Y-%m}") == {"食の会"}
    assert shown(f"day={base.astimezone(JST):%Y-%m-%d}&fee=free") == {"だれでも", "両方"}
    assert shown("age=<b>&format=x&fee=1&month=99&day=2026-02-31") == {"だれでも", "中高生", "両方", "食の会"}
    with assert_queries(3):
        StrictClient().get("/events/?theme=food&age=teens&format=hybrid&fee=free")
    with assert_queries(3):
        StrictClient().get("/events/?q=食の会&theme=food")


@pytest.mark.django_db
def test_what_is_over_is_kept_newest_first(clock):
    clock.set("2026-05-01T09:00:00+09:00")
    first, second = make.event(title="一回目"), make.event(title="二回目", starts_at=make.moment(20))
    clock.set("2026-06-01T09:00:00+09:00")
    make.event(title="これから")
    anonymous = StrictClient()
    with assert_queries(3):
        page = anonymous.get("/events/archive/")
    text = page.content.decode()
    assert text.index(second.title) < text.index(first.title)
    assert "これから" not in text.split("<main")[1].split("</main>")[0].replace("これからひらかれる", "")
    assert first.get_absolute_url() not in anonymous.get("/events/").content.decode()
    assert first.get_absolute_url() not in anonymous.get("/events/archive/?area=151017").content.decode()
    assert_html(page.content)
