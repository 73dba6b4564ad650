"""Forms, pages and costs of seats."""

from datetime import timedelta
from typing import Any

from django.urls import reverse

from communities import actions, mails
from communities.models import Event, Lottery, Registration
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


def closed_lottery(made: Cast) -> list[Any]:
    """A lottery with two entries, ready to be drawn."""
    event = make.event(made.community, capacity=1, entry_method="lottery")
    for _ in range(2):
        make.registration(event)
    Lottery.objects.filter(event=event).update(sealed_at=clock.now() - timedelta(days=1))
    actions.close_entries(by=made.people["ward"], event=event)
    return [event.pk]


def drawn(made: Cast) -> Event:
    """A lottery that was drawn."""
    event = Event.objects.get(pk=closed_lottery(made)[0])
    actions.draw_lottery(by=make.fresh(made.people["ward"]), event=event)
    return event


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
    "event_draw": ("ward", closed_lottery, {}, ""),
    "party_cancel": ("ward", lambda m: [m.event.pk, m.party.pk], {"note": KEPT}, KEPT),
}
READS = {
    name: (("anonymous", "ward"), lambda m, name=name: reverse(f"communities:{name}", args=[drawn(m).pk]))
    for name in ("event_lottery",)
}
FILES = {"lottery_entries": "", "lottery_program": ""}
OWNED = {"event.lottery": ""}
COSTS = {
    "own registration": ("anonymous", lambda m: f"/registrations/{mails.registration_token(m.party)}/", 3),
    "own registration, waiting": ("anonymous", lambda m: waiting_page(m), 4),
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


def bad_seal() -> None:
    Lottery.objects.filter(event=make.event(entry_method="lottery")).update(seal="x")


def drawn_before_sealed() -> None:
    Lottery.objects.filter(event=make.event(entry_method="lottery")).update(capacity=3)


def seed_before_the_draw() -> None:
    Lottery.objects.filter(event=make.event(entry_method="lottery")).update(seed="ab" * 32)


BROKEN = {
    "lottery_seed_iff_drawn": seed_before_the_draw,
    "lottery_seal_is_a_digest": bad_seal,
    "lottery_drawn_after_sealed": drawn_before_sealed,
    "registration_turn": same_turn,
    "registration_offer_ends_iff_offered": deadline_without_offer,
}
MAILS = {
    **dict.fromkeys(
        ("offered", "offer_accepted", "offer_declined", "offer_expired", "party_reduced"), "test_seats_mails"
    ),
    "lottery_drawn": "test_seats_lottery",
}
