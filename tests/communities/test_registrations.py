"""Seats: taken, waited for, given back."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from communities import actions, mails, queries
from communities.models import EventSeats, Registration, RegistrationNeed
from portal.kernel import audit
from portal.kernel.actors import JobActor, TokenActor
from portal.kernel.models import AuditEntry, OutboxMessage
from portal.kernel.refusals import Refusal
from tests.factories import communities as make

pytestmark = pytest.mark.django_db


def seats(event):
    row = EventSeats.objects.get(event=event)
    return (row.confirmed_count, row.offered_count, row.waiting_count)


def link(party):
    return TokenActor("registration", f"registration:{party.pk}")


def test_a_party_gets_its_seats_and_a_mail_with_its_own_page():
    event = make.event(title="1分間ピッチの夜", capacity=150)
    party = make.registration(
        event, name="佐久間 里帆", kana="さくま りほ", email="Sakuma@Example.JP", phone="０９０１２３４５６７８",
        party_size=2, party_names=["佐久間 湊"], needs="要約筆記をお願いします",
    )  # fmt: skip
    assert (party.state, party.position, party.user) == ("confirmed", 1, None)
    assert (party.kana, party.email, party.phone) == ("サクマ リホ", "sakuma@example.jp", "090-1234-5678")
    assert (party.party_names, party.need.text) == (["佐久間 湊"], "要約筆記をお願いします")
    assert seats(event) == (2, 0, 0)
    [mail] = OutboxMessage.objects.filter(template="communities/mail/registered")
    assert (mail.to_address, mail.is_secret, mail.body) == ("sakuma@example.jp", True, "")
    assert mails.registration_token(party) not in str(list(AuditEntry.objects.values_list("data", flat=True)))


def test_the_entry_says_what_happened_without_saying_who():
    event = make.event()
    party = make.registration(event, name="秘密 花子", email="himitsu@example.jp")
    [entry] = audit.history(party)
    assert entry.event == "communities.registration.registered"
    assert entry.data == {"event": str(event.pk), "party_size": 1, "position": 1, "state": "confirmed"}
    assert entry.actor_kind == "visitor"


def test_a_full_event_gives_a_place_in_the_queue():
    event = make.event(capacity=2)
    make.registration(event, party_size=2)
    second, third = make.registration(event), make.registration(event, party_size=2)
    assert [second.state, third.state] == ["waiting", "waiting"]
    assert [second.position, third.position] == [2, 3]
    assert seats(event) == (2, 0, 3)
    assert queries.place_in_queue(second) == (1, 2)
    assert queries.place_in_queue(third) == (2, 2)


def test_a_party_that_does_not_fit_waits_and_a_smaller_one_after_it_gets_the_seat():
    event = make.event(capacity=3)
    make.registration(event, party_size=2)
    large = make.registration(event, party_size=2)
    small = make.registration(event, party_size=1)
    assert [large.state, small.state] == ["waiting", "confirmed"]
    assert seats(event) == (3, 0, 2)


def test_a_newcomer_never_overtakes_a_party_that_would_fit():
    event = make.event(capacity=1)
    first = make.registration(event)
    waiting = make.registration(event)
    actions.cancel_registration(by=link(first), registration=first)
    newcomer = make.registration(event)
    waiting.refresh_from_db()
    assert [waiting.state, newcomer.state] == ["offered", "waiting"]
    assert seats(event) == (0, 1, 1)


def test_without_a_capacity_everybody_comes():
    event = make.event(capacity=None)
    assert {make.registration(event, party_size=20).state for _ in range(3)} == {"confirmed"}


def test_a_lottery_collects_entries_without_taking_seats():
    event = make.event(entry_method="lottery", capacity=1)
    assert {make.registration(event).state for _ in range(3)} == {"entered"}
    assert seats(event) == (0, 0, 0)


def test_registering_twice_is_refused_by_mail_address_and_by_account():
    event, who = make.event(), make.person()
    make.registration(event, email="twice@example.jp")
    with pytest.raises(Refusal) as refused:
        make.registration(event, email="TWICE@example.jp")
    assert refused.value.field == "email"
    make.registration(event, who)
    with pytest.raises(Refusal, match="もう申し込まれています"):
        make.registration(event, who)
    assert seats(event) == (2, 0, 0)


def test_after_cancelling_one_may_register_again():
    event = make.event()
    party = make.registration(event, email="again@example.jp")
    actions.cancel_registration(by=link(party), registration=party)
    assert make.registration(event, email="again@example.jp").position == 2


def test_a_party_larger_than_the_capacity_is_refused():
    event = make.event(capacity=3)
    with pytest.raises(Refusal) as refused:
        make.registration(event, party_size=4)
    assert (refused.value.field, refused.value.message) == (
        "party_size",
        "定員3人より多い人数は、申し込めません。",
    )


def test_without_consent_nothing_is_kept():
    event = make.event()
    with pytest.raises(Refusal) as refused:
        make.registration(event, consent=False)
    assert refused.value.field == "consent"
    assert not Registration.objects.filter(event=event).exists()


def test_entries_end_at_the_deadline_else_at_the_start(clock):
    starts = make.moment(10)
    with_deadline = make.event(starts_at=starts, entries_close_at=starts - timedelta(days=2))
    without = make.event(starts_at=starts)
    clock.set((starts - timedelta(days=2)).isoformat())
    with pytest.raises(Refusal, match="終わりました"):
        make.registration(with_deadline)
    assert make.registration(without).state == "confirmed"
    clock.set(starts.isoformat())
    with pytest.raises(Refusal, match="終わりました"):
        make.registration(without)


def test_drafts_and_events_without_entries_take_nobody():
    with pytest.raises(Refusal, match="終わりました"):
        make.registration(make.event(publish=False))
    with pytest.raises(Refusal, match="申込みはいりません"):
        make.registration(make.event(entry_method="none", capacity=None))


def test_wrong_values_store_nothing():
    event = make.event(capacity=50)
    for wrong in (
        {"email": "だめ"},
        {"phone": "1"},
        {"party_size": 0},
        {"party_size": 21},
        {"party_names": ["甲"]},
        {"name": "\x00"},
    ):
        with pytest.raises(ValidationError):
            make.registration(event, **wrong)
    assert seats(event) == (0, 0, 0)
    assert not RegistrationNeed.objects.exists()


def test_jobs_and_links_do_not_register():
    for other in (JobActor("night"), TokenActor("registration", "x")):
        with pytest.raises(PermissionDenied):
            make.registration(make.event(), other)


def test_cancelling_by_link_gives_seats_back_once():
    event = make.event(capacity=3)
    party = make.registration(event, party_size=2)
    actions.cancel_registration(by=link(party), registration=party)
    assert (party.state, seats(event)) == ("cancelled", (0, 0, 0))
    assert party.cancelled_at is not None
    with pytest.raises(Refusal, match="いま「取消し」です"):
        actions.cancel_registration(by=link(party), registration=party)
    assert seats(event) == (0, 0, 0)
    assert OutboxMessage.objects.filter(template="communities/mail/registration_cancelled").count() == 1
    assert audit.history(party)[0].event == "communities.registration.cancel"


def test_a_waiting_party_that_gives_up_leaves_the_queue():
    event = make.event(capacity=1)
    make.registration(event)
    waiting = make.registration(event)
    actions.cancel_registration(by=link(waiting), registration=waiting)
    assert seats(event) == (1, 0, 0)


def test_another_partys_link_cancels_nothing():
    event = make.event()
    party, other = make.registration(event), make.registration(event)
    for stranger in (link(other), make.person(), make.ward_officer("151017")):
        with pytest.raises(PermissionDenied):
            actions.cancel_registration(by=stranger, registration=party)
    assert seats(event) == (2, 0, 0)


def test_after_the_start_only_who_keeps_the_list_cancels(clock):
    who, starts = make.person(), make.moment(1)
    event = make.event(starts_at=starts)
    party = make.registration(event, who)
    by_link = make.registration(event)
    clock.set((starts + timedelta(minutes=1)).isoformat())
    with pytest.raises(Refusal, match="始まったため"):
        actions.cancel_registration(by=who, registration=party)
    with pytest.raises(Refusal, match="始まったため"):
        actions.cancel_registration(by=link(by_link), registration=by_link)
    assert actions.cancel_registration(by=make.ward_officer(), registration=party).state == "cancelled"


def test_what_a_community_collects_the_staff_does_not_cancel():
    host = make.community()
    party = make.registration(make.event(host, collector="community"))
    with pytest.raises(PermissionDenied):
        actions.cancel_registration(by=make.ward_officer(), registration=party)
    assert actions.cancel_registration(by=make.organiser(host), registration=party).state == "cancelled"


def test_needs_wait_in_their_own_table_and_only_with_words():
    event = make.event()
    make.registration(event, needs="  ")
    assert not RegistrationNeed.objects.exists()
    make.registration(event, needs="車いすで使える席")
    assert [need.text for need in queries.needs_of(event)] == ["車いすで使える席"]
