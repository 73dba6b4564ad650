"""The ward thread: an officer registers, a resident finds and joins, an organiser acts, and the number opens into it."""

import re
from datetime import timedelta
from pathlib import Path

import pytest

from communities.models import Community, Event
from portal.kernel import clock
from tests.journeys.steps import Visitor
from tests.support.browser import People
from tests.support.world import World

pytestmark = pytest.mark.world(demo=True)
PAPER = b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


def moment(days: int, hour: int) -> str:
    """A time of the day so many days from now, as a datetime-local field wants it."""
    return f"{clock.today_jst() + timedelta(days=days)}T{hour:02d}:00"


def test_ward_thread(demo: World, people: People, width: int, tmp_path: Path) -> None:
    name = f"「タイトル未定」{width}"
    slug = _officer_registers(people, width, name)
    event = _officer_announces(people, width, name)
    _resident_finds_and_joins(people, width, name)
    _visitor_registers(people, width, name, event)
    _organiser_answers_and_starts(people, width, slug)
    record = _organiser_records(people, width, slug, tmp_path)
    before = _counted(people, width)
    _ward_and_city_confirm(people, width, record)
    assert _counted(people, width) == before + 1
    _number_opens_into_the_record(people, width, record)


def _officer_registers(people: People, width: int, name: str) -> str:
    officer = Visitor(people, width, "ward-akiha").go("/staff/").press("コミュニティを登録する")
    officer.fill(
        {
            "name": name,
            "kana": "タイトルミテイ",
            "area": "151050",
            "join_policy": "approval",
            "summary": "区内で別々に動く人を、まず同じ部屋に集める会です",
            "story": "学生や社会人、起業家など若手を中心に集まり、1分間ピッチを行っています。",
        }
    )
    officer.press("登録して公開する")
    community = Community.objects.get(name=name)
    assert community.state == "published"
    return community.slug


def _officer_announces(people: People, width: int, name: str) -> Event:
    community = Community.objects.get(name=name)
    officer = Visitor(people, width, "ward-akiha").go("/staff/events/new/")
    officer.fill(
        {
            "host": f"community:{community.pk}",
            "title": f"1分間ピッチの夜 {width}",
            "starts_at": moment(14, 18),
            "ends_at": moment(14, 20),
            "venue": "新津地区の公民館",
            "capacity": "150",
            "collector": "community",
            "entry_method": "first_come",
            "entries_close_at": moment(13, 17),
        }
    )
    officer.press("登録して公開する")
    event = Event.objects.get(title=f"1分間ピッチの夜 {width}")
    assert (event.state, event.seats.capacity) == ("published", 150)
    return event


def _resident_finds_and_joins(people: People, width: int, name: str) -> None:
    resident = Visitor(people, width, "resident-2").go("/")
    resident.page.get_by_role("searchbox").first.fill("未定")
    resident.press("さがす").reads(name)
    resident.press(name).press("参加を申し込む").fill({"message": "空き店舗で自習室をやりたい"})
    resident.press("参加を申し込む").reads("参加を申し込んでいます")


def _visitor_registers(people: People, width: int, name: str, event: Event) -> None:
    visitor = Visitor(people, width).go(f"/search/?q=ピッチの夜 {width}").press(event.title)
    visitor.press("参加を申し込む").fill(
        {
            "name": "佐久間 里帆",
            "kana": "さくま りほ",
            "email": "riho@example.jp",
            "party_size": "2",
            "consent": "on",
        }
    )
    visitor.press("内容を確認する").reads("サクマ リホ", "2人").press("参加を申し込む")
    assert visitor.path.startswith("/registrations/")
    event.seats.refresh_from_db()
    assert (event.seats.confirmed_count, event.seats.waiting_count) == (2, 0)


def _organiser_answers_and_starts(people: People, width: int, slug: str) -> None:
    """The officer makes the newcomer an organiser; who then writes the first initiative."""
    community = Community.objects.get(slug=slug)
    officer = Visitor(people, width, "ward-akiha").go(f"/staff/communities/{community.pk}/")
    officer.go(f"/communities/{slug}/manage/").press("返事をする").press("受け入れる")
    membership = community.memberships.get()
    officer.go(f"/communities/{slug}/manage/members/{membership.pk}/").press("世話人にする")
    organiser = Visitor(people, width, "resident-2").go(f"/communities/{slug}/manage/").press("取組を書く")
    organiser.fill(
        {"title": f"空き店舗の自習室 {width}", "summary": "放課後に使える自習室を、商店街につくります"}
    )
    organiser.press("取組を書く").reads(f"空き店舗の自習室 {width}")


def _organiser_records(people: People, width: int, slug: str, folder: Path) -> str:
    paper = folder / "議事録.pdf"
    paper.write_bytes(PAPER)
    initiative = Community.objects.get(slug=slug).initiatives.get()
    organiser = (
        Visitor(people, width, "resident-2").go(f"/initiatives/{initiative.pk}/").press("協働を記録する")
    )
    today = clock.today_jst().isoformat()
    organiser.fill(
        {
            "organisation_name": f"秋葉中央高校 {width}",
            "organisation_kind": "school",
            "partner_public": "on",
            "form": "shared_roles",
            "our_role": "場所の用意",
            "their_role": "自習室の見守り",
            "started_on": today,
            "evidence_kind": "minutes",
        }
    )
    organiser.page.locator("main input[type=file]").set_input_files(paper)
    organiser.press("提出する").reads(f"秋葉中央高校 {width}")
    return organiser.path


def _ward_and_city_confirm(people: People, width: int, record: str) -> None:
    pk = re.findall(r"[0-9a-f-]{36}", record)[0]
    Visitor(people, width, "ward-akiha").go("/staff/").go(f"/staff/collaborations/{pk}/").press(
        "区で確認する"
    )
    Visitor(people, width, "city-hq").go(f"/staff/collaborations/{pk}/").press("協働数に数える")


def _counted(people: People, width: int) -> int:
    ward = Visitor(people, width).go("/wards/akiha/")
    return int(re.findall(r"協働数\s*(\d+)", ward.page.locator("main").inner_text())[0])


def _number_opens_into_the_record(people: People, width: int, record: str) -> None:
    anyone = Visitor(people, width).go("/indicators/")
    anyone.press("区と主体の種類ごとに見る")
    year = clock.today_jst().year if clock.today_jst().month > 3 else clock.today_jst().year - 1
    anyone.go(f"/indicators/collaborations/{year}/?ward=akiha&kind=school").reads(f"空き店舗の自習室 {width}")
    anyone.press(f"空き店舗の自習室 {width}")
    anyone.go(record).reads(f"秋葉中央高校 {width}", "議事録")
