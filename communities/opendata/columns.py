"""What stands in the columns of the data files: one small function a key, on a loaded row and its number."""

import re
from collections.abc import Callable
from typing import Any

from django.conf import settings

from portal.areas.models import Area
from portal.kernel.clock import JST
from portal.kernel.names import clean_kana, is_kana

from ..enums import EntryMethod, EventState
from ..enums.events import EventFormat

Column = Callable[[Any, int], object]
_PHONE = re.compile(r"(?<!\d)0\d{1,4}-\d{1,4}-\d{3,4}(?!\d)")
_MOBILE = re.compile(r"0[5789]0-")
NOTES = {
    EventState.CANCELLED: "中止になりました",
    EventState.POSTPONED: "延期になりました。新しい日は決まっていません",
}


def phone_of(contact: str) -> str:
    """The phone number in a contact line, as GIF writes it: 「(025)226-2066」, mobiles 「090-9999-9999」; else blank."""
    found = _PHONE.search(contact)
    if not found:
        return ""
    number = found.group()
    if _MOBILE.match(number):
        return number
    first, rest = number.split("-", 1)
    return f"({first}){rest}"


def name_of(contact: str) -> str:
    """A contact line without its phone number."""
    return _PHONE.sub("", contact).replace("電話", "").strip(" :、・,()")


def _prefecture(area: Area) -> str:
    above = area.municipality.parent
    return above.name if above else area.name


def _ward(area: Area) -> str:
    return area.name if area.is_ward else ""


def _day(moment: Any) -> str:
    return f"{moment.astimezone(JST):%Y-%m-%d}" if moment else ""


def _time(moment: Any) -> str:
    return f"{moment.astimezone(JST):%H:%M}" if moment else ""


def _entry(event: Any) -> str:
    if event.entry_method == EntryMethod.NONE:
        return "申込み不要"
    return f"ウェブサイトから申込み({event.get_entry_method_display()})"


def _whole_address(event: Any) -> str:
    if event.format == EventFormat.ONLINE:
        return ""
    full = f"{_prefecture(event.area)}{event.area.full_name}"
    short = event.address.removeprefix(_prefecture(event.area))
    return full + short.removeprefix(event.area.full_name).removeprefix(event.area.name)


EVENT: dict[str, Column] = {
    "code": lambda e, n: e.area.municipality.pk,
    "number": lambda e, n: n,
    "id": lambda e, n: e.pk,
    "prefecture": lambda e, n: _prefecture(e.area),
    "municipality": lambda e, n: e.area.municipality.name,
    "city_ward": lambda e, n: e.area.full_name,
    "title": lambda e, n: e.title,
    "kana": lambda e, n: clean_kana(e.title) if is_kana(e.title) else "",
    "summary": lambda e, n: e.summary,
    "description": lambda e, n: e.description or e.summary,
    "kind": lambda e, n: e.get_format_display(),
    "state": lambda e, n: e.get_state_display(),
    "start_date": lambda e, n: _day(e.starts_at),
    "end_date": lambda e, n: _day(e.ends_at),
    "start_time": lambda e, n: _time(e.starts_at),
    "end_time": lambda e, n: _time(e.ends_at),
    "time_note": lambda e, n: NOTES.get(EventState(e.state), ""),
    "venue": lambda e, n: e.venue,
    "address": lambda e, n: e.address,
    "whole_address": lambda e, n: _whole_address(e),
    "access": lambda e, n: e.access,
    "parking": lambda e, n: e.parking,
    "host": lambda e, n: e.host,
    "co_hosts": lambda e, n: ";".join(part for part in re.split(r"[、,,;]\s*", e.co_hosts) if part),
    "audience": lambda e, n: e.audience,
    "languages": lambda e, n: e.languages,
    "capacity": lambda e, n: e.seats.capacity or "",
    "fee": lambda e, n: f"{e.fee_yen}円" if e.fee_yen else "無料",
    "fee_kind": lambda e, n: "有料" if e.fee_yen else "無料",
    "fee_note": lambda e, n: e.fee_note,
    "close_date": lambda e, n: _day(e.entries_close_at),
    "close_time": lambda e, n: _time(e.entries_close_at),
    "entry": lambda e, n: _entry(e),
    "contact_name": lambda e, n: name_of(e.contact) or e.host,
    "contact_phone": lambda e, n: phone_of(e.contact),
    "url": lambda e, n: settings.BASE_URL + e.get_absolute_url(),
    "remarks": lambda e, n: e.rain_rule,
}
COMMUNITY: dict[str, Column] = {
    "code": lambda c, n: c.area.municipality.pk,
    "id": lambda c, n: c.pk,
    "municipality": lambda c, n: c.area.municipality.name,
    "ward": lambda c, n: _ward(c.area),
    "name": lambda c, n: c.name,
    "kana": lambda c, n: c.kana,
    "variants": lambda c, n: ";".join(c.variants),
    "summary": lambda c, n: c.summary,
    "themes": lambda c, n: ";".join(c.theme_names),
    "join_policy": lambda c, n: c.get_join_policy_display(),
    "state": lambda c, n: "活動中" if c.state == "published" else c.get_state_display(),
    "place": lambda c, n: c.place,
    "published_date": lambda c, n: _day(c.published_at),
    "url": lambda c, n: settings.BASE_URL + c.get_absolute_url(),
}
INITIATIVE: dict[str, Column] = {
    "code": lambda i, n: i.area.municipality.pk,
    "id": lambda i, n: i.pk,
    "municipality": lambda i, n: i.area.municipality.name,
    "ward": lambda i, n: _ward(i.area),
    "title": lambda i, n: i.title,
    "summary": lambda i, n: i.summary,
    "stage": lambda i, n: i.get_stage_display(),
    "community_id": lambda i, n: i.community_id,
    "community": lambda i, n: i.community.name,
    "created_date": lambda i, n: _day(i.created_at),
    "url": lambda i, n: settings.BASE_URL + i.get_absolute_url(),
}
COLUMNS = {"event": EVENT, "community": COMMUNITY, "initiative": INITIATIVE}
