"""Reads of what calendars and feeds carry: public events near today, bounded, and how often each has changed."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Count, Max, Q, QuerySet

from portal.kernel import clock
from portal.kernel.models import AuditEntry

from .. import moderation
from ..enums import LIVE_REGISTRATIONS, PUBLIC_COMMUNITY, PUBLIC_EVENT, MembershipState
from ..models import Community, Event, Membership, PersonalCalendar, Registration
from ..models.events import LONGEST
from .events import SHOWN_WITH, is_listed

BACK = timedelta(days=92)
AHEAD = timedelta(days=400)
MOST_PAST = 200
MOST_AHEAD = 800
MOST_NEW = 500


def public_events() -> QuerySet[Event]:
    """What anybody may see and is listed now, with host and seats. Hidden ones are not among them."""
    listed = Event.objects.filter(is_listed(clock.now()), state__in=PUBLIC_EVENT)
    return moderation.shown(listed).select_related(*SHOWN_WITH)


def near(rows: QuerySet[Event], now: datetime | None = None) -> list[Event]:
    """Of `rows`, the next 800 within 400 days, and the last 200 of the 92 days before, in order of time. One query."""
    at = now or clock.now()
    ahead = rows.filter(starts_at__gte=at, starts_at__lt=at + AHEAD).order_by("starts_at", "id")
    past = rows.filter(starts_at__gte=at - BACK - LONGEST, starts_at__lt=at, ends_at__gte=at - BACK)
    past = past.order_by("-starts_at", "-id")
    keys = ahead.values("pk")[:MOST_AHEAD].union(past.values("pk")[:MOST_PAST], all=True)
    chosen = Event.objects.filter(pk__in=keys).select_related(*SHOWN_WITH)
    return list(chosen.order_by("starts_at", "id"))


def community_of_feed(slug: str) -> Community | None:
    """The public community at this address. One query."""
    rows = moderation.shown(Community.objects.filter(state__in=PUBLIC_COMMUNITY, slug=slug))
    return rows.select_related("area").first()


def changes_of(events: Iterable[Event]) -> dict[str, tuple[int, datetime]]:
    """{id: (how many changes the audit log holds, when the last was)} of the events. One query, none without events.

    The log only grows, so the count is the SEQUENCE of a calendar entry.
    """
    ids = [str(event.pk) for event in events]
    if not ids:
        return {}
    rows = AuditEntry.objects.filter(target_type="communities.event", target_id__in=ids).order_by()
    counted = rows.values("target_id").annotate(count=Count("pk"), last=Max("at"))
    return {row["target_id"]: (row["count"], row["last"]) for row in counted}


def events_of_person(user_id: UUID) -> QuerySet[Event]:
    """Public events a person has registered for, and those of the communities they take part in."""
    parties = Registration.objects.filter(user=user_id, state__in=LIVE_REGISTRATIONS).values("event")
    own = Membership.objects.filter(user=user_id, state=MembershipState.ACTIVE).values("community")
    return public_events().filter(Q(pk__in=parties) | Q(host_community__in=own))


def states_of_person(user_id: UUID) -> dict[UUID, str]:
    """{event: the state of the person's live registration, in words}. One query."""
    rows = Registration.objects.filter(user=user_id, state__in=LIVE_REGISTRATIONS).only("event_id", "state")
    return {row.event_id: str(row.get_state_display()) for row in rows}


def calendar_of(user_id: UUID) -> PersonalCalendar | None:
    """The person's own calendar row. One query."""
    return PersonalCalendar.objects.filter(user=user_id).first()


def calendar_at(pk: UUID, version: int) -> PersonalCalendar | None:
    """The open calendar of a living account at this version of its address. One query."""
    rows = PersonalCalendar.objects.filter(pk=pk, token_version=version, is_open=True, user__is_active=True)
    return rows.select_related("user").first()


def newest_events(area_code: str = "") -> QuerySet[Event]:
    """Of the 500 public events that come next (of one area, or of all), those published last first."""
    coming = public_events().filter(starts_at__gte=clock.now())
    if area_code:
        coming = coming.filter(area=area_code)
    keys = coming.order_by("starts_at", "id").values("pk")[:MOST_NEW]
    return public_events().filter(pk__in=keys).order_by("-published_at", "-id")
