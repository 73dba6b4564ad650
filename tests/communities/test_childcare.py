"""Places of childcare: held with a seat, not by waiting for one; who waits for both is told which is missing."""

from datetime import timedelta

import pytest

from communities import actions, mails
from communities.actions.asks import edit_ask
from communities.actions.extras import register_party
from communities.calculations.extras import Extras
from communities.models import Registration
from communities.queries import queue_of
from communities.queries.asks import childcare_taken
from portal.kernel.refusals import Refusal
from tests.factories import communities as make
from tests.support.factories import email
from tests.support.strict import StrictClient

pytestmark = pytest.mark.django_db


def register(event, ages=()):
    return register_party(
        by=make.visitor(), event=event, name="試験 花子", kana="シケン ハナコ", email=email("party"), consent=True,
        extras=Extras(childcare=ages),
    )  # fmt: skip


def childcare(event, places):
    until = event.starts_at - timedelta(days=3) if places else None
    return edit_ask(by=make.ward_officer(), event=event, childcare_capacity=places, childcare_close_at=until)


def waits_for_childcare(clock):
    """One seat is free, the one place of childcare is not, and a party waits for both."""
    clock.set("2026-12-01T10:00:00+09:00")
    event, officer = make.event(capacity=2, starts_at=make.moment(20)), make.ward_officer()
    childcare(event, 1)
    first = register(event, (2,))
    second = register(event)
    party = register(event, (3,))
    assert (party.state, childcare_taken(event)) == ("waiting", 1)
    actions.cancel_registration(by=officer, registration=second)
    return event, first, Registration.objects.get(pk=party.pk)


def test_a_party_waits_for_childcare_keeps_its_place_and_is_told_why(clock):
    event, first, party = waits_for_childcare(clock)
    assert party.state == "waiting"
    event.refresh_from_db()
    queue = queue_of(event)
    assert (queue.waiting[0].fits, queue.waiting[0].lacks_childcare) == (False, True)
    assert "託児が、いっぱいです" in queue.why
    address = f"/registrations/{mails.registration_token(party)}/"
    assert "託児がいっぱいです。託児が空くまで" in StrictClient().get(address).content.decode()
    assert register(event).state == "confirmed"
    actions.cancel_registration(by=make.ward_officer(), registration=first)
    party.refresh_from_db()
    assert (party.state, childcare_taken(event)) == ("offered", 1)


def test_more_childcare_is_offered_at_once_and_never_less_than_is_waited_for(clock):
    event, _, party = waits_for_childcare(clock)
    with pytest.raises(Refusal) as refused:
        childcare(event, None)
    assert (refused.value.field, refused.value.code) == ("childcare_capacity", "waited_for")
    childcare(event, 2)
    party.refresh_from_db()
    assert (party.state, childcare_taken(event)) == ("offered", 2)


def test_a_seat_of_the_last_day_needs_its_childcare_too(clock):
    event, _, party = waits_for_childcare(clock)
    clock.set((event.starts_at - timedelta(hours=2)).isoformat())
    with pytest.raises(Refusal, match="託児は、いっぱい"):
        actions.seat_today(by=make.ward_officer(), registration=party)


def test_a_party_that_waits_may_not_want_more_childcare_than_there_is(clock):
    event = make.event(capacity=1)
    childcare(event, 1)
    register(event)
    with pytest.raises(Refusal) as refused:
        register(event, (2, 3))
    assert refused.value.code == "childcare_full"


def test_entries_of_a_lottery_hold_childcare_until_it_is_drawn(clock):
    event = make.event(capacity=1, entry_method="lottery")
    childcare(event, 1)
    assert register(event, (2,)).state == "entered"
    with pytest.raises(Refusal) as refused:
        register(event, (2,))
    assert refused.value.code == "childcare_full"
