"""Forms, pages and costs of seats."""

from datetime import timedelta
from typing import Any

from communities import actions, mails
from communities.models import Registration
from portal.kernel import clock
from portal.kernel.actors import TokenActor
from tests.factories import communities as make

from .cast import Cast

KEPT = "残るはずの言葉"


def token_of_three(made: Cast) -> list[Any]:
    party = make.registration(made.event, party_size=3, party_names=["佐久間 湊"])
    return [mails.registration_token(party)]


def last_day(made: Cast) -> list[Any]:
    """A party that waits for a seat which got free two hours before the start."""
    event = make.event(made.community, capacity=1, starts_at=clock.now() + timedelta(hours=2))
    first, second = make.registration(event), make.registration(event)
    link = TokenActor("registration", f"registration:{first.pk}")
    actions.cancel_registration(by=link, registration=first)
    return [event.pk, second.pk]


FORMS: dict[str, tuple[str, Any, dict[str, Any], str]] = {
    "registration_detail": (
        "anonymous",
        lambda m: [mails.registration_token(m.party)],
        {"step": "cancel"},
        "",
    ),
    "registration_party": (
        "anonymous",
        token_of_three,
        {"party_size": "2", "companions": ["0"]},
        "佐久間 湊",
    ),
    "party_seat": ("ward", last_day, {}, ""),
    "party_cancel": ("ward", lambda m: [m.event.pk, m.party.pk], {"note": KEPT}, KEPT),
}
COSTS = {
    "own registration": ("anonymous", lambda m: f"/registrations/{mails.registration_token(m.party)}/", 2),
    "own registration, waiting": ("anonymous", lambda m: waiting_page(m), 3),
}


def waiting_page(made: Cast) -> str:
    """The page of a party that waits in an event of its own, with one before it."""
    party = Registration.objects.filter(event__title="満席の会").order_by("-position").first()
    if party is None:
        event = make.event(made.community, title="満席の会", capacity=1)
        party = [make.registration(event) for _ in range(3)][-1]
    return f"/registrations/{mails.registration_token(party)}/"


def same_turn() -> None:
    event = make.event()
    one, other = make.registration(event), make.registration(event)
    Registration.objects.filter(pk=other.pk).update(turn=one.turn)


def deadline_without_offer() -> None:
    Registration.objects.filter(pk=make.registration(make.event()).pk).update(offer_ends_at=clock.now())


BROKEN = {"registration_turn": same_turn, "registration_offer_ends_iff_offered": deadline_without_offer}
MAILS = dict.fromkeys(
    ("offered", "offer_accepted", "offer_declined", "offer_expired", "party_reduced"), "test_seats_mails"
)
