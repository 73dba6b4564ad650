"""Calendars to subscribe to (RFC 5545, 7986): CRLF, folded at 75 octets, Asia/Tokyo with its VTIMEZONE, stable UIDs.

There is no METHOD: a calendar at an address is published, and DTSTAMP then says when an entry was last changed, so that
the same entries always give the same bytes.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum

import icalendar

from .clock import JST

CONTENT_TYPE = "text/calendar; charset=utf-8"
PRODUCT = "-//Kyodo Hiroba//Events//JA"
REFRESH = timedelta(hours=6)


class Status(StrEnum):
    """STATUS of an entry; TENTATIVE is what a postponed thing without a new day has."""

    CONFIRMED = "CONFIRMED"
    TENTATIVE = "TENTATIVE"
    CANCELLED = "CANCELLED"


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One thing in a calendar. Instants are aware. `sequence` rises with every change; `uid` never changes."""

    uid: str
    sequence: int
    changed_at: datetime
    starts_at: datetime
    ends_at: datetime
    title: str
    place: str = ""
    text: str = ""
    url: str = ""
    status: Status = Status.CONFIRMED


def calendar(entries: Iterable[Entry], *, name: str, about: str = "") -> bytes:
    """Return the calendar `name` with its entries, in their order. What people wrote is text and is escaped."""
    whole = icalendar.Calendar()
    whole.add("prodid", PRODUCT)
    whole.add("version", "2.0")
    whole.add("calscale", "GREGORIAN")
    whole.add("name", name)
    whole.add("x-wr-calname", name)
    whole.add("x-wr-timezone", str(JST))
    if about:
        whole.add("x-wr-caldesc", about)
    whole.add("refresh-interval", REFRESH, parameters={"VALUE": "DURATION"})
    whole.add("x-published-ttl", REFRESH)
    whole.add_component(_timezone())
    for entry in entries:
        whole.add_component(_event(entry))
    content: bytes = whole.to_ical()
    return content


def _event(entry: Entry) -> icalendar.Event:
    event = icalendar.Event()
    event.add("uid", entry.uid)
    event.add("sequence", entry.sequence)
    event.add("dtstamp", entry.changed_at.astimezone(UTC))
    event.add("last-modified", entry.changed_at.astimezone(UTC))
    event.add("dtstart", entry.starts_at.astimezone(JST))
    event.add("dtend", entry.ends_at.astimezone(JST))
    event.add("summary", entry.title)
    for name, value in (("location", entry.place), ("description", entry.text), ("url", entry.url)):
        if value:
            event.add(name, value)
    event.add("status", str(entry.status))
    event.add("transp", "TRANSPARENT" if entry.status == Status.CANCELLED else "OPAQUE")
    return event


def _timezone() -> icalendar.Timezone:
    """Japan: one offset, no summer time since 1951."""
    zone, standard = icalendar.Timezone(), icalendar.TimezoneStandard()
    zone.add("tzid", str(JST))
    standard.add("dtstart", datetime(1970, 1, 1))  # noqa: DTZ001 - the local time at which the rule begins
    standard.add("tzoffsetfrom", timedelta(hours=9))
    standard.add("tzoffsetto", timedelta(hours=9))
    standard.add("tzname", "JST")
    zone.add_component(standard)
    return zone
