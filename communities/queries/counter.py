"""Reads of the counter: parties by number, name or code, how many came, who must be called."""

import re
import unicodedata
from dataclasses import dataclass

from django.db.models import Q, QuerySet, Sum
from django.db.models.functions import Coalesce

from portal.accounts.scope import Scope
from portal.kernel import clock, tokens
from portal.kernel.names import clean_kana

from ..enums import Collector, RegistrationState
from ..models import Event, PhoneCall, Registration
from .events import registrations_visible_to

PARTY_WITH = ("proxy__received_by", "attendance__seen_by")
PARTY_PAGE_WITH = (*PARTY_WITH, "ages", "guardian", "childcare")
TOKEN = re.compile(r"registrations/([A-Za-z0-9_-]{40,60})")


@dataclass(frozen=True, slots=True)
class Door:
    """How it stands at the door, in people: `expected` hold seats, `here` of them came, `absent` are noted so."""

    expected: int = 0
    here: int = 0
    absent: int = 0

    @property
    def awaited(self) -> int:
        return max(self.expected - self.here - self.absent, 0)

    @property
    def in_words(self) -> str:
        """What the bar shows, for those who hear it."""
        return f"席のある{self.expected}人のうち{self.here}人が来ました"


def door_is_open(event: Event) -> bool:
    """Whether parties are seen in now: from some hours before the start to the end. No query."""
    return event.door_opens_at <= clock.now() <= event.ends_at


def door_of(event: Event) -> Door:
    """Counted in the database, so that every telephone at the door shows the same. One query."""
    came = Q(state=RegistrationState.ATTENDED)
    absent = Q(state=RegistrationState.ABSENT)
    rows = Registration.objects.filter(event=event).aggregate(
        expected=Sum("party_size", filter=came | absent | Q(state=RegistrationState.CONFIRMED), default=0),
        whole=Sum("party_size", filter=came, default=0),
        here=Sum(Coalesce("attendance__people_count", "party_size"), filter=came, default=0),
        absent=Sum("party_size", filter=absent, default=0),
    )
    missing = rows["whole"] - rows["here"]  # of parties that came, those who stayed at home
    return Door(expected=rows["expected"], here=rows["here"], absent=rows["absent"] + missing)


def counter_list(event: Event, scope: Scope, words: str = "") -> QuerySet[Registration]:
    """The parties of an event as this person may see them, by number or by part of a name or reading."""
    rows = registrations_visible_to(scope).filter(event=event).exclude(state=RegistrationState.CANCELLED)
    number = unicodedata.normalize("NFKC", words).strip()
    if number.isdecimal():
        rows = rows.filter(position=int(number[:9]))
    elif words:
        found = Q(name__icontains=words) | Q(kana__icontains=clean_kana(words))
        rows = rows.filter(found | Q(party_names__icontains=words))
    return rows.select_related(*PARTY_WITH)


def party_by_code(event: Event, code: str) -> Registration | None:
    """The party whose number was typed or whose code was read; None for another event's, a forged or an ended one."""
    text = unicodedata.normalize("NFKC", code).strip()
    rows = Registration.objects.filter(event=event).select_related("event__host_community", "attendance")
    if text.removesuffix("番").isdecimal():
        return rows.filter(position=int(text.removesuffix("番")[:9])).first()
    found = TOKEN.search(text)
    try:
        pk, version = tokens.read("registration", found.group(1) if found else text)
    except tokens.BadToken:
        return None
    return rows.filter(pk=pk, token_version=version).first()


def open_calls(event: Event) -> QuerySet[PhoneCall]:
    """Whom somebody has to call, longest waiting first."""
    rows = PhoneCall.objects.filter(registration__event=event, called_at__isnull=True)
    return rows.select_related("registration").order_by("created_at", "id")


def open_calls_in(areas: frozenset[str]) -> QuerySet[PhoneCall]:
    """The same for the desk: of events that the staff of `areas` collects for."""
    rows = PhoneCall.objects.filter(
        called_at__isnull=True,
        registration__event__area__in=areas,
        registration__event__collector__in=[Collector.CITY, Collector.JOINT],
    )
    return rows.order_by("created_at", "id")
