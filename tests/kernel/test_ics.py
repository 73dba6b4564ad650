"""Calendars, read back by a reader that knows RFC 5545 and not the library that wrote them."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.kernel import ics
from portal.kernel.clock import JST
from tests.support import ical

ENTRY = ics.Entry(
    uid="7f1c5b1e-0000-4000-8000-000000000000",
    sequence=3,
    changed_at=datetime(2026, 4, 1, 1, 2, 3, tzinfo=UTC),
    starts_at=datetime(2026, 12, 5, 9, 30, tzinfo=UTC),
    ends_at=datetime(2026, 12, 5, 11, 30, tzinfo=UTC),
    title="1分間ピッチの夜",
)
WORDS = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=120)


def test_an_entry_stands_in_japans_time_with_its_zone() -> None:
    made = ics.calendar([ENTRY], name="秋葉区のイベント")
    assert b"DTSTART;TZID=Asia/Tokyo:20261205T183000\r\n" in made
    assert made.index(b"BEGIN:VTIMEZONE") < made.index(b"BEGIN:VEVENT")
    read = ical.read(made)
    event = read.events[0]
    assert (event.value("UID"), event.value("SEQUENCE")) == (ENTRY.uid, "3")
    assert event.moment("DTSTAMP") == ENTRY.changed_at
    assert event.moment("DTSTART") == ENTRY.starts_at
    assert (read.value("NAME"), read.value("X-WR-TIMEZONE")) == ("秋葉区のイベント", "Asia/Tokyo")
    assert read.properties["REFRESH-INTERVAL"] == [({"VALUE": "DURATION"}, "PT6H")]


def test_the_zone_of_japan_has_one_offset() -> None:
    (zone,) = (one for one in ical.read(ics.calendar([], name="x")).inside if one.name == "VTIMEZONE")
    (standard,) = zone.inside
    assert (standard.name, standard.value("TZOFFSETFROM"), standard.value("TZOFFSETTO")) == (
        "STANDARD",
        "+0900",
        "+0900",
    )
    assert JST.utcoffset(datetime(2026, 7, 1)) == timedelta(hours=9)  # noqa: DTZ001


@pytest.mark.parametrize(
    ("status", "transparency"),
    [
        (ics.Status.CONFIRMED, "OPAQUE"),
        (ics.Status.TENTATIVE, "OPAQUE"),
        (ics.Status.CANCELLED, "TRANSPARENT"),
    ],
)
def test_what_is_called_off_blocks_nobodys_time(status: ics.Status, transparency: str) -> None:
    (event,) = ical.read(ics.calendar([replace(ENTRY, status=status)], name="x")).events
    assert (event.value("STATUS"), event.value("TRANSP")) == (str(status), transparency)


@given(WORDS, WORDS, st.lists(WORDS, max_size=4))
def test_whatever_people_write_is_text_and_comes_back(title: str, place: str, lines: list[str]) -> None:
    text = "\n".join(lines)
    made = ics.calendar([replace(ENTRY, title=title, place=place, text=text)], name=title)
    (event,) = ical.read(made).events
    assert event.value("SUMMARY") == title
    assert (event.value("LOCATION") if place else "") == place
    assert (event.value("DESCRIPTION") if text else "") == text


def test_the_same_entries_are_the_same_bytes() -> None:
    assert ics.calendar([ENTRY], name="x") == ics.calendar([ENTRY], name="x")


@pytest.mark.parametrize(
    "wrong",
    [
        b"BEGIN:VCALENDAR\nEND:VCALENDAR\n",
        b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\nX-LONG:" + b"x" * 90 + b"\r\nEND:VCALENDAR\r\n",
        b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nEND:VCALENDAR\r\n",
        ics.calendar([ENTRY], name="x").replace(b"TZID:Asia/Tokyo", b"TZID:Asia/Seoul"),
        ics.calendar([ENTRY, ENTRY], name="x"),
    ],
)
def test_the_reader_refuses_what_is_wrong(wrong: bytes) -> None:
    with pytest.raises(AssertionError):
        ical.read(wrong)
