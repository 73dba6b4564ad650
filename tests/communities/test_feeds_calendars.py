"""Calendars and feeds of events: public things only, stable, bounded, cheap to ask for again; a person's own is a secret."""

import re
import xml.etree.ElementTree as ET
from datetime import timedelta
from email.utils import parsedate_to_datetime

import pytest
from django.test import Client

from communities import actions
from communities.feeds import calendars
from communities.models import PersonalCalendar
from communities.queries import calendars as reads
from portal.accounts.models import User
from portal.kernel import clock
from portal.kernel.models import AuditEntry
from tests.factories import communities as make
from tests.factories.areas import area
from tests.support import ical

pytestmark = pytest.mark.django_db


def fetched(client: Client, address: str) -> ical.Component:
    answer = client.get(address)
    assert answer.status_code == 200, address
    assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
    return ical.read(answer.content)


def titles(client: Client, address: str) -> list[str]:
    return [event.value("SUMMARY") for event in fetched(client, address).events]


def lines(client: Client, address: str) -> list[ET.Element]:
    answer = client.get(address)
    assert answer.status_code == 200, address
    assert answer.headers["Content-Type"] == "application/rss+xml; charset=utf-8"
    return ET.fromstring(answer.content).findall("channel/item")


def secret_path(calendar: PersonalCalendar) -> str:
    return "/calendars/" + calendars.secret_url(calendar).rsplit("/", 1)[1]


def test_each_calendar_holds_the_public_events_of_its_place(client) -> None:  # type: ignore[no-untyped-def]
    akiha, kita = make.community(), make.community(place=area("151017"))
    make.event(akiha, title="秋葉の会", starts_at=make.moment(3))
    make.event(kita, title="北の会", starts_at=make.moment(2))
    make.event(akiha, title="下書きの会", publish=False)
    assert titles(client, "/events.ics") == ["北の会", "秋葉の会"]
    assert titles(client, "/wards/akiha/events.ics") == ["秋葉の会"]
    assert titles(client, "/events.ics?area=151017") == ["北の会"]
    assert titles(client, f"{kita.get_absolute_url()}events.ics") == ["北の会"]
    assert titles(client, "/wards/nishi/events.ics") == []


@pytest.mark.parametrize(
    "address",
    [
        "/wards/nowhere/events.ics",
        "/communities/nowhere/events.ics",
        "/events.ics?area=000000",
        "/feeds/areas/000000/events/",
        "/feeds/areas/x/communities/",
        "/events/7f1c5b1e-0000-4000-8000-000000000000.ics",
        "/calendars/x.ics",
    ],
)
def test_what_does_not_exist_is_not_found(client, address: str) -> None:  # type: ignore[no-untyped-def]
    assert client.get(address).status_code == 404


def test_drafts_and_draft_communities_have_no_calendar(client) -> None:  # type: ignore[no-untyped-def]
    draft = make.event(publish=False)
    assert client.get(f"/events/{draft.pk}.ics").status_code == 404
    hidden = make.community(publish=False)
    assert client.get(f"{hidden.get_absolute_url()}events.ics").status_code == 404


def test_a_change_raises_the_sequence_and_a_cancellation_is_told(client) -> None:  # type: ignore[no-untyped-def]
    event, by = make.event(title="道なおし", venue="里山", address="秋葉区1-2"), make.ward_officer()

    def entry() -> ical.Component:
        (one,) = fetched(client, f"/events/{event.pk}.ics").events
        return one

    first = entry()
    assert (first.value("UID"), first.value("LOCATION")) == (str(event.pk), "里山 秋葉区1-2")
    with clock.at(clock.now() + timedelta(hours=1)):
        actions.edit_event(by=by, event=event, venue="公民館")
    second = entry()
    assert int(second.value("SEQUENCE")) > int(first.value("SEQUENCE"))
    assert second.moment("DTSTAMP") > first.moment("DTSTAMP")
    actions.cancel_event(by=by, event=event, note="雨")
    third = entry()
    assert (third.value("STATUS"), third.value("SUMMARY")) == ("CANCELLED", "【中止】道なおし")
    assert int(third.value("SEQUENCE")) > int(second.value("SEQUENCE"))
    assert {one.value("UID") for one in (first, second, third)} == {str(event.pk)}


def test_a_postponed_event_is_tentative(client) -> None:  # type: ignore[no-untyped-def]
    event = make.event()
    actions.postpone_event(by=make.ward_officer(), event=event, note="雪のため")
    (entry,) = fetched(client, f"/events/{event.pk}.ics").events
    assert entry.value("STATUS") == "TENTATIVE"
    assert entry.value("SUMMARY").startswith("【延期】")


def test_who_has_it_already_gets_304(client) -> None:  # type: ignore[no-untyped-def]
    event, by = make.event(), make.ward_officer()
    for address in ("/events.ics", f"/events/{event.pk}.ics", "/feeds/events/"):
        first = client.get(address)
        assert first.headers["Cache-Control"] == "public, max-age=300"
        assert "Cookie" not in first.headers.get("Vary", ""), address
        again = client.get(address, headers={"If-None-Match": first.headers["ETag"]})
        assert (again.status_code, again.content) == (304, b""), address
    old = client.get("/events.ics").headers["ETag"]
    actions.edit_event(by=by, event=event, venue="別の会場")
    assert client.get("/events.ics", headers={"If-None-Match": old}).status_code == 200


def test_a_calendar_is_bounded_in_time_and_number(client, monkeypatch) -> None:  # type: ignore[no-untyped-def]
    host, by = make.community(), make.ward_officer()
    for days, title in (
        (-200, "昔"),
        (-20, "先月"),
        (-1, "きのう"),
        (5, "来週"),
        (90, "三月後"),
        (500, "来年"),
    ):
        make.event(host, by=by, title=title, starts_at=make.moment(days))
    assert titles(client, "/events.ics") == ["先月", "きのう", "来週", "三月後"]
    monkeypatch.setattr(reads, "MOST_AHEAD", 1)
    monkeypatch.setattr(reads, "MOST_PAST", 1)
    assert titles(client, "/events.ics") == ["きのう", "来週"]


def test_a_persons_calendar_holds_registrations_and_own_communities(client) -> None:  # type: ignore[no-untyped-def]
    who, own, other = make.person(), make.community(), make.community()
    make.member(own, who)
    make.event(own, title="わたしたちの会", starts_at=make.moment(1))
    entered = make.event(other, title="申し込んだ会", starts_at=make.moment(2))
    make.event(other, title="関わらない会", starts_at=make.moment(3))
    make.registration(entered, who, name="秘密 太郎", needs="車いす")
    address = secret_path(actions.open_calendar(by=who))
    read = fetched(client, address)
    assert [event.value("SUMMARY") for event in read.events] == ["わたしたちの会", "申し込んだ会"]
    assert "あなたの申込み: 参加できます" in read.events[1].value("DESCRIPTION")
    answer = client.get(address)
    assert (answer.headers["Cache-Control"], answer.headers["X-Robots-Tag"]) == (
        "private, no-cache",
        "noindex",
    )
    for secret in ("秘密", "車いす", who.user.email, who.user.name):
        assert secret not in answer.content.decode()


def test_the_address_ends_when_it_is_renewed_closed_or_the_account_ends(client) -> None:  # type: ignore[no-untyped-def]
    who = make.person()
    first = secret_path(actions.open_calendar(by=who))
    assert secret_path(actions.open_calendar(by=who)) == first
    second = secret_path(actions.renew_calendar(by=who))
    assert [client.get(path).status_code for path in (first, second)] == [404, 200]
    actions.close_calendar(by=who)
    actions.close_calendar(by=who)
    assert client.get(second).status_code == 404
    third = secret_path(actions.open_calendar(by=who))
    assert third not in (first, second)
    User.objects.filter(pk=who.user_id).update(is_active=False)
    assert client.get(third).status_code == 404
    events = AuditEntry.objects.filter(target_type="communities.personalcalendar").order_by("id")
    assert [entry.event.rpartition(".")[2] for entry in events] == ["opened", "renewed", "closed", "opened"]


def test_the_page_of_the_calendar_opens_renews_and_closes(client) -> None:  # type: ignore[no-untyped-def]

    who = make.person()
    client.force_login(who.user, backend="django.contrib.auth.backends.ModelBackend")
    addresses = []
    for step in ("open", "renew", "close"):
        page = client.get("/me/calendar/")
        assert page.headers["Cache-Control"] == "no-store"
        key = re.search(r'name="once" value="([^"]+)"', page.content.decode())[1]
        assert client.post("/me/calendar/", {"once": key, "step": step}).status_code == 303
        addresses += re.findall(r"/calendars/[\w-]+\.ics", client.get("/me/calendar/").content.decode())
    assert len(set(addresses)) == 2
    key = re.search(r'name="once" value="([^"]+)"', client.get("/me/calendar/").content.decode())[1]
    assert client.post("/me/calendar/", {"once": key, "step": "explode"}).status_code == 422
    assert "自分のカレンダー" in client.get("/me/").content.decode()


def test_a_feed_gives_what_was_published_last_first_with_guids_for_good(client) -> None:  # type: ignore[no-untyped-def]
    host, by = make.community(name="<里山> & 会"), make.ward_officer()
    with clock.at(clock.now() - timedelta(days=3)):
        old = make.event(host, by=by, title="先に公開", starts_at=make.moment(9))
    new = make.event(host, by=by, title="後に公開 <b>", starts_at=make.moment(30))
    make.event(host, by=by, title="下書き", publish=False)
    found = lines(client, "/feeds/areas/151050/events/")
    assert [item.findtext("title") for item in found] == ["後に公開 <b>", "先に公開"]
    assert [item.findtext("guid") for item in found] == [f"urn:uuid:{new.pk}", f"urn:uuid:{old.pk}"]
    assert {item.find("guid").get("isPermaLink") for item in found} == {"false"}
    assert [item.findtext("pubDate")[-5:] for item in found] == ["+0900", "+0900"]
    assert parsedate_to_datetime(found[0].findtext("pubDate")) == new.published_at.replace(microsecond=0)
    assert "<里山> & 会" in found[0].findtext("description")
    assert lines(client, "/feeds/areas/151017/events/") == []
    assert [item.findtext("title") for item in lines(client, "/feeds/events/")] == [
        "後に公開 <b>",
        "先に公開",
    ]


def test_the_feed_of_communities_names_the_published_ones(client) -> None:  # type: ignore[no-untyped-def]
    shown = make.community(name="見える会")
    make.community(name="下書きの会", publish=False)
    make.community(name="北の会", place=area("151017"))
    found = lines(client, "/feeds/areas/151050/communities/")
    assert [item.findtext("title") for item in found] == ["見える会"]
    assert found[0].findtext("link").endswith(shown.get_absolute_url())
    assert {item.findtext("title") for item in lines(client, "/feeds/communities/")} == {"見える会", "北の会"}


def test_the_page_of_feeds_leads_to_each_of_them(client) -> None:  # type: ignore[no-untyped-def]

    page = client.get("/feeds/").content.decode()
    found = set(re.findall(r'href="((?:/feeds/|/wards/|/events\.ics)[^"]*)"', page)) - {"/feeds/"}
    assert len(found) == 3 * 9
    assert {
        address: client.get(address).status_code
        for address in found
        if client.get(address).status_code != 200
    } == {}


def test_pages_can_be_passed_on_without_anybodys_script(client) -> None:  # type: ignore[no-untyped-def]
    event = make.event(title="ピッチ & 夜")
    for address in (event.get_absolute_url(), event.host_community.get_absolute_url()):
        page = client.get(address).content.decode()
        assert "https://social-plugins.line.me/lineit/share?url=http" in page
        assert "https://x.com/intent/post?url=http" in page
        assert 'href="mailto:?subject=' in page
        assert "data-copy" in page
        assert "<script" in page
        assert not re_scripts(page)
    assert f"/events/{event.pk}.ics" in client.get(event.get_absolute_url()).content.decode()


def re_scripts(page: str) -> list[str]:
    """Scripts, frames and pictures of other sites."""

    return re.findall(r"<(?:script|iframe|img)[^>]+https?://[^>]*>", page)
