"""Two counters at once: one seat, one party at two doors, the readers changed twice."""

from datetime import timedelta

import pytest

from communities.actions import cancel_registration
from communities.actions.asks import add_question, edit_ask, edit_question
from communities.actions.checkin import see_in
from communities.actions.counter import receive_registration
from communities.actions.extras import register_party
from communities.actions.readers import name_readers
from communities.calculations.extras import Extras
from communities.models import Attendance, Event, EventAnswer, EventQuestion, EventSeats, Registration
from communities.queries.asks import childcare_taken
from portal.kernel import audit, clock
from tests.factories import communities as make
from tests.support.factories import email
from tests.support.threads import race

pytestmark = pytest.mark.usefixtures("world")


def soon():
    """A meeting whose door is open. Entries end with the start."""
    return make.event(capacity=3, starts_at=clock.now() + timedelta(hours=1))


def receive(event, number, channel="phone"):
    return receive_registration(
        by=make.ward_officer(), event=event, channel=channel, name=f"試験 {number}", kana="シケン", phone="0250-22-0000",
        consent=True,
    )  # fmt: skip


def test_counter_door_and_web_share_the_seats():
    event = soon()
    calls = [lambda number=number: receive(event, number) for number in range(3)]
    calls += [lambda number=number: receive(event, number, "door") for number in range(3, 6)]
    calls += [lambda: make.registration(event) for _ in range(2)]
    race(*calls)
    taken = Registration.objects.filter(event=event, state__in=["confirmed", "attended"]).count()
    row = EventSeats.objects.get(event=event)
    assert (taken, row.confirmed_count) == (3, 3)
    positions = list(
        Registration.objects.filter(event=event).order_by("position").values_list("position", flat=True)
    )
    assert positions == list(range(1, len(positions) + 1))


def test_the_same_person_on_two_telephones_is_one_party():
    event = soon()
    outcomes = race(*[lambda: receive(event, 1) for _ in range(3)])
    assert [outcome.ok for outcome in outcomes].count(True) == 1
    assert EventSeats.objects.get(event=event).confirmed_count == 1


def test_one_code_at_two_doors_is_seen_in_once():
    event, officer = soon(), make.ward_officer()
    party = make.registration(event)
    outcomes = race(
        *[lambda: see_in(by=officer, registration=Registration.objects.get(pk=party.pk)) for _ in range(4)]
    )
    assert all(outcome.ok for outcome in outcomes)
    assert Attendance.objects.filter(registration=party).count() == 1
    assert [entry.event for entry in audit.history(party)].count("communities.registration.attend") == 1


def test_readers_named_twice_at_once_are_one_of_the_two():
    event, ward, city = soon(), make.ward_officer(), make.city_officer()
    pairs = [(ward.user, city.user), (city.user, None)]
    race(
        *[
            lambda pair=pair: name_readers(
                by=ward, event=Event.objects.get(pk=event.pk), officer=pair[0], deputy=pair[1]
            )
            for pair in pairs
        ]
    )
    stored = Event.objects.select_related("needs_officer", "needs_deputy").get(pk=event.pk)
    assert (stored.needs_officer, stored.needs_deputy) in pairs


def test_the_last_place_of_the_childcare_is_given_once():
    event = make.event(capacity=50)
    edit_ask(
        by=make.ward_officer(),
        event=event,
        childcare_capacity=3,
        childcare_close_at=event.starts_at - timedelta(days=1),
    )

    def register(number):
        return register_party(
            by=make.visitor(), event=event, name=f"試験 {number}", kana="シケン", email=email("party"), consent=True,
            extras=Extras(childcare=(2, 3)),
        )  # fmt: skip

    outcomes = race(*[lambda number=number: register(number) for number in range(6)])
    assert [outcome.ok for outcome in outcomes].count(True) == 1
    assert {outcome.error.code for outcome in outcomes if not outcome.ok} == {"childcare_full"}
    assert childcare_taken(event) == 2
    assert EventSeats.objects.get(event=event).confirmed_count == 1


def test_who_waits_for_a_seat_holds_no_childcare_and_is_offered_both_or_neither():
    """Three want one place of childcare and two seats, two seats come back, the childcare grows: never more than there is."""
    event, officer = make.event(capacity=2, starts_at=make.moment(20)), make.ward_officer()
    until = event.starts_at - timedelta(days=1)
    edit_ask(by=officer, event=event, childcare_capacity=1, childcare_close_at=until)
    seated = [make.registration(event) for _ in range(2)]

    def enter(number, ages=(2,)):
        return register_party(
            by=make.visitor(), event=event, name=f"試験 {number}", kana="シケン", email=email("party"), consent=True,
            extras=Extras(childcare=ages),
        )  # fmt: skip

    waiting = race(*[lambda number=number: enter(number) for number in range(3)])
    assert [outcome.value.state for outcome in waiting] == ["waiting"] * 3
    assert childcare_taken(event) == 0
    outcomes = race(*[
        lambda party=party: cancel_registration(by=make.ward_officer(), registration=Registration.objects.get(pk=party.pk)) for party in seated
    ])  # fmt: skip
    assert all(outcome.ok for outcome in outcomes)
    states = sorted(party.state for party in event.registrations.filter(childcare__isnull=False))
    assert (states, childcare_taken(event)) == (["offered", "waiting", "waiting"], 1)
    outcomes = race(
        lambda: edit_ask(by=make.ward_officer(), event=event, childcare_capacity=2, childcare_close_at=until),
        lambda: enter(4, ages=()),
    )
    assert all(outcome.ok for outcome in outcomes)
    row = EventSeats.objects.get(event=event)
    assert row.taken == 2
    assert childcare_taken(event) <= 2


def test_a_question_that_is_changed_while_somebody_answers_is_one_or_the_other():
    event, officer = make.event(capacity=50), make.ward_officer()
    row = add_question(by=officer, event=event, kind="choice", wording="どちら", options=["甲", "乙"])

    def answer():
        return register_party(
            by=make.visitor(), event=event, name="試験", kana="シケン", email=email("party"), consent=True,
            extras=Extras(answers={row.pk: ["甲"]}),
        )  # fmt: skip

    def edit():
        question = EventQuestion.objects.select_related("event").get(pk=row.pk)
        return edit_question(
            by=officer, question=question, kind="choice", wording="どちら", options=["丙", "丁"]
        )

    answered, edited = race(answer, edit)
    stored = EventQuestion.objects.get(pk=row.pk)
    kept = [set(given.values) for given in EventAnswer.objects.filter(question=row)]
    assert [answered.ok, edited.ok].count(True) == 1
    assert kept == [{"甲"}] * answered.ok
    assert stored.options == (["丙", "丁"] if edited.ok else ["甲", "乙"])
    assert all(values <= set(stored.options) for values in kept)
