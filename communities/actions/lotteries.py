"""Lotteries: seal a seed where everybody sees it, draw after entries have ended, tell all at once.

seal_lottery(by=officer, event=e); draw_lottery(by=officer, event=e)
"""

from django.db import transaction

from portal.kernel import audit, clock, jobs, permissions
from portal.kernel.actors import Actor
from portal.kernel.refusals import Refusal

from ..enums import EntryMethod, EventState, RegistrationState
from ..models import Event, EventSeats, Lottery, Registration
from ..saving import insert, locked
from ..seats import sealing, seating


@transaction.atomic
def seal_lottery(*, by: Actor, event: Event) -> Lottery:
    """Publish the SHA-256 of a seed that nobody sees before the draw. Again: the same seal."""
    row = Lottery.objects.filter(event=event).first()
    if row is not None:
        return row
    nonce = sealing.new_nonce()
    seal = sealing.seal_of(event.pk, nonce)
    row = insert(Lottery(event=event, nonce=nonce, seal=seal, sealed_at=clock.now()))
    audit.record("communities.event.lottery_sealed", by=by, target=event, data={"seal": row.seal})
    return row


@transaction.atomic
def draw_lottery(*, by: Actor, event: Event) -> Lottery:
    """Draw once entries have ended: parties in the order of their tickets, each with all its people or not at all.

    Raises Refusal: no lottery, entries still open, drawn already, called off or begun, the key of the seal gone;
    PermissionDenied.
    """
    locked(event)
    permissions.require(by, "communities.draw_lottery", event)
    seats = seating.lock(event)
    lottery = _ready(event)
    parties = Registration.objects.filter(event=event, state=RegistrationState.ENTERED).order_by("position")
    entered = {party.position: party for party in parties}
    lottery.entries = [[party.position, party.party_size] for party in entered.values()]
    lottery.seed = sealing.seed_of(event.pk, lottery.nonce, lottery.seal)
    lottery.capacity, lottery.drawn_at = seats.capacity, clock.now()
    lottery.save()
    winners = 0
    for line in lottery.result:
        winners += line.has_seats
        _tell_place(by, seats, entered[line.number], has_seats=line.has_seats)
    seating.settle(seats)
    data = {"entries": len(entered), "winners": winners, "capacity": seats.capacity, "seed": lottery.seed}
    audit.record("communities.event.lottery_drawn", by=by, target=event, data=data)
    jobs.enqueue("communities.tell_lottery", key=f"lottery-drawn:{event.pk}", obj=event, by=by)
    return lottery


def _tell_place(by: Actor, seats: EventSeats, party: Registration, *, has_seats: bool) -> None:
    """Seats, or the next place of the queue in the order of the draw."""
    if has_seats:
        seating.move(seats, party, "win", by=by)
    else:
        seating.move(seats, party, "lose", by=by, turn=seating.next_turn(seats))


def _ready(event: Event) -> Lottery:
    """The lottery of an event whose entries have ended. Its seats are locked."""
    lottery = Lottery.objects.filter(event=event).first()
    if lottery is None or event.entry_method != EntryMethod.LOTTERY:
        raise Refusal("この催しは、抽選ではありません。", code="no_lottery")
    if lottery.drawn_at is not None:
        raise Refusal("この催しの抽選は、もう終わっています。", code="drawn")
    if event.state not in seating.RUNNING or event.has_begun(clock.now()):
        raise Refusal(
            f"この催しは、いま「{event.get_state_display()}」か、もう始まっています。", code="moved"
        )
    if event.state == EventState.PUBLISHED and clock.now() < event.entries_end_at:
        raise Refusal("抽選は、申込みの受付を終えてから行います。", code="open")
    return lottery
