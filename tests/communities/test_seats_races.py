"""Every pair of actions that wants the seats of one event, at once, on a real database: the counts always hold."""

from collections.abc import Callable
from datetime import timedelta
from itertools import combinations

import pytest

from communities import actions, sweeping
from communities.models import Event, EventSeats, Lottery, Registration
from portal.kernel import clock
from portal.kernel.actors import JobActor, TokenActor
from portal.kernel.models import OutboxMessage
from portal.kernel.refusals import Refusal
from tests.factories import communities as make
from tests.support.threads import race

pytestmark = pytest.mark.usefixtures("world")

COUNTED = {"confirmed": "confirmed_count", "offered": "offered_count", "waiting": "waiting_count"}


def link(party):
    return TokenActor("registration", f"registration:{party.pk}")


def holds(event) -> EventSeats:
    """Counts are the sums of the parties, never above the capacity; positions and turns are unique."""
    row, parties = EventSeats.objects.get(event=event), list(Registration.objects.filter(event=event))
    for state, column in COUNTED.items():
        people = sum(party.party_size for party in parties if party.state == state)
        assert getattr(row, column) == people, state
    assert row.taken <= row.capacity
    assert (
        len({party.position for party in parties}) == len({party.turn for party in parties}) == len(parties)
    )
    keys = [f"offered:{party.pk}:{party.turn}" for party in parties if party.state == "offered"]
    assert OutboxMessage.objects.filter(key__in=keys).count() == len(keys)
    return row


class Scene:
    """Three seats: one confirmed, two offered one by one (one of them is over its time), two parties that wait."""

    def __init__(self) -> None:
        self.event = make.event(capacity=3)
        self.officer = make.ward_officer()
        first = [make.registration(self.event) for _ in range(3)]
        later = [make.registration(self.event) for _ in range(4)]
        for party in first[1:]:
            actions.cancel_registration(by=link(party), registration=party)
        self.confirmed, self.offered, self.late = first[0], later[0], later[1]
        gone = clock.now() - timedelta(minutes=1)
        Registration.objects.filter(pk=self.late.pk).update(offer_ends_at=gone)

    def fresh(self, party: Registration) -> Registration:
        return Registration.objects.get(pk=party.pk)

    def steps(self) -> dict[str, Callable[[], object]]:
        event = lambda: Event.objects.get(pk=self.event.pk)  # noqa: E731
        return {
            "register": lambda: make.registration(event()),
            "cancel": lambda: actions.cancel_registration(
                by=link(self.confirmed), registration=self.fresh(self.confirmed)
            ),
            "accept": lambda: actions.accept_offer(
                by=link(self.offered), registration=self.fresh(self.offered)
            ),
            "decline": lambda: actions.decline_offer(
                by=link(self.offered), registration=self.fresh(self.offered)
            ),
            "expire": lambda: actions.expire_offer(
                by=JobActor("sweep_offers"), registration=self.fresh(self.late)
            ),
            "sweep": sweeping.sweep_offers,
            "raise": lambda: actions.edit_event(by=self.officer, event=event(), capacity=5),
            "call off": lambda: actions.cancel_event(by=make.ward_officer(), event=event(), note="大雨"),
        }


NAMES = ("register", "cancel", "accept", "decline", "expire", "sweep", "raise", "call off")
PAIRS = [
    *combinations(NAMES, 2),
    *((name, name) for name in ("accept", "cancel", "expire", "sweep", "raise")),
]


@pytest.mark.parametrize(("one", "other"), PAIRS)
def test_two_at_once_leave_the_seats_in_order(one, other):
    scene = Scene()
    steps = scene.steps()
    outcomes = race(steps[one], steps[other])
    for outcome in outcomes:
        assert outcome.ok or isinstance(outcome.error, Refusal), repr(outcome.error)
    assert any(outcome.ok for outcome in outcomes)
    holds(scene.event)


def test_an_offer_accepted_by_two_windows_at_once_is_accepted_once():
    scene = Scene()
    outcomes = race(*[scene.steps()["accept"] for _ in range(4)])
    assert [outcome.ok for outcome in outcomes].count(True) == 1
    assert OutboxMessage.objects.filter(key__startswith=f"offer_accepted:{scene.offered.pk}").count() == 1
    holds(scene.event)


def test_lots_are_drawn_once_while_somebody_leaves():
    event = make.event(entry_method="lottery", capacity=2)
    parties = [make.registration(event) for _ in range(5)]
    Lottery.objects.filter(event=event).update(sealed_at=clock.now() - timedelta(hours=1))
    actions.close_entries(by=make.ward_officer(), event=event)
    officers = [make.ward_officer() for _ in range(2)]
    draws = [
        lambda by=by: actions.draw_lottery(by=by, event=Event.objects.get(pk=event.pk)) for by in officers
    ]
    leaving = lambda: actions.cancel_registration(  # noqa: E731
        by=link(parties[0]), registration=Registration.objects.get(pk=parties[0].pk)
    )
    first, second, left = race(*draws, leaving)
    assert [first.ok, second.ok].count(True) == 1
    assert left.ok, repr(left.error)
    row = holds(event)
    assert row.taken == 2
    assert not Registration.objects.filter(event=event, state="entered").exists()
