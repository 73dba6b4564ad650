"""A strict reader of iCalendar, written from RFC 5545 and independent of the library that writes: it refuses what is wrong."""

import re
from dataclasses import dataclass, field
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

LINE = re.compile(
    r'(?P<name>[A-Z0-9-]+)(?P<params>(?:;[A-Z0-9-]+=(?:"[^"\x00-\x1f]*"|[^";:,\x00-\x1f]*)(?:,(?:"[^"]*"|[^";:,]*))*)*):(?P<value>.*)',
    re.DOTALL,
)
ONCE = {
    "UID",
    "DTSTAMP",
    "DTSTART",
    "DTEND",
    "SUMMARY",
    "STATUS",
    "SEQUENCE",
    "URL",
    "LOCATION",
    "DESCRIPTION",
}
NEEDED = {"VCALENDAR": {"PRODID", "VERSION"}, "VEVENT": {"UID", "DTSTAMP", "DTSTART"}, "VTIMEZONE": {"TZID"}}
TEXTS = {"SUMMARY", "DESCRIPTION", "LOCATION", "X-WR-CALNAME", "NAME"}


class Wrong(AssertionError):
    """What RFC 5545 does not allow."""


@dataclass
class Component:
    """One BEGIN … END with its properties (name → [(parameters, value)]) and what stands inside it."""

    name: str
    properties: dict[str, list[tuple[dict[str, str], str]]] = field(default_factory=dict)
    inside: list["Component"] = field(default_factory=list)

    def value(self, name: str) -> str:
        """The one value; TEXT without its escapes."""
        ((_, value),) = self.properties[name]
        return _text(value) if name in TEXTS else value

    def moment(self, name: str) -> datetime:
        """The one date-time: UTC, or local with a TZID. A floating one is refused."""
        ((params, value),) = self.properties[name]
        if value.endswith("Z"):
            return datetime.strptime(value, "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)
        if "TZID" not in params:
            raise Wrong(f"{name} floats")
        return datetime.strptime(value, "%Y%m%dT%H%M%S").replace(tzinfo=ZoneInfo(params["TZID"]))

    @property
    def events(self) -> list["Component"]:
        return [one for one in self.inside if one.name == "VEVENT"]


def read(content: bytes) -> Component:
    """The calendar. Raises Wrong."""
    root = _tree(_unfold(content))
    if root.name != "VCALENDAR" or root.value("VERSION") != "2.0":
        raise Wrong("no VCALENDAR of version 2.0")
    zones = {one.value("TZID") for one in root.inside if one.name == "VTIMEZONE"}
    uids = [event.value("UID") for event in root.events]
    if len(set(uids)) != len(uids):
        raise Wrong("a UID comes twice")
    for event in root.events:
        _check(event, zones)
    return root


def _check(event: Component, zones: set[str]) -> None:
    twice = [name for name in ONCE if len(event.properties.get(name, [])) > 1]
    used = {params["TZID"] for rows in event.properties.values() for params, _ in rows if "TZID" in params}
    if twice or not used <= zones:
        raise Wrong(f"{twice} {used - zones}")
    if not event.value("DTSTAMP").endswith("Z"):
        raise Wrong("DTSTAMP is not in UTC")
    if event.moment("DTEND") <= event.moment("DTSTART"):
        raise Wrong("DTEND is not later than DTSTART")
    if event.value("STATUS") not in {"CONFIRMED", "TENTATIVE", "CANCELLED"}:
        raise Wrong(event.value("STATUS"))
    if not event.value("SEQUENCE").isdigit():
        raise Wrong(event.value("SEQUENCE"))


def _unfold(content: bytes) -> list[str]:
    if (
        not content.endswith(b"\r\n")
        or b"\n" in content.replace(b"\r\n", b"")
        or b"\r" in content.replace(b"\r\n", b"")
    ):
        raise Wrong("lines do not end in CRLF")
    for line in content.split(b"\r\n"):
        if len(line) > 75:
            raise Wrong(f"{len(line)} octets: {line!r}")
        line.decode()  # a character split between two lines raises here
    return content.replace(b"\r\n ", b"").replace(b"\r\n\t", b"").decode().rstrip("\r\n").split("\r\n")


def _tree(lines: list[str]) -> Component:
    open_ones: list[Component] = []
    for line in lines:
        found = LINE.fullmatch(line)
        if found is None:
            raise Wrong(f"not a content line: {line!r}")
        name, value = found["name"], found["value"]
        if name == "BEGIN":
            made = Component(value)
            if open_ones:
                open_ones[-1].inside.append(made)
            open_ones.append(made)
        elif name == "END":
            ended = open_ones.pop()
            if ended.name != value or not NEEDED.get(value, set()) <= set(ended.properties):
                raise Wrong(f"{value} ends, {ended.name} was open, with {sorted(ended.properties)}")
            if not open_ones:
                if line is not lines[-1]:
                    raise Wrong("something follows END:VCALENDAR")
                return ended
        else:
            params = dict(part.split("=", 1) for part in found["params"].split(";")[1:])
            open_ones[-1].properties.setdefault(name, []).append((params, value))
    raise Wrong("something stays open")


def _text(value: str) -> str:
    """TEXT with its escapes undone; a bare comma, semicolon or an unknown escape is refused."""
    if not re.fullmatch(r"(?:[^\\,;]|\\[\\;,nN])*", value):
        raise Wrong(f"not escaped: {value!r}")
    return re.sub(r"\\(.)", lambda found: "\n" if found[1] in "nN" else found[1], value)
