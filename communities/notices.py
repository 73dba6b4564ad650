"""Jobs that tell the registrants of an event something: however many they are and however often the job runs, once each."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.conf import settings
from django.db import transaction
from django.urls import reverse

from portal.kernel import outbox
from portal.kernel.jobs import Running

from .enums import LIVE_REGISTRATIONS, RegistrationState
from .enums_events import NoticeKind
from .mails import BATCH, registration_token
from .models import Event, EventNotice

TEMPLATES = {
    NoticeKind.POSTPONED: "communities/mail/event_postponed",
    NoticeKind.RESUMED: "communities/mail/event_resumed",
    NoticeKind.MOVED: "communities/mail/event_moved",
    NoticeKind.ONLINE: "communities/mail/event_online",
}


def tell_notice(job: Running) -> None:
    """Job: tell everybody who registered of one occasion; the way in online only those who have a seat."""
    notice: EventNotice = job.obj
    kind = NoticeKind(notice.kind)
    states = [RegistrationState.CONFIRMED] if kind == NoticeKind.ONLINE else LIVE_REGISTRATIONS
    event = Event.objects.select_related("area").get(pk=notice.event_id)
    tell_parties(
        job,
        event,
        TEMPLATES[kind],
        key=f"event-notice:{notice.pk}",
        states=states,
        context={"notice": notice},
    )


def tell_parties(
    job: Running, event: Event, template: str, *, key: str, states: Sequence[str], context: Mapping[str, Any]
) -> None:
    """One mail with the link to their own page for each party in one of `states`, in the order of their positions."""
    parties = event.registrations.filter(state__in=states).exclude(email="").order_by("position")
    total, done, after = parties.count(), 0, 0
    while batch := list(parties.filter(position__gt=after)[:BATCH]):
        with transaction.atomic():
            for registration in batch:
                path = reverse("communities:registration_detail", args=[registration_token(registration)])
                outbox.queue(
                    template, to=registration.email, about=registration, secret=True, key=f"{key}:{registration.pk}",
                    context={
                        **context, "registration": registration, "event": event, "url": f"{settings.BASE_URL}{path}",
                    },
                )  # fmt: skip
        after, done = batch[-1].position, done + len(batch)
        job.progress(done, total)
