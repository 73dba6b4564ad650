"""Reads of events and registrations. `…_visible_to(scope)` is the only door to seeing them."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import F, Q, QuerySet
from django.db.models.functions import Coalesce

from portal.accounts.scope import Scope
from portal.kernel import clock, paging
from portal.kernel.prepared import prepared

from .. import moderation
from ..enums import (
    LIVE_REGISTRATIONS,
    NAMES_DAYS,
    PUBLIC_EVENT,
    Collector,
    EntryMethod,
    EventState,
    RegistrationState,
)
from ..models import Community, Event, Registration, RegistrationNeed
from ..models.events import LONGEST
from ..rules import READERS, WARD_STAFF

SHOWN_WITH = ("area", "seats", "host_community", "host_platform", "host_authority")


def events_visible_to(scope: Scope) -> QuerySet[Event]:
    """Public ones for all while they are shown; drafts and hidden ones for their organisers and the area's staff."""
    seen = Q(state__in=PUBLIC_EVENT) & is_listed() & ~moderation.is_hidden_here(Event)
    if own := scope.standing("organiser"):
        seen |= Q(host_community__in=own)
    if areas := scope.areas(*READERS):
        seen |= Q(area__in=areas)
    return Event.objects.filter(seen)


def is_listed(now: datetime | None = None) -> Q:
    """Not taken down yet: 掲載を終える日時 lies ahead, or there is none."""
    return Q(listed_until__isnull=True) | Q(listed_until__gt=now or clock.now())


def upcoming_events(area_codes: Iterable[str] | None = None, now: datetime | None = None) -> QuerySet[Event]:
    """Public events that have not ended, soonest first, with host and seats. For public lists."""
    at = now or clock.now()
    rows = upcoming_at(at, at - LONGEST)
    return rows if area_codes is None else rows.filter(area__in=list(area_codes))


def soonest_events() -> QuerySet[Event]:
    """The first `paging.PER_PAGE` + 1 of `upcoming_events()`, to be read as they stand."""
    now = clock.now()
    return _soonest(now=now, since=now - LONGEST)


@prepared
def _soonest(now: datetime, since: datetime) -> QuerySet[Event]:
    return upcoming_at(now, since)[: paging.PER_PAGE + 1]


def upcoming_of(community: Community) -> list[Event]:
    """The next three public events of a community."""
    now = clock.now()
    return list(_next_of(community=community.pk, now=now, since=now - LONGEST))


@prepared
def _next_of(community: UUID, now: datetime, since: datetime) -> QuerySet[Event]:
    return upcoming_at(now, since).filter(host_community=community)[:3]


def upcoming_at(now: datetime, since: datetime) -> QuerySet[Event]:
    """`since`: now − LONGEST, so that running ones are found along the index on starts_at."""
    rows = Event.objects.filter(is_listed(now), state__in=PUBLIC_EVENT).select_related(*SHOWN_WITH)
    return moderation.shown(rows).filter(starts_at__gte=since, ends_at__gte=now).order_by("starts_at", "id")


def events_of(community: Community) -> QuerySet[Event]:
    """All events of a community, newest first, for its organisers."""
    return community.events.select_related("seats", "area").order_by("-starts_at", "-id")


def events_in_areas(scope: Scope) -> QuerySet[Event]:
    """Those of the areas in which one works. For staff lists."""
    return Event.objects.filter(area__in=scope.areas(*READERS)).select_related(*SHOWN_WITH)


def registrations_visible_to(scope: Scope) -> QuerySet[Registration]:
    """One's own; the staff's where the city collects; an organiser's from the closing of entries to 14 days after.

    The twin of the permission `communities.read_registrants`; a test holds the two together.
    """
    seen = Q(user=scope.user_id) if scope.user_id else Q(pk__in=[])
    if areas := scope.areas(*WARD_STAFF):
        seen |= Q(event__area__in=areas, event__collector__in=[Collector.CITY, Collector.JOINT])
    rows = Registration.objects.all()
    if own := scope.standing("organiser"):
        now = clock.now()
        rows = rows.alias(closes=Coalesce(F("event__entries_close_at"), F("event__starts_at")))
        closed = Q(closes__lte=now) | ~Q(event__state__in=[EventState.DRAFT, EventState.PUBLISHED])
        open_still = Q(event__ends_at__gte=now - timedelta(days=NAMES_DAYS))
        seen |= closed & open_still & Q(event__host_community__in=own)
    return rows.filter(seen)


def parties_of(event: Event, scope: Scope) -> QuerySet[Registration]:
    """The list of an event in the order of its positions, without those cancelled."""
    return (
        registrations_visible_to(scope)
        .filter(event=event)
        .exclude(state=RegistrationState.CANCELLED)
        .order_by("position")
    )


def needs_of(event: Event) -> QuerySet[RegistrationNeed]:
    """What parties that still come ask for. Ask `communities.read_needs` first."""
    return (
        RegistrationNeed.objects.filter(registration__event=event, registration__state__in=LIVE_REGISTRATIONS)
        .select_related("registration")
        .order_by("registration__position")
    )


def live_registration_of(user_id: UUID | None, event: Event) -> Registration | None:
    """The registration a person has for this event, if any. None for a visitor, without a query."""
    if user_id is None:
        return None
    return Registration.objects.filter(event=event, user=user_id, state__in=LIVE_REGISTRATIONS).first()


def series_of(event: Event) -> list[Event]:
    """Public meetings of its series around this one: up to three before, ten after. One query, none without a series."""
    if event.series_id is None or event.series_number is None:
        return []
    near = (event.series_number - 3, event.series_number + 10)
    rows = Event.objects.filter(
        is_listed(), series=event.series_id, state__in=PUBLIC_EVENT, series_number__range=near
    )
    return list(moderation.shown(rows).order_by("series_number"))


def knows_way_in(event: Event, registration: Registration | None) -> bool:
    """Whether this party may read how one comes in online: those who have a seat, until the event is over."""
    if registration is None or event.state not in (EventState.PUBLISHED, EventState.ENTRIES_CLOSED):
        return False
    has_seat = registration.state in (RegistrationState.CONFIRMED, RegistrationState.ATTENDED)
    return has_seat and bool(event.online_url or event.online_note)


def registrations_of(user_id: UUID) -> QuerySet[Registration]:
    """What one person has registered for and not cancelled, soonest first."""
    rows = Registration.objects.filter(user=user_id).exclude(state=RegistrationState.CANCELLED)
    return rows.select_related("event__area").order_by("event__starts_at", "id")


def why_no_entry(event: Event) -> str:
    """Why nobody can register now, in words for the page; empty when one can. No query."""
    if event.entry_method == EntryMethod.NONE and event.state in (
        EventState.DRAFT,
        EventState.PUBLISHED,
        EventState.ENTRIES_CLOSED,
    ):
        return "申込みはいりません。当日そのままお越しください。"
    words = {
        EventState.DRAFT: "まだ公開していません。公開すると、申込みを受け付けます。",
        EventState.ENTRIES_CLOSED: "申込みの受付は、終わりました。",
        EventState.POSTPONED: "延期になりました。新しい日が決まると、ここで知らせます。",
        EventState.CANCELLED: "この催しは、中止になりました。",
        EventState.HELD: "この催しは、終わりました。",
        EventState.REPORTED: "この催しは、終わりました。",
    }
    if event.state in words:
        return words[EventState(event.state)]
    return "申込みの受付は、終わりました。" if clock.now() >= event.entries_end_at else ""
