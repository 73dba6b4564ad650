"""A series in a calendar, read back by the icalendar library: one entry a meeting, each with a life of its own."""

from datetime import timedelta

import icalendar
import pytest

from communities import actions
from communities.models import Event
from portal.kernel import clock
from portal.kernel.clock import JST
from tests.factories import communities as make
from tests.support.strict import StrictClient

pytestmark = pytest.mark.django_db


def entries(address: str) -> list[icalendar.Event]:
    """The meetings of a calendar as the library reads them; it refuses what is broken."""
    answer = StrictClient().get(address)
    whole = icalendar.Calendar.from_ical(answer.content)
    assert whole.errors == []
    assert [zone["TZID"] for zone in whole.walk("VTIMEZONE")] == ["Asia/Tokyo"]
    return sorted(whole.walk("VEVENT"), key=lambda entry: entry.decoded("DTSTART"))


@pytest.fixture
def series():
    by, where = make.ward_officer(), make.community()
    first = make.event(where, by=by, title="里山の道なおし", starts_at=make.moment(3))
    skipped = (first.starts_at + timedelta(weeks=2)).astimezone(JST).date()
    actions.repeat_event(by=by, event=first, kind="weekly", count=4, without=[skipped])
    return where, list(Event.objects.filter(series__isnull=False).order_by("series_number"))


def test_each_meeting_is_an_entry_of_its_own_without_a_rule(series):
    where, meetings = series
    read = entries(f"{where.get_absolute_url()}events.ics")
    assert [entry.decoded("DTSTART") for entry in read] == [event.starts_at for event in meetings]
    assert [entry.decoded("DTEND") for entry in read] == [event.ends_at for event in meetings]
    assert [entry["UID"] for entry in read] == [str(event.pk) for event in meetings]
    gaps = [
        (later - before).days
        for before, later in zip(meetings_days(meetings), meetings_days(meetings)[1:], strict=False)
    ]
    assert gaps == [7, 14, 7]
    for entry in read:
        assert entry["DTSTART"].params["TZID"] == "Asia/Tokyo"
        assert str(entry["SUMMARY"]) == "里山の道なおし"
        assert not {"RRULE", "RDATE", "EXDATE", "RECURRENCE-ID"} & set(entry)


def meetings_days(meetings):
    return [event.starts_at.astimezone(JST).date() for event in meetings]


def test_one_meeting_is_moved_one_is_called_off_and_the_others_stay_as_they_are(series):
    where, meetings = series
    address = f"{where.get_absolute_url()}events.ics"
    before = {entry["UID"]: entry.to_ical() for entry in entries(address)}
    moved, off = meetings[1], meetings[2]
    with clock.at(clock.now() + timedelta(hours=1)):
        later = moved.starts_at + timedelta(days=1)
        actions.edit_event(
            by=make.ward_officer(), event=moved, starts_at=later, ends_at=later + timedelta(hours=1)
        )
        actions.cancel_event(by=make.ward_officer(), event=off, note="雪のため")
    after = {entry["UID"]: entry for entry in entries(address)}
    assert after[str(moved.pk)].decoded("DTSTART") == later
    assert after[str(off.pk)]["STATUS"] == "CANCELLED"
    for event in (moved, off):
        old = icalendar.Event.from_ical(before[str(event.pk)])
        assert int(after[str(event.pk)]["SEQUENCE"]) > int(old["SEQUENCE"])
    for event in (meetings[0], meetings[3]):
        assert after[str(event.pk)].to_ical() == before[str(event.pk)]
