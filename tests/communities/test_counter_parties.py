"""代理受付: the same seats and the same queue for people without a mailbox, their slip, and telling them by telephone."""

import io
from datetime import timedelta

import pikepdf
import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from communities import actions, desk, mails
from communities.actions.checkin import move_party
from communities.actions.counter import note_call, receive_registration
from communities.models import EventSeats, PhoneCall, Registration
from communities.telling import telephone
from portal.accounts.scope import Scope
from portal.kernel import audit
from portal.kernel.models import OutboxMessage
from portal.kernel.refusals import Refusal
from tests.factories import communities as make

from .cast import PEOPLE, cast
from .test_registrations import seats

pytestmark = pytest.mark.django_db


def receive(event, by=None, **values):
    given = {
        "name": "長谷川 ハル",
        "kana": "ハセガワ ハル",
        "phone": "0250-22-1001",
        "channel": "phone",
        "consent": True,
    }
    return receive_registration(by=by or make.ward_officer(), event=event, **{**given, **values})


def test_a_household_without_a_mailbox_gets_seats_and_no_mail():
    event, officer = make.event(capacity=5), make.ward_officer()
    party = receive(
        event, officer, party_size=3, party_names=["長谷川 正", "長谷川 みつ"], needs="車いすの席"
    )
    assert (party.state, party.position, party.email, party.user) == ("confirmed", 1, "", None)
    assert (party.proxy.channel, party.proxy.received_by) == ("phone", officer.user)
    assert party.need.text == "車いすの席"
    assert seats(event) == (3, 0, 0)
    assert not OutboxMessage.objects.filter(about_id=str(party.pk)).exists()
    assert not party.calls.exists()
    assert {entry.event for entry in audit.history(party)} == {
        "communities.registration.registered", "communities.registration.received",
    }  # fmt: skip


def test_with_a_mail_address_the_party_is_told_by_mail():
    party = receive(make.event(), email="Haru@Example.jp", phone="")
    [mail] = OutboxMessage.objects.filter(template="communities/mail/registered", about_id=str(party.pk))
    assert mail.to_address == "haru@example.jp"


def test_it_is_the_same_queue():
    event = make.event(capacity=2)
    make.registration(event, party_size=2)
    waiting = receive(event)
    assert (waiting.state, waiting.position) == ("waiting", 2)
    assert make.registration(event).position == 3
    assert seats(event) == (2, 0, 2)


def test_many_without_a_mailbox_do_not_count_as_one():
    event = make.event()
    parties = [receive(event, name=f"試験 {name}", kana="シケン") for name in ("トミ", "キヨ", "ハル")]
    assert [party.position for party in parties] == [1, 2, 3]


def test_a_way_to_reach_them_is_needed_but_not_at_the_door(clock):
    event = make.event()
    with pytest.raises(ValidationError) as refused:
        receive(event, phone="")
    assert "phone" in refused.value.error_dict
    clock.set(event.starts_at.isoformat())
    assert receive(event, phone="", channel="door").state == "attended"


def test_the_same_name_is_asked_about_once():
    event = make.event()
    receive(event)
    with pytest.raises(Refusal) as refused:
        receive(event)
    assert refused.value.field == "another"
    assert receive(event, another=True).position == 2
    assert seats(event) == (2, 0, 0)


def test_without_consent_closed_or_too_large_is_refused_as_for_everybody():
    event = make.event(capacity=3)
    for values in ({"consent": False}, {"party_size": 4}):
        with pytest.raises(Refusal):
            receive(event, **values)
    actions.close_entries(by=make.ward_officer(), event=event)
    with pytest.raises(Refusal, match="終わりました"):
        receive(event)
    assert not Registration.objects.filter(event=event).exists()


@pytest.mark.parametrize(
    "name", [name for name in PEOPLE if name not in ("anonymous", "ward", "city", "organiser")]
)
def test_who_does_not_collect_the_entries_may_not_receive(name):
    world = cast()
    with pytest.raises(PermissionDenied):
        receive(world.event, world.people[name])
    assert world.client(name).get(f"/events/{world.event.pk}/counter/new/").status_code == 403


def test_staff_do_not_receive_for_a_group_that_collects_itself():
    event = make.event(collector="community")
    with pytest.raises(PermissionDenied):
        receive(event)


def test_nobody_else_registers_without_a_mail_address():
    with pytest.raises(ValidationError):
        make.registration(make.event(), email="")
    with pytest.raises(PermissionDenied):
        make.registration(make.event(), make.person(), email="", proxied=True)


def test_what_would_be_a_mail_becomes_a_call_and_a_to_do_once():
    event, officer = make.event(), make.ward_officer()
    party = receive(event, officer)
    for _ in range(2):
        telephone.by_phone("offered", party, "1")
    [call] = PhoneCall.objects.filter(registration=party)
    assert (call.reason, call.called_at) == ("offered", None)
    [item] = [item for item in _desk(officer) if event.title in item.meta]
    assert (item.title, item.url) == ("電話で知らせる", f"/events/{event.pk}/counter/")
    note_call(by=officer, event=event, call=call.pk)
    note_call(by=officer, event=event, call=call.pk)
    call.refresh_from_db()
    assert call.called_by == officer.user
    assert [entry.event for entry in audit.history(call)] == ["communities.phonecall.called"]
    assert not [item for item in _desk(officer) if event.title in item.meta]


def test_an_offer_to_people_without_a_mailbox_is_made_and_answered_by_telephone(clock):
    event, officer = make.event(capacity=1), make.ward_officer()
    clock.set(f"{(event.starts_at - timedelta(days=8)).date()}T10:00:00+09:00")
    first, waiting = make.registration(event), receive(event, officer)
    actions.cancel_registration(by=officer, registration=first)
    waiting.refresh_from_db()
    [call] = waiting.calls.all()
    assert (waiting.state, call.reason, call.due_at) == ("offered", "offered", waiting.offer_ends_at)
    assert not OutboxMessage.objects.filter(about_id=str(waiting.pk)).exists()
    party = Registration.objects.select_related("event").get(pk=waiting.pk)
    move_party(by=officer, registration=party, step="accept")
    assert (party.state, seats(event)) == ("confirmed", (1, 0, 0))


def test_a_call_of_another_event_is_not_noted_here():
    event, officer = make.event(), make.ward_officer()
    telephone.by_phone("offered", receive(event, officer), "1")
    with pytest.raises(Refusal):
        note_call(by=officer, event=make.event(), call=PhoneCall.objects.get().pk)


def test_a_cancelled_event_is_told_by_telephone_where_there_is_no_mailbox(django_capture_on_commit_callbacks):
    event, officer = make.event(), make.ward_officer()
    party, other = receive(event, officer), make.registration(event)
    actions.cancel_event(by=officer, event=event, note="雨のため")
    mails.tell_cancellation(_Running(event))
    mails.tell_cancellation(_Running(event))
    assert [call.reason for call in party.calls.all()] == ["event_cancelled"]
    assert OutboxMessage.objects.filter(template="communities/mail/event_cancelled").count() == 1
    assert not other.calls.exists()


def test_the_slip_is_a_paper_with_number_names_and_code():
    world = cast()
    party = receive(world.event, world.people["ward"], name="<b>長谷川</b> ハル", email="")
    for size, height in (("a5", 595), ("a4", 842)):
        answer = world.client("ward").get(f"/events/{world.event.pk}/counter/{party.pk}/slip/?size={size}")
        assert answer.headers["Content-Type"] == "application/pdf"
        assert answer.headers["Cache-Control"] == "no-store"
        paper = pikepdf.open(io.BytesIO(answer.content))
        assert len(paper.pages) == 1
        assert abs(float(paper.pages[0].MediaBox[3]) - height) < 1


def test_the_slip_is_for_those_who_keep_the_list_and_for_who_typed_it_in():
    world = cast()
    address = f"/events/{world.event.pk}/counter/{world.party.pk}/slip/"
    allowed = {name for name in PEOPLE if world.client(name).get(address).status_code == 200}
    assert allowed == {"ward", "city", "organiser"}
    event = make.event(world.community, collector="community")
    typed = receive(event, world.people["organiser"])
    other = make.organiser(world.community)
    client = world.client("organiser")
    assert client.get(f"/events/{event.pk}/counter/{typed.pk}/slip/").status_code == 200
    assert other.user_id != world.people["organiser"].user_id
    assert world.client("ward").get(f"/events/{event.pk}/counter/{typed.pk}/slip/").status_code == 403


def test_the_counter_types_a_household_in_and_shows_its_number():
    world = cast()
    client, address = world.client("ward"), f"/events/{world.event.pk}/counter/new/"
    once = client.get(address).context["form"].initial["once"]
    sent = {"once": once, "channel": "paper", "name": "本間 トミ", "kana": "ほんま とみ", "party_size": "３", "consent": "on",
            "party_names": "本間 一男\n\n本間 みつ"}  # fmt: skip
    refused = client.post(address, sent)
    assert refused.status_code == 422
    assert "phone" in refused.context["form"].errors
    assert "本間 一男\n" in refused.content.decode()
    EventSeats.objects.filter(event=world.event).update(capacity=9)
    answer = client.post(address, {**sent, "phone": "0250221003"})
    party = Registration.objects.get(event=world.event, name="本間 トミ")
    assert (answer.status_code, answer.url) == (303, f"/events/{world.event.pk}/counter/{party.pk}/")
    assert (party.party_names, party.kana) == (["本間 一男", "本間 みつ"], "ホンマ トミ")
    again = client.post(address, {**sent, "phone": "0250221003"})
    assert again.url == answer.url
    assert Registration.objects.filter(event=world.event, name="本間 トミ").count() == 1


def _desk(actor):
    return list(desk.desk_items(Scope.of(make.fresh(actor))))


class _Running:
    """A job in the hands of its handler, as far as this one looks at it."""

    def __init__(self, event):
        self.obj = type(event).objects.get(pk=event.pk)

    def progress(self, done, total):
        self.done = (done, total)
