"""The pages of the ward thread, by the forms that others post to: done once, refused with words, everything kept."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from communities import mails
from communities.models import Collaboration, Community, Event, Membership, Registration
from tests.factories import communities as make

from .cast import PEOPLE, Cast, cast

pytestmark = pytest.mark.django_db

COMMUNITY = {
    "name": "里山の道なおし隊", "kana": "さとやまのみちなおしたい", "area": "151050", "summary": "道を直す。",
    "join_policy": "open", "story": "", "contact": "",
}  # fmt: skip
PARTY = {
    "name": "佐久間 里帆", "kana": "サクマ リホ", "email": "sakuma@example.jp", "phone": "", "party_size": "2", "needs": "",
    "consent": "on",
}  # fmt: skip


@pytest.fixture
def world() -> Cast:
    return cast()


def once(client, address):
    page = client.get(address).content.decode()
    return re.search(r'name="once" value="([^"]+)"', page)[1]


def send(client, address, values, **more):
    """Open the page, fill it in, send it."""
    return client.post(address, {"once": once(client, address), **values, **more})


def test_an_officer_registers_a_community_and_publishes_it_at_once(world):
    client = world.client("ward")
    answer = send(
        client, "/staff/communities/new/", COMMUNITY, publish="1", themes=[str(make.theme("nature").pk)]
    )
    row = Community.objects.get(name=COMMUNITY["name"])
    assert (answer.status_code, answer.url) == (303, f"/staff/communities/{row.pk}/")
    assert (row.state, row.slug, row.kana) == (
        "published",
        "satoyamanomichinaoshitai",
        "サトヤマノミチナオシタイ",
    )
    assert (
        world.client("anonymous").get("/communities/?q=里山").content.decode().count("里山の道なおし隊") >= 1
    )


def test_the_same_form_sent_twice_registers_once(world):
    client = world.client("ward")
    values = {"once": once(client, "/staff/communities/new/"), **COMMUNITY}
    first, second = [client.post("/staff/communities/new/", values) for _ in range(2)]
    assert (first.status_code, second.status_code, first.url) == (303, 303, second.url)
    third = client.post("/staff/communities/new/", {**values, "name": "ほかの名前"})
    assert third.status_code == 409
    assert "ほかの名前" in third.content.decode()
    assert Community.objects.filter(summary="道を直す。").count() == 1


@pytest.mark.parametrize(
    "wrong",
    [
        {"name": ""}, {"kana": "漢字"}, {"area": "151017"}, {"area": "x"}, {"join_policy": "all"}, {"summary": "長" * 201},
        {"story": "だめ\x00"},
        {"story": "だめ\x07"}, {"themes": ["x"]},
    ],
)  # fmt: skip
def test_wrong_values_of_a_community_answer_422_and_keep_what_was_typed(world, wrong):
    client = world.client("ward")
    answer = send(client, "/staff/communities/new/", {**COMMUNITY, "contact": "残る連絡先", **wrong})
    assert answer.status_code in (400, 422)
    if answer.status_code == 422:
        page = answer.content.decode()
        assert 'class="errors' in page
        assert "残る連絡先" in page
    assert not Community.objects.filter(summary="道を直す。").exists()


def test_a_resident_joins_and_the_organiser_accepts(world):
    where = world.community.get_absolute_url()
    answer = send(world.client("resident"), f"{where}join/", {"message": "やってみたい", "show_name": "on"})
    assert (answer.status_code, answer.url) == (303, where)
    row = Membership.objects.get(user=world.people["resident"].user)
    answer = send(
        world.client("organiser"), f"{where}manage/members/{row.pk}/", {"step": "accept", "note": ""}
    )
    assert answer.status_code == 303
    row.refresh_from_db()
    assert (row.state, row.show_name) == ("active", True)
    assert send(world.client("resident"), f"{where}leave/", {}).status_code == 303


def test_an_old_button_answers_409_and_an_unknown_one_422(world):
    address = f"{world.community.get_absolute_url()}manage/members/{world.request.pk}/"
    client = world.client("organiser")
    key = once(client, address)
    assert client.post(address, {"once": key, "step": "decline", "note": ""}).status_code == 409
    assert send(client, address, {"step": "accept"}).status_code == 303
    key = once(client, address)
    assert client.post(address, {"once": key, "step": "accept"}).status_code == 409
    assert client.post(address, {"once": key, "step": "explode"}).status_code == 422


def test_a_visitor_confirms_and_registers_without_an_account(world):
    event = make.event(world.community, collector="city")
    address, client = f"/events/{event.pk}/register/", world.client("anonymous")
    key = once(client, address)
    shown = client.post(address, {"once": key, **PARTY, "preview": "1"})
    assert shown.status_code == 200
    assert "この内容で申し込みますか" in shown.content.decode()
    assert not Registration.objects.filter(event=event).exists()
    answer = client.post(address, {"once": key, **PARTY, "party_names": ["佐久間 湊"]})
    party = Registration.objects.get(event=event)
    assert (answer.status_code, party.party_names) == (303, ["佐久間 湊"])
    assert answer.url == f"/registrations/{mails.registration_token(party)}/"
    page = client.get(answer.url)
    assert page.headers["Cache-Control"] == "no-store"
    assert "Referrer-Policy" in page.headers
    assert 'content="noindex"' in page.content.decode()
    assert send(client, answer.url, {"step": "cancel"}).status_code == 303
    party.refresh_from_db()
    assert party.state == "cancelled"


@pytest.mark.parametrize(
    "wrong",
    [{"consent": ""}, {"email": "だめ"}, {"party_size": "0"}, {"party_size": "九"}, {"party_size": "11"}, {"kana": "里帆"}, {"phone": "1"}],
)  # fmt: skip
def test_wrong_values_of_a_registration_answer_422(world, wrong):
    event = make.event(world.community)
    answer = send(world.client("anonymous"), f"/events/{event.pk}/register/", {**PARTY, **wrong})
    assert answer.status_code == 422
    assert "佐久間 里帆" in answer.content.decode()
    assert not Registration.objects.filter(event=event).exists()


def test_registering_twice_and_too_late_answers_409(world):
    event = make.event(world.community)
    address = f"/events/{event.pk}/register/"
    key = once(world.client("anonymous"), address)
    make.registration(event, email=PARTY["email"])
    assert world.client("anonymous").post(address, {"once": key, **PARTY}).status_code == 409
    Event.objects.filter(pk=event.pk).update(state="entries_closed")
    values = {"once": key, **PARTY, "email": "b@example.jp"}
    assert world.client("anonymous").post(address, values).status_code == 409


@pytest.mark.parametrize("token", ["x", "A" * 46, "../staff"])
def test_a_forged_link_opens_nothing(world, token):
    assert world.client("anonymous").get(f"/registrations/{token}/").status_code == 404


def test_an_ended_link_opens_nothing(world):
    address = f"/registrations/{mails.registration_token(world.party)}/"
    assert world.client("anonymous").get(address).status_code == 200
    Registration.objects.filter(pk=world.party.pk).update(token_version=1)
    assert world.client("anonymous").get(address).status_code == 404


def test_a_collaboration_is_recorded_with_its_file_and_the_file_is_for_staff(world):
    values = {
        "organisation_name": "新津高等学校", "organisation_kind": "school", "form": "shared_roles", "our_role": "会場",
        "their_role": "取材", "started_on": str(make.yesterday()), "evidence_kind": "minutes", "submit": "1",
        "evidence_file": SimpleUploadedFile("議事録.txt", "双方が出席".encode()),
    }  # fmt: skip
    answer = send(
        world.client("organiser"), f"/initiatives/{world.initiative.pk}/collaborations/new/", values
    )
    row = Collaboration.objects.get(organisation__name="新津高等学校")
    assert (answer.status_code, row.state) == (303, "submitted")
    file = f"/staff/collaborations/{row.pk}/evidence/{row.evidence.get().pk}/"
    found = {name: world.client(name).get(file).status_code for name in PEOPLE}
    assert {name for name, code in found.items() if code == 200} == {"ward", "city", "auditor"}
    assert found["anonymous"] == 302


def test_a_file_that_is_not_what_its_name_says_is_refused(world):
    address = f"/collaborations/{world.submitted.pk}/evidence/new/"
    file = SimpleUploadedFile("協定書.pdf", b"<html>")
    answer = send(world.client("organiser"), address, {"evidence_kind": "agreement", "evidence_file": file})
    assert answer.status_code == 422
    assert world.submitted.evidence.count() == 1


def test_the_public_record_names_no_partner_who_did_not_agree(world):
    page = world.client("anonymous").get(world.counted.get_absolute_url()).content.decode()
    assert "公開しない高校" not in page
    assert "学校(小中高)" in page
    assert (
        "公開しない高校" in world.client("organiser").get(world.counted.get_absolute_url()).content.decode()
    )


def test_the_community_page_names_nobody_who_did_not_agree(world):
    member = world.people["member"].user.name
    assert member not in world.client("anonymous").get(world.community.get_absolute_url()).content.decode()


def test_the_ward_confirms_and_the_city_counts_in_their_queue(world):
    address = f"/staff/collaborations/{world.submitted.pk}/"
    assert send(world.client("ward"), address, {"step": "ward_confirm"}).status_code == 303
    assert send(world.client("city"), address, {"step": "count"}).status_code == 303
    world.submitted.refresh_from_db()
    assert world.submitted.state == "counted"


def test_an_officer_creates_a_meeting_by_the_fixed_field_names(world):
    starts = make.moment(20)
    values = {
        "host": f"community:{world.community.pk}", "collector": "city", "title": "1分間ピッチの夜", "venue": "公民館",
        "starts_at": starts.strftime("%Y-%m-%dT18:30"), "ends_at": starts.strftime("%Y-%m-%dT20:30"), "capacity": "１５０人",
        "fee_yen": "", "entry_method": "first_come", "entries_close_at": "", "publish": "1",
    }  # fmt: skip
    answer = send(world.client("ward"), "/staff/events/new/", values)
    event = Event.objects.get(title="1分間ピッチの夜")
    assert (answer.status_code, event.state, event.seats.capacity) == (303, "published", 150)
    assert (event.starts_at.utcoffset().total_seconds(), event.fee_yen) == (0, 0)
    late = send(
        world.client("ward"), "/staff/events/new/", {**values, "ends_at": starts.strftime("%Y-%m-%dT17:30")}
    )
    assert late.status_code == 422
    assert "始まりより後" in late.content.decode()
    foreign = send(world.client("other_ward"), "/staff/events/new/", values)
    assert foreign.status_code == 422


def test_staff_pages_are_closed_to_strangers(world):
    pages = [
        "/staff/communities/", "/staff/communities/new/", f"/staff/communities/{world.community.pk}/", "/staff/events/",
        f"/staff/events/{world.event.pk}/", "/staff/collaborations/", f"/staff/collaborations/{world.submitted.pk}/",
    ]  # fmt: skip
    for page in pages:
        assert world.client("anonymous").get(page).status_code == 302, page
        assert {
            world.client(name).get(page).status_code for name in ("resident", "organiser", "prefecture")
        } == {404}, page
    own = [page for page in pages if str(world.community.pk) in page or str(world.event.pk) in page]
    assert {world.client("other_ward").get(page).status_code for page in own} == {404}


def test_the_staff_list_of_an_event_shows_names_and_needs_only_to_those_allowed(world):
    page = f"/staff/events/{world.event.pk}/"
    assert world.party.name in world.client("ward").get(page).content.decode()
    assert world.party.name not in world.client("auditor").get(page).content.decode()
    assert "車いすで使える席" not in world.client("city").get(page).content.decode()
