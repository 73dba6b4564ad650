"""What a 回覧板 says, as JSON: the public events of the month, day by day, and the window of the ward.

Nothing personal stands in it but what the host gave as the public contact of an event.
"""

from datetime import date, datetime
from itertools import groupby
from typing import Any

from django.conf import settings

from portal.areas.models import AreaProfile
from portal.areas.queries import authority_for
from portal.kernel.clock import JST
from portal.kernel.money import yen
from portal.kernel.ports import DocumentKind
from portal.kernel.templatetags.fmt import jday, jtime

from .. import queries
from ..enums import EntryMethod, EventState
from ..models import Circular, Event

KIND = "communities.circular"
MOST = 300  # events on one sheet; beyond that the number of the others is said
BOXES = 10  # places for the marks of those who have read it
MARKS = {EventState.CANCELLED: "中止", EventState.POSTPONED: "延期"}


def content(circular: Circular) -> dict[str, Any]:
    """The whole sheet. Days are JST dates in ISO form under keys ending in `_on`; six queries at most."""
    area = circular.area
    found = list(queries.events_of_month(area, circular.month)[: MOST + 1])
    shown = [_event(event, circular.month) for event in found[:MOST]]
    days = [
        {"day_on": day, "events": list(events)} for day, events in groupby(shown, key=lambda row: row["on"])
    ]
    return {
        "area": area.name,
        "month": circular.month_label,
        "year_month": f"{circular.month.year}年{circular.month.month}月",
        "is_large": circular.is_large,
        "count": len(shown),
        "has_more": len(found) > MOST,
        "changed": [row for row in shown if row["mark"]],
        "days": days,
        "window": _window(circular),
        "boxes": list(range(BOXES)),
        "list_url": f"{settings.BASE_URL}/events/?area={area.pk}",
    }


def circular_kind() -> DocumentKind:
    """How `portal.documents` issues and shows it."""
    return DocumentKind(
        key=KIND,
        code="KB",
        title="回覧板",
        template="communities/pdf/circular.html",
        model="communities.Circular",
        snapshot=content,
        visible_to=queries.circulars_visible_to,
        permission="communities.make_circular",
        version=lambda circular: str(circular.edition),
    )


def _event(event: Event, month: date) -> dict[str, Any]:
    """What began in an earlier month stands under the first day of this one."""
    starts, ends = event.starts_at.astimezone(JST), event.ends_at.astimezone(JST)
    return {
        "on": max(starts.date(), month).isoformat(),
        "day_label": jday(starts),
        "mark": MARKS.get(EventState(event.state), ""),
        "title": event.title,
        "time": _time(starts, ends),
        "place": event.venue,
        "address": event.address,
        "host": str(event.host),
        "audience": event.audience,
        "fee": yen(event.fee_yen) if event.fee_yen else "無料",
        "entry": _entry(event),
        "contact": event.contact,
        "url": settings.BASE_URL + event.get_absolute_url(),
    }


def _time(starts: datetime, ends: datetime) -> str:
    if starts.date() == ends.date():
        return f"{jtime(starts)}から{jtime(ends)}まで"
    return f"{jday(starts)}{jtime(starts)}から{jday(ends)}{jtime(ends)}まで"


def _entry(event: Event) -> str:
    if event.entry_method == EntryMethod.NONE:
        return "申込みはいりません"
    if event.state in (EventState.ENTRIES_CLOSED, EventState.HELD, EventState.REPORTED):
        return "申込みの受付は終わりました"
    how = "抽選" if event.entry_method == EntryMethod.LOTTERY else "先着順"
    seats = f"定員{event.seats.capacity}人・{how}" if event.seats.capacity else "申込みが必要です"
    return f"{seats}・{jday(event.entries_close_at)}まで" if event.entries_close_at else seats


def _window(circular: Circular) -> list[str]:
    """Lines of the ward's window; the city's own contact where the ward gave none."""
    area = circular.area
    profile = AreaProfile.objects.filter(area=area).first()
    authority = authority_for(area)
    own = [profile.window_name, profile.window_address, profile.window_hours] if profile else []
    city = [
        f"{authority.name}{authority.contact_section}",
        authority.contact_address,
        authority.contact_hours,
    ]
    lines = [line for line in (own if own and own[0] else [f"{area.full_name}の担当", *city[1:]]) if line]
    phone = f"電話 {authority.contact_phone}" if authority.contact_phone else ""
    mail = f"メール {authority.contact_email}" if authority.contact_email else ""
    return [*lines, *(line for line in (phone, mail) if line)]
