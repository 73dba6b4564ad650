"""What staff note conversations about: communities, events, and the people of their areas."""

from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse

from portal.accounts.models import User
from portal.accounts.scope import Scope
from portal.kernel.ports import Subject, subjects

from ..models import Community, Event
from ..queries import search_names
from ..rules import WARD_STAFF


def _communities(scope: Scope) -> QuerySet[Community]:
    return Community.objects.filter(area__in=scope.areas(*WARD_STAFF)).order_by("kana", "pk")


def _events(scope: Scope) -> QuerySet[Event]:
    return Event.objects.filter(area__in=scope.areas(*WARD_STAFF)).order_by("-starts_at", "pk")


def _people(scope: Scope) -> QuerySet[User]:
    """Members of communities, and people registered for events, of one's areas."""
    areas = scope.areas(*WARD_STAFF)
    tied = Q(memberships__community__area__in=areas) | Q(registrations__event__area__in=areas)
    return User.objects.filter(pk__in=User.objects.filter(tied).values("pk")).order_by("name", "pk")


def _url(name: str, row: Any) -> str:
    return reverse(f"communities:{name}", args=[row.pk])


subjects.register(
    "community",
    Subject(
        label="コミュニティ", rows=_communities, search=search_names, title=lambda row: row.name,
        areas=lambda row: (row.area_id,), url=lambda row: _url("staff_community_detail", row),
    ),
)  # fmt: skip
subjects.register(
    "event",
    Subject(
        label="催し", rows=_events, search=lambda rows, words: rows.filter(title__icontains=words),
        title=lambda row: row.title, areas=lambda row: (row.area_id,), url=lambda row: _url("staff_event_detail", row),
    ),
)  # fmt: skip
subjects.register(
    "person",
    Subject(
        label="人", rows=_people, search=lambda rows, words: rows.filter(name__icontains=words),
        title=lambda row: row.name, areas=lambda row: (),
    ),
)  # fmt: skip
