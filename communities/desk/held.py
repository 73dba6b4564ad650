"""What a person still holds when they are moved to another post."""

from collections.abc import Iterator
from uuid import UUID

from django.db.models import Q
from django.urls import reverse

from portal.kernel import clock
from portal.kernel.ports import DeskItem

from ..enums import LIVE_REGISTRATIONS
from ..models import Event
from ..queries.contacts import open_promises_of
from .rows import day


def open_cases(user_id: UUID) -> Iterator[DeskItem]:
    """Events to come for which this person reads what people need, and promises they have not kept yet."""
    now = clock.now()
    reads = Q(needs_officer=user_id) | Q(needs_deputy=user_id)
    named = Event.objects.filter(reads, ends_at__gte=now, registrations__state__in=LIVE_REGISTRATIONS)
    for event in named.distinct().order_by("starts_at", "id"):
        yield DeskItem(
            title=f"「{event.title}」の配慮の希望を読む人を替える",
            meta="参加に必要なことは、名前を決めた2人だけが読めます",
            url=reverse("communities:counter_readers", args=[event.pk]),
            action="担当を替える",
            due_on=day(event.starts_at),
        )
    for contact in open_promises_of(user_id):
        yield DeskItem(
            title=f"約束「{contact.promise}」を引き継ぐ",
            meta=contact.subject_title,
            url=reverse("communities:contact_hand_over", args=[contact.pk]),
            action="引き継ぐ",
            due_on=contact.due_on,
        )
