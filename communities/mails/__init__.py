"""What people are told by mail, once each. Plain text; what users wrote is never markup."""

from typing import Any

from django.db import transaction

from portal.kernel import outbox, tokens
from portal.kernel.addresses import whole
from portal.kernel.jobs import Running
from portal.kernel.models import TransitionNote

from ..enums import ANSWER_DAYS, LIVE_REGISTRATIONS, MembershipRole, MembershipState
from ..models import Event, Membership, Registration
from ..telling import telephone

BATCH = 200


def registration_token(registration: Registration) -> str:
    """The secret of the party's own page. Rebuilt whenever it is needed, never stored."""
    return tokens.make("registration", registration.pk, registration.token_version)


def registered(registration: Registration) -> None:
    """Seat, place in the queue or draw, with the link to the party's own page."""
    _to_party("registered", registration, registration.state)


def registration_cancelled(registration: Registration) -> None:
    """Confirm that the seats were given back."""
    _to_party("registration_cancelled", registration, "cancelled")


def offered(registration: Registration) -> None:
    """Seats are free for this party until its deadline. Each offer has its own turn, so each is told once."""
    _to_party("offered", registration, str(registration.turn))


def offer_accepted(registration: Registration) -> None:
    """The seats are theirs."""
    _to_party("offer_accepted", registration, str(registration.turn))


def offer_declined(registration: Registration) -> None:
    """The seats went on to the next party."""
    _to_party("offer_declined", registration, "cancelled")


def offer_expired(registration: Registration) -> None:
    """No answer came in time: the party waits at the last place."""
    _to_party("offer_expired", registration, str(registration.turn))


def party_reduced(registration: Registration) -> None:
    """The party is smaller now."""
    _to_party("party_reduced", registration, str(registration.party_size))


def join_requested(membership: Membership) -> None:
    """Tell every organiser that somebody asks to join."""
    community = membership.community
    organisers = community.memberships.filter(role=MembershipRole.ORGANISER, state=MembershipState.ACTIVE)
    for organiser in organisers.select_related("user"):
        outbox.queue(
            "communities/mail/join_requested",
            to=organiser.user.email,
            about=membership,
            key=f"join-requested:{membership.pk}:{organiser.pk}",
            context={
                "membership": membership,
                "community": community,
                "days": ANSWER_DAYS,
                "url": whole("communities:community_manage", community.slug),
            },
        )


def join_accepted(membership: Membership) -> None:
    """Welcome."""
    _to_member("join_accepted", membership)


def join_declined(membership: Membership, note: str) -> None:
    """The answer is no, and why."""
    _to_member("join_declined", membership, note=note)


def tell_cancellation(job: Running) -> None:
    """Job: tell every registrant of a cancelled event, once each however often it runs."""
    event: Event = job.obj
    note = (
        TransitionNote.objects.filter(
            target_type=event._meta.label_lower, target_id=str(event.pk), transition="cancel"
        )
        .order_by("-created_at")
        .first()
    )
    parties = event.registrations.filter(state__in=LIVE_REGISTRATIONS).order_by("position")
    total, done = parties.count(), 0
    after = 0
    while batch := list(parties.filter(position__gt=after)[:BATCH]):
        with transaction.atomic():
            for registration in batch:
                if not registration.email:
                    telephone.by_phone("event_cancelled", registration, "cancelled")
                    continue
                outbox.queue(
                    "communities/mail/event_cancelled",
                    to=registration.email,
                    about=registration,
                    key=f"event-cancelled:{registration.pk}",
                    context={"registration": registration, "event": event, "note": note.text if note else ""},
                )
        after, done = batch[-1].position, done + len(batch)
        job.progress(done, total)


def _to_party(name: str, registration: Registration, once: str) -> None:
    if not registration.email:
        telephone.by_phone(name, registration, once)
        return
    outbox.queue(
        f"communities/mail/{name}",
        to=registration.email,
        about=registration,
        secret=True,
        key=f"{name}:{registration.pk}:{once}",
        context={
            "registration": registration,
            "event": registration.event,
            "url": whole("communities:registration_detail", registration_token(registration)),
        },
    )


def _to_member(name: str, membership: Membership, **more: Any) -> None:
    community = membership.community
    outbox.queue(
        f"communities/mail/{name}",
        to=membership.user.email,
        about=membership,
        key=f"{name}:{membership.pk}",
        context={
            "membership": membership,
            "community": community,
            "url": whole("communities:community_detail", community.slug),
            **more,
        },
    )
