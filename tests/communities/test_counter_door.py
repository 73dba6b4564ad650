"""The door: seen in by number or code, once however often; how many came; 当日参加; the list."""

import io
from datetime import timedelta

import pikepdf
import pytest
from django.core.exceptions import PermissionDenied

from communities.actions.checkin import move_party, note_absence, see_in, see_in_by_code, take_back
from communities.models import Attendance, Registration
from communities.papers.counter import page_address
from communities.queries.counter import door_of
from portal.kernel import audit
from portal.kernel.refusals import Refusal
from tests.factories import communities as make

from .cast import PEOPLE, cast
from .test_counter_parties import receive
from .test_registrations import seats

pytestmark = pytest.mark.django_db


@pytest.fixture
def event(clock):
    """It begins in an hour."""
    made = make.event(capacity=6)
    clock.set((made.starts_at - timedelta(hours=1)).isoformat())
    return made


@pytest.fixture
def officer():
    return make.ward_officer()


def party_of(event, size=2, **values):
    return make.registration(event, party_size=size, **values)


def test_a_party_is_seen_in_and_counted_once(event, officer):
    party = party_of(event)
    for _ in range(2):
        see_in(by=officer, registration=party)
    assert (party.state, party.attendance.people_count, party.attendance.seen_by) == (
        "attended",
        2,
        officer.user,
    )
    assert [entry.event for entry in audit.history(party)].count("communities.registration.attend") == 1
    assert (door_of(event).here, door_of(event).expected, seats(event)) == (2, 2, (2, 0, 0))


def test_fewer_may_come_and_the_number_may_be_put_right(event, officer):
    party = party_of(event, 3)
    see_in(by=officer, registration=party, people=1)
    assert (door_of(event).here, door_of(event).absent, door_of(event).awaited) == (1, 2, 0)
    see_in(by=officer, registration=party, people=3)
    assert door_of(event).here == 3
    assert audit.history(party)[0].event == "communities.registration.recounted"
    with pytest.raises(Refusal) as refused:
        see_in(by=officer, registration=party, people=4)
    assert refused.value.field == "people"


def test_number_code_and_address_lead_to_the_same_party(event, officer):
    party = party_of(event)
    address = page_address(party)
    for code in (str(party.position), "１番", address, address.split("/registrations/")[1].strip("/")):
        assert see_in_by_code(by=officer, event=event, code=code) == party
    assert Attendance.objects.filter(registration__event=event).count() == 1


def test_what_leads_nowhere_is_refused_at_the_field(event, officer):
    other = party_of(make.event(starts_at=event.starts_at))
    forged = page_address(other)[:-3] + "xx/"
    for code in ("99", "さくら", forged, page_address(other), "9" * 200):
        with pytest.raises(Refusal) as refused:
            see_in_by_code(by=officer, event=event, code=code)
        assert (refused.value.field, refused.value.code) == ("code", "unknown")


def test_who_waits_or_cancelled_is_not_seen_in(event, officer):
    party_of(event, 6)
    waiting = party_of(event, 1)
    with pytest.raises(Refusal, match="席がとれていません"):
        see_in(by=officer, registration=waiting)


def test_long_before_the_start_nobody_is_seen_in(officer):
    party = make.registration(make.event())
    with pytest.raises(Refusal, match="3時間前"):
        see_in(by=officer, registration=party)


def test_absence_is_noted_after_the_start_and_taken_back(event, officer, clock):
    party = party_of(event)
    with pytest.raises(Refusal):
        note_absence(by=officer, registration=party)
    clock.set((event.starts_at + timedelta(minutes=30)).isoformat())
    move_party(by=officer, registration=party, step="absent")
    assert (party.state, door_of(event).absent) == ("absent", 2)
    see_in(by=officer, registration=party)
    assert (party.state, door_of(event).here) == ("attended", 2)
    for _ in range(2):
        take_back(by=officer, registration=party)
    assert party.state == "confirmed"
    assert not Attendance.objects.filter(registration=party).exists()


def test_somebody_without_a_registration_gets_a_free_seat_at_the_door(event, officer):
    party_of(event, 4)
    walk_in = receive(event, officer, channel="door", party_size=2, phone="")
    assert (walk_in.state, walk_in.proxy.channel, walk_in.attendance.people_count) == ("attended", "door", 2)
    with pytest.raises(Refusal) as refused:
        receive(event, officer, channel="door", name="試験 次郎", phone="")
    assert (refused.value.field, refused.value.message) == ("party_size", "のこりの席は0人分です。")
    assert seats(event) == (6, 0, 0)


def test_the_door_takes_nobody_days_before(officer):
    with pytest.raises(Refusal) as refused:
        receive(make.event(), officer, channel="door")
    assert refused.value.code == "not_today"


@pytest.mark.parametrize(
    "name", [name for name in PEOPLE if name not in ("anonymous", "ward", "city", "organiser")]
)
def test_strangers_see_nobody_in(name):
    world = cast()
    with pytest.raises(PermissionDenied):
        see_in(by=world.people[name], registration=Registration.objects.get(pk=world.party.pk))
    for place in (
        "",
        "check-in/",
        "check-in/figures/",
        "list/",
        f"{world.party.pk}/",
        f"{world.party.pk}/slip/",
    ):
        assert world.client(name).get(f"/events/{world.event.pk}/counter/{place}").status_code == 403, place


def test_the_page_says_who_came_and_how_many(clock):
    world = cast()
    clock.set((world.event.starts_at - timedelta(hours=1)).isoformat())
    client, address = world.client("ward"), f"/events/{world.event.pk}/counter/check-in/"
    once = client.get(address).context["form"].initial["once"]
    answer = client.post(address, {"once": once, "code": page_address(world.party)})
    assert answer.url == f"{address}?seen=1"
    text = client.get(answer.url).content.decode()
    assert f"1番 {world.party.name}さん 2人" in text
    assert "席のある2人のうち2人が来ました" in client.get(f"{address}figures/").content.decode()
    assert client.get(f"{address}?seen=99").status_code == 200


def test_the_code_on_a_slip_opened_by_the_staffs_own_telephone_leads_to_the_counter():
    world = cast()
    path = page_address(world.party).split("8000")[-1]
    path = path[path.index("/registrations/") :]
    link = f"/events/{world.event.pk}/counter/{world.party.pk}/"
    assert link in world.client("ward").get(path).content.decode()
    own = world.client("anonymous").get(path).content.decode()
    assert link not in own
    assert "受付番号 1" in own


def test_the_list_has_telephones_only_for_who_answers_for_them():
    world = cast()
    address = f"/events/{world.event.pk}/counter/list/"
    allowed = {name for name in PEOPLE if world.client(name).get(address).status_code == 200}
    assert allowed == {"ward", "city"}  # organisers: from the closing of entries
    paper = pikepdf.open(io.BytesIO(world.client("ward").get(address).content))
    assert len(paper.pages) == 1
    assert audit.history(world.event)[0].event == "communities.event.list_printed"
