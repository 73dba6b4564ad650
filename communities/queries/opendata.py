"""Reads of the data files: public rows of one municipality and its wards, bounded, and their counts."""

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, Max, QuerySet

from portal.areas.models import Area
from portal.kernel import clock

from .. import moderation
from ..enums import PUBLIC_COMMUNITY
from ..models import Community, Event, Initiative
from .calendars import public_events
from .communities import with_theme_names
from .initiatives import initiatives_of

BACK = timedelta(days=366)
AHEAD = timedelta(days=400)
MOST = 20_000
CHUNK = 1_000
HERE = ("area__parent__parent",)


def place_of_data(code: str) -> Area | None:
    """The municipality or city whose files these are. One query."""
    return Area.objects.municipalities().filter(pk=code).prefetch_related("children").first()


def codes_of(place: Area) -> list[str]:
    """Its own code and those of its wards."""
    return [place.pk, *(child.pk for child in place.children.all())]


def open_events(codes: list[str]) -> QuerySet[Event]:
    """Public events of the year before and of what comes, in order of time."""
    now = clock.now()
    rows = public_events().filter(area__in=codes, starts_at__gte=now - BACK, starts_at__lt=now + AHEAD)
    return rows.select_related(*HERE).order_by("starts_at", "id")


def open_communities(codes: list[str]) -> QuerySet[Community]:
    """Public communities, those at rest and dissolved too, in order of their kana."""
    rows = moderation.shown(Community.objects.filter(area__in=codes, state__in=PUBLIC_COMMUNITY))
    return with_theme_names(rows).select_related(*HERE).order_by("kana", "id")


def open_initiatives(codes: list[str]) -> QuerySet[Initiative]:
    """Public initiatives, oldest first."""
    return initiatives_of(codes).select_related("community", *HERE).order_by("created_at", "id")


OPEN: Mapping[str, Callable[[list[str]], QuerySet[Any]]] = {
    "event": open_events, "community": open_communities, "initiative": open_initiatives,
}  # fmt: skip
NEWEST = {"event": "published_at", "community": "published_at", "initiative": "created_at"}


def open_rows(kind: str, codes: list[str]) -> Iterator[Any]:
    """The rows of one file, at most 20,000, read a thousand at a time."""
    rows = OPEN[kind](codes)
    for start in range(0, MOST, CHUNK):
        found = list(rows[start : start + CHUNK])
        yield from found
        if len(found) < CHUNK:
            return


def open_counts(codes: list[str]) -> dict[str, tuple[int, datetime | None]]:
    """{kind: (rows, when the newest was published)}. Three queries."""
    found = {}
    for kind, rows in OPEN.items():
        said = rows(codes).order_by().aggregate(count=Count("pk"), newest=Max(NEWEST[kind]))
        found[kind] = (min(said["count"], MOST), said["newest"])
    return found
