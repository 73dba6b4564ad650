"""Offers of free seats: accepted, declined, run out; and seats handed out by hand on the last day.

accept_offer(by=TokenActor("registration", f"registration:{party.pk}"), registration=party)
"""

from django.db import transaction

from portal.kernel import clock, permissions
from portal.kernel.actors import Actor
from portal.kernel.refusals import Refusal
from portal.kernel.templatetags.fmt import jstamp

from .. import mails
from ..enums import RegistrationState
from ..models import Event, EventSeats, Registration
from ..queries.seats import lacks_childcare
from ..saving import locked
from ..seats import offers, seating
from .registrations import cancel_registration

LAST = "キャンセル待ちの最後の順番で、お待ちいただいています。"


@transaction.atomic
def accept_offer(*, by: Actor, registration: Registration) -> Registration:
    """Take the seats that were offered. Raises Refusal: run out, no offer, event called off; PermissionDenied."""
    seats = _open_offer(by, registration)
    seating.move(seats, registration, "accept", by=by, offer_ends_at=None)
    seats.save()
    mails.offer_accepted(registration)
    return registration


@transaction.atomic
def decline_offer(*, by: Actor, registration: Registration) -> Registration:
    """Let the seats go to the next party, and leave the queue. Raises as `accept_offer`."""
    seats = _open_offer(by, registration)
    seating.move(seats, registration, "decline", by=by, offer_ends_at=None)
    seating.settle(seats)
    mails.offer_declined(registration)
    return registration


@transaction.atomic
def expire_offer(*, by: Actor, registration: Registration) -> bool:
    """End an offer whose time is over: the party goes last, the seats to the next. False when there is nothing to end."""
    seats = seating.lock(registration.event)
    now = clock.now()
    ends = locked(registration).offer_ends_at
    if ends is None or ends > now:
        return False
    turn = seating.next_turn(seats)
    seating.move(
        seats, registration, "expire", by=by, offer_ends_at=None, offer_expired_at=now, turn=turn
    )  # fmt: skip
    mails.offer_expired(registration)
    seating.settle(seats)
    return True


@transaction.atomic
def seat_today(*, by: Actor, registration: Registration) -> Registration:
    """Hand free seats to a party that was asked by telephone: once no offer can go out any more (当日対応).

    Raises Refusal: offers still go out, not enough seats or childcare, the event is over; PermissionDenied.
    """
    event = registration.event
    seats = seating.lock(event)
    permissions.require(by, "communities.offer_seat", registration)
    _refuse_when_over(event)
    now = clock.now()
    if offers.offer_deadline(now, event.starts_at):
        raise Refusal(
            "いまは、空いた席を順番にメールで案内しています。案内が終わってから、席を渡せます。", code="early"
        )
    if seats.left is not None and locked(registration).party_size > seats.left:
        raise Refusal(
            f"のこりは{seats.left}席です。{registration.party_size}人分の席がありません。", code="full"
        )
    if lacks_childcare(registration):
        raise Refusal(
            "この申込みが希望する託児は、いっぱいです。託児の定員を増やすか、本人に確かめて取り消してください。",
            code="childcare_full",
        )
    seating.offer(seats, registration, by=by, offer_ends_at=event.ends_at)
    seating.move(seats, registration, "accept", by=by, offer_ends_at=None)
    seats.save()
    mails.offer_accepted(registration)
    return registration


@transaction.atomic
def fill_seats(*, by: Actor, event: Event) -> list[Registration]:
    """Offer whatever is free. Safe at any time: where nobody fits, nothing changes."""
    return seating.settle(seating.lock(event))


def answer_registration(*, by: Actor, registration: Registration, step: str, note: str = "") -> Registration:
    """The buttons of a party's own page: accept, decline, cancel."""
    if step == "cancel":
        return cancel_registration(by=by, registration=registration, note=note)
    steps = {"accept": accept_offer, "decline": decline_offer}
    return steps[step](by=by, registration=registration)


def _open_offer(by: Actor, registration: Registration) -> EventSeats:
    """The seats, locked, when `registration` holds an offer that still stands."""
    seating.only_its_own(by, registration)
    event = registration.event
    seats = seating.lock(event)
    locked(registration)
    _refuse_when_over(event)
    ends = registration.offer_ends_at
    if ends is not None and ends <= clock.now():
        raise Refusal(f"ご案内の期限({jstamp(ends)})が過ぎたため、お受けできません。{LAST}", code="expired")
    if registration.state == RegistrationState.WAITING and registration.offer_expired_at:
        raise Refusal(f"ご案内の期限が過ぎたため、お受けできません。{LAST}", code="expired")
    return seats


def _refuse_when_over(event: Event) -> None:
    if event.state not in seating.RUNNING:
        raise Refusal(f"この催しは、いま「{event.get_state_display()}」です。", code="cancelled")
    if clock.now() >= event.ends_at:
        raise Refusal("この催しは、終わりました。", code="over")
