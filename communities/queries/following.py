"""Reads of saved searches: whose they are, which are due, and what is new for one."""

from datetime import datetime
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from portal.accounts.scope import Scope

from .. import moderation
from ..enums import CommunityState, EventState
from ..enums.following import Frequency
from ..models import Community, DigestItem, Event, SavedSearch
from .calendars import public_events

OPEN_EVENTS = (EventState.PUBLISHED, EventState.ENTRIES_CLOSED)


def searches_visible_to(scope: Scope) -> QuerySet[SavedSearch]:
    """One's own."""
    rows = SavedSearch.objects.filter(user=scope.user_id) if scope.user_id else SavedSearch.objects.none()
    return rows.select_related("area", "theme").order_by("created_at", "id")


def searches_due(now: datetime) -> QuerySet[SavedSearch]:
    """Those whose time has come, oldest first."""
    return SavedSearch.objects.exclude(frequency=Frequency.OFF).filter(next_at__lte=now).order_by("next_at")


def tellable_events(search: SavedSearch, now: datetime) -> QuerySet[Event]:
    """Public events to come that fit a search, told or not. What is called off or put off is not told."""
    rows = public_events().filter(state__in=OPEN_EVENTS, starts_at__gt=now)
    if search.area:
        rows = rows.filter(Q(area=search.area) | Q(area__parent=search.area))
    if search.theme_id:
        fitting = Event.themes.through.objects.filter(theme=search.theme_id).values("event")
        rows = rows.filter(pk__in=fitting)
    if search.age:
        rows = rows.filter(Q(ages__contains=[search.age]) | Q(ages=[]))
    return rows.order_by("starts_at", "id")


def tellable_communities(search: SavedSearch) -> QuerySet[Community]:
    """Communities that act now and fit a search. They have no age, so a search by age tells none."""
    rows = moderation.shown(Community.objects.filter(state=CommunityState.PUBLISHED))
    if search.age:
        return rows.none()
    if search.area:
        rows = rows.filter(Q(area=search.area) | Q(area__parent=search.area))
    if search.theme_id:
        fitting = Community.themes.through.objects.filter(theme=search.theme_id).values("community")
        rows = rows.filter(pk__in=fitting)
    return rows.select_related("area").order_by("published_at", "id")


def new_events(search: SavedSearch, now: datetime) -> QuerySet[Event]:
    """Of those, published since the search watches and not told yet."""
    rows = tellable_events(search, now).filter(published_at__gte=search.watched_from)
    return rows.filter(~Exists(_told(search, "event")))


def new_communities(search: SavedSearch) -> QuerySet[Community]:
    """Of those, published since the search watches and not told yet."""
    rows = tellable_communities(search).filter(published_at__gte=search.watched_from)
    return rows.filter(~Exists(_told(search, "community")))


def told_ids(digest_id: UUID, kind: str) -> list[UUID]:
    """What one mail was made for. One query."""
    return list(DigestItem.objects.filter(digest=digest_id, kind=kind).values_list("object_id", flat=True))


def _told(search: SavedSearch, kind: str) -> QuerySet[DigestItem]:
    return DigestItem.objects.filter(search=search, kind=kind, object_id=OuterRef("pk"))
