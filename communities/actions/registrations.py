"""Registrations: take seats, wait for them, give them back. Seats are counted under the lock of EventSeats alone.

r = register_for_event(by=actor, event=e, name="佐久間 里帆", kana="サクマ リホ", email="sakuma@example.jp", party_size=2)
"""

from collections.abc import Callable, Sequence
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Exists, Q
from django.db.models.functions import Lower

from portal.accounts.models import User
from portal.kernel import audit, clock, permissions
from portal.kernel.actors import Actor, TokenActor, UserActor, VisitorActor
from portal.kernel.names import clean_email, clean_kana, clean_name, clean_phone
from portal.kernel.refusals import Refusal

from .. import mails
from ..enums import LIVE_REGISTRATIONS, EntryMethod, EventState, RegistrationState
from ..models import Event, EventSeats, Lottery, Registration, RegistrationNeed
from ..saving import insert, user_of
from ..seats import seating

TWICE = "この催しには、もう申し込まれています。変更や取消しは、届いたメールのリンクからできます。"
NO_CONSENT = "利用目的に同意していただけないと、申込みを受け付けられません。"


@transaction.atomic
def register_for_event(
    *, by: Actor, event: Event, name: str, kana: str, email: str, phone: str = "", party_size: int = 1,
    party_names: Sequence[str] = (), needs: str = "", consent: bool, proxied: bool = False, at_door: bool = False,
) -> Registration:  # fmt: skip
    """Register a party: confirmed when it fits and nobody who would fit waits, else waiting with its place.

    Two at once get seats in the order of the lock. `proxied`: typed in for others, who may have no mail address;
    `at_door`: they stand there on the day (actions.counter alone says either). Raises Refusal: closed, cancelled, twice, larger than the
    capacity, without consent; ValidationError for values.
    """
    if not isinstance(by, UserActor | VisitorActor):
        raise PermissionDenied(f"申込みは、{by.verbose}ではできません。")
    if proxied or at_door:
        permissions.require(by, "communities.receive_registration", event)
    if not consent:
        raise Refusal(NO_CONSENT, field="consent", code="consent")
    values = {
        "user": None if proxied else user_of(by), "name": clean_name(name), "kana": clean_kana(kana),
        "email": "" if proxied and not email else _cleaned("email", clean_email, email), "phone": _cleaned("phone", clean_phone, phone) if phone else "",
        "party_size": party_size, "party_names": [clean_name(each) for each in party_names], "consented_at": clock.now(),
    }  # fmt: skip
    party = _seated(by, event, values, at_door=at_door)
    if needs.strip():
        insert(RegistrationNeed(registration=party, text=needs))
    data = {"event": event.pk, "party_size": party_size, "position": party.position, "state": party.state}
    audit.record("communities.registration.registered", by=by, target=party, data=data)
    mails.registered(party)
    return party


@transaction.atomic
def cancel_registration(*, by: Actor, registration: Registration, note: str = "") -> Registration:
    """Give the seats back, and offer them on: by the person until the event starts, by whoever keeps the list also later.

    Raises Refusal when it is cancelled already or, for the person, when the event has begun; PermissionDenied.
    """
    event = registration.event
    own = isinstance(by, TokenActor) or (isinstance(by, UserActor) and registration.user_id == by.user_id)
    if own and event.has_begun(clock.now()):
        raise Refusal(
            "催しが始まったため、この画面では取り消せません。主催者に連絡してください。", code="late"
        )
    seating.only_its_own(by, registration)
    seats = seating.lock(event)
    seating.move(seats, registration, "cancel", by=by, note=note, offer_ends_at=None)
    seating.settle(seats)
    mails.registration_cancelled(registration)
    return registration


def _cleaned(field: str, clean: Callable[[str], str], text: str) -> str:
    try:
        return clean(text)
    except ValueError as problem:
        raise ValidationError({field: str(problem)}) from problem


def _seated(by: Actor, event: Event, values: dict[str, Any], *, at_door: bool) -> Registration:
    """Under the lock of the seats: whether the party is taken, as what, at which place; and count it."""
    size = values["party_size"]
    seats = seating.lock(event, twice=_twin(event, values["email"], values["user"]))
    if at_door:
        _admit_at_door(event, seats, size)
    else:
        _admit(event, seats, size)
    if seats.asked["twice"]:
        raise Refusal(TWICE, field="email", code="twice")
    state = RegistrationState.CONFIRMED if at_door else _first_state(event, seats, size)
    position = seating.next_turn(seats)
    party = insert(
        Registration(event=event, position=position, turn=position, state=state, **values), final=True
    )
    seating.count(seats, state, size)
    seats.save()
    return party


def _admit(event: Event, seats: EventSeats, party_size: int) -> None:
    """Whether this event takes this party at all. The seats are locked, the event just read."""
    if event.state == EventState.CANCELLED:
        raise Refusal("この催しは、中止になりました。", code="cancelled")
    if event.state == EventState.POSTPONED:
        raise Refusal(
            "この催しは、延期になりました。新しい日が決まると、また申し込めます。", code="postponed"
        )
    if event.entry_method == EntryMethod.NONE:
        raise Refusal("この催しに、申込みはいりません。当日そのままお越しください。", code="no_entry")
    if event.state != EventState.PUBLISHED or clock.now() >= event.entries_end_at:
        raise Refusal("申込みの受付は、終わりました。", code="closed")
    if seats.capacity is not None and party_size > seats.capacity:
        raise Refusal(
            f"定員{seats.capacity}人より多い人数は、申し込めません。",
            field="party_size",
            code="party_too_large",
        )


def _admit_at_door(event: Event, seats: EventSeats, party_size: int) -> None:
    """当日参加: on the day, also after entries have closed, as long as there are seats for the whole party."""
    if event.entry_method == EntryMethod.NONE:
        raise Refusal("この催しに、申込みはいりません。そのまま入っていただけます。", code="no_entry")
    if event.state not in (EventState.PUBLISHED, EventState.ENTRIES_CLOSED):
        raise Refusal(
            f"この催しは、いま「{event.get_state_display()}」です。当日参加は受け付けられません。",
            code="closed",
        )
    if not event.door_opens_at <= clock.now() <= event.ends_at:
        raise Refusal(
            f"当日参加を受け付けられるのは、始まる{settings.COUNTER_OPENS_HOURS}時間前から終わるまでです。",
            field="channel",
            code="not_today",
        )
    if seats.left is not None and party_size > seats.left:
        raise Refusal(f"のこりの席は{seats.left}人分です。", field="party_size", code="full")


def _twin(event: Event, email: str, user: User | None) -> Exists:
    """Whether this person or mailbox holds a place already; asked under the lock of the seats.

    Along the two unique indexes, so that the thousandth party is asked as quickly as the first.
    """
    live = Registration.objects.filter(event=event, state__in=LIVE_REGISTRATIONS).alias(
        mailbox=Lower("email")
    )
    same = Q(mailbox=email.lower()) & ~Q(email="") if email else Q(pk__in=[])
    if user is not None:
        same |= Q(user=user)
    return Exists(live.filter(same))


def _first_state(event: Event, seats: EventSeats, party_size: int) -> RegistrationState:
    """A seat goes to a newcomer only when no party that waits would fit into what is free."""
    if event.entry_method == EntryMethod.LOTTERY and not _is_drawn(event):
        return RegistrationState.ENTERED
    if seats.left is None:
        return RegistrationState.CONFIRMED
    if party_size > seats.left:
        return RegistrationState.WAITING
    if seats.waiting_count and seating.next_party(event, seats.left):
        return RegistrationState.WAITING
    return RegistrationState.CONFIRMED


def _is_drawn(event: Event) -> bool:
    """After the draw, entries that were opened again take what is left, first come."""
    return Lottery.objects.filter(event=event, drawn_at__isnull=False).exists()
