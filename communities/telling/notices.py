"""Jobs that tell the registrants of an event something: however many they are and however often the job runs, once each."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.db import transaction

from portal.kernel import outbox, tokens
from portal.kernel.addresses import whole
from portal.kernel.jobs import Running

from ..enums import LIVE_REGISTRATIONS, RegistrationState
from ..enums.events import NoticeKind
from ..mails import BATCH, registration_token
from ..models import Event, EventNotice, Registration

SURVEY = "survey"
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
    job: Running, event: Event, template: str, *, key: str, states: Sequence[str], context: Mapping[str, Any],
    own: Callable[[Registration], Mapping[str, Any]] = lambda registration: {},
) -> None:  # fmt: skip
    """One mail with the link to their own page for each party in one of `states`, in the order of their positions.

    `own` gives what the mail of one party alone says.
    """
    parties = event.registrations.filter(state__in=states).exclude(email="").order_by("position")
    total, done, after = parties.count(), 0, 0
    while batch := list(parties.filter(position__gt=after)[:BATCH]):
        with transaction.atomic():
            for registration in batch:
                url = whole("communities:registration_detail", registration_token(registration))
                outbox.queue(
                    template, to=registration.email, about=registration, secret=True, key=f"{key}:{registration.pk}",
                    context={
                        **context, "registration": registration, "event": event, "url": url,
                        **own(registration),
                    },
                )  # fmt: skip
        after, done = batch[-1].position, done + len(batch)
        job.progress(done, total)


def survey_token(registration: Registration) -> str:
    """The link with which a party answers the questionnaire once. It opens nothing else."""
    return tokens.make(SURVEY, registration.pk, registration.token_version)


def thank(job: Running) -> None:
    """Job: thank those who came – where nobody noted who did, those who had a seat –, with the questionnaire's link."""
    event = Event.objects.select_related("survey").get(pk=job.obj.pk)
    came = event.registrations.filter(state=RegistrationState.ATTENDED).exists()
    has_survey = hasattr(event, "survey")

    def own(registration: Registration) -> dict[str, Any]:
        url = whole("communities:survey_answer", survey_token(registration)) if has_survey else ""
        return {"survey_url": url}

    tell_parties(
        job, event, "communities/mail/event_thanks", key=f"event-thanks:{event.pk}",
        states=[RegistrationState.ATTENDED if came else RegistrationState.CONFIRMED],
        context={"event_url": whole(event.get_absolute_url())}, own=own,
    )  # fmt: skip
