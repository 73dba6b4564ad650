"""The counter: an officer types in a household without a mailbox, prints its slip, and sees it in on the day."""

import io
import json
import re
from datetime import timedelta
from urllib.parse import urlsplit

import pikepdf
import pytest

from communities import actions
from communities.models import Community, Event, Registration
from communities.papers.counter import page_address
from portal.kernel import clock
from portal.kernel.actors import UserActor
from tests.journeys.steps import Visitor, persona
from tests.support.browser import People
from tests.support.world import World

pytestmark = pytest.mark.world(demo=True)


def test_counter(demo: World, people: People, width: int) -> None:
    event = _event(width)
    party = _officer_types_a_household_in(people, width, event)
    _officer_prints_the_slip(people, width, event, party)
    _officer_asks_a_question_and_names_readers(people, width, event)
    _family_registers_with_a_guardian(people, width, event)
    _officer_sees_them_in(people, width, event, party)


TELEPHONE = """address => {
  const picture = document.createElement("canvas").getContext("2d");
  setInterval(() => picture.fillRect(0, 0, 99, 99), 50);
  navigator.mediaDevices.getUserMedia = async () => picture.canvas.captureStream();
  window.BarcodeDetector = class {
    async detect(video) { return video.videoWidth ? [{rawValue: address}] : []; }
  };
}"""  # what a telephone has and this browser lacks: a camera, and reading codes; the rest of the page is real


def test_the_camera_of_a_telephone_sees_a_party_in(demo: World, people: People) -> None:
    event = _event(0)
    party = _household(event)
    page = people.open(width=390, user=persona("ward-akiha"))
    page.add_init_script(f"({TELEPHONE})({json.dumps(page_address(party))})")
    page.goto(f"/events/{event.pk}/counter/check-in/")
    page.get_by_role("button", name="カメラでQRコードを読む").click()
    page.get_by_text("受け付けました").wait_for()
    assert "土屋 実さん 1人" in page.locator("main").inner_text()
    page.locator("video").wait_for()  # the next party is read without another press
    assert Registration.objects.get(pk=party.pk).state == "attended"


def test_a_telephone_that_reads_the_slip_itself_leads_to_the_counter(demo: World, people: People) -> None:
    """Where the browser reads no codes, the telephone's own camera opens the address that the slip carries."""
    party = _household(_event(1))
    officer = Visitor(people, 390, "ward-akiha").go(urlsplit(page_address(party)).path)
    officer.press("受付の画面でひらく").reads("土屋 実")


def _household(event: Event) -> Registration:
    return actions.register_for_event(
        by=UserActor(persona("resident-1")), event=event, name="土屋 実", kana="ツチヤ ミノル",
        email="minoru@example.jp", consent=True,
    )  # fmt: skip


def _event(width: int) -> Event:
    """A meeting in two hours, with entries still open."""
    starts_at = clock.now() + timedelta(hours=2)
    community = Community.objects.get(name="「タイトル未定」")
    return actions.create_event(
        by=UserActor(persona("ward-akiha")), host=community, title=f"窓口の日{width}", venue="秋葉区役所",
        starts_at=starts_at, ends_at=starts_at + timedelta(hours=2), collector="joint", capacity=20, publish=True,
    )  # fmt: skip


def _officer_types_a_household_in(people: People, width: int, event: Event) -> Registration:
    officer = Visitor(people, width, "ward-akiha").go(f"/staff/events/{event.pk}/")
    officer.press("受付の画面をひらく").press("代わりに申し込む(代理受付)")
    household = {
        "channel": "counter",
        "name": "長谷川 ハル",
        "kana": "はせがわ はる",
        "party_size": "３",
        "consent": "on",
    }
    officer.fill({**household, "party_names": "長谷川 正\n長谷川 みつ"}).press("受け付ける")
    officer.reads("電話番号かメールアドレスのどちらかを入力してください")
    officer.fill({"phone": "0250-22-1001"}).press("受け付ける")
    officer.reads("受付番号1 長谷川 ハルさん", "メールなし", "長谷川 みつ")
    return Registration.objects.get(event=event, name="長谷川 ハル")


def _officer_prints_the_slip(people: People, width: int, event: Event, party: Registration) -> None:
    officer = Visitor(people, width, "ward-akiha").go(f"/events/{event.pk}/counter/{party.pk}/")
    for name in ("受付票を印刷する(A5)", "大きな文字で印刷する(A4)"):
        address = (
            officer.page.locator("main").get_by_role("link", name=name, exact=True).get_attribute("href")
        )
        answer = officer.page.request.get(officer.page.url.split("/events/")[0] + str(address))
        assert answer.headers["content-type"] == "application/pdf"
        assert len(pikepdf.open(io.BytesIO(answer.body())).pages) == 1


def _officer_asks_a_question_and_names_readers(people: People, width: int, event: Event) -> None:
    officer = Visitor(people, width, "ward-akiha").go(f"/events/{event.pk}/counter/questions/")
    officer.press("質問を加える").fill(
        {"wording": "来る方法", "kind": "choice", "options": "歩き\n車"}
    ).press("この質問にする")
    officer.go(f"/events/{event.pk}/counter/asks/").fill({"children_welcome": "on"}).press("この内容にする")
    officer.press("担当を替える").fill({"deputy": str(persona("city-hq").pk)}).press("この2人にする")
    officer.reads(persona("city-hq").name)


def _family_registers_with_a_guardian(people: People, width: int, event: Event) -> None:
    parent = Visitor(people, width).go(f"/events/{event.pk}/register/")
    parent.fill(
        {"name": "佐久間 里帆", "kana": "サクマ リホ", "email": f"riho{width}@example.jp", "party_size": "2"}
    )
    parent.fill({"primary_count": "1", "consent": "on"}).press("内容を確認する")
    parent.reads("保護者の氏名を入力してください。")
    parent.fill(
        {"guardian_name": "佐久間 里帆", "guardian_phone": "090-1234-5678", "guardian_participation": "on"}
    )
    parent.fill({"guardian_emergency": "on"})
    parent.page.get_by_label("車", exact=True).check()
    parent.press("内容を確認する").reads("6〜12歳 1人", "写真は載せない", "車").press("参加を申し込む")
    parent.reads("受付番号", "佐久間 里帆")
    parent.go(f"/events/{event.pk}/")
    assert "佐久間" not in parent.page.locator("main").inner_text()


def _officer_sees_them_in(people: People, width: int, event: Event, party: Registration) -> None:
    officer = (
        Visitor(people, width, "ward-akiha").go(f"/events/{event.pk}/counter/").press("当日の受付をはじめる")
    )
    officer.fill({"code": page_address(party)}).press("受け付ける").reads("1番 長谷川 ハルさん 3人")
    officer.fill({"code": "2"}).press("受け付ける").reads("2番 佐久間 里帆さん 2人")
    officer.fill({"code": "1"}).press("受け付ける").reads("1番 長谷川 ハルさん 3人")
    assert re.search(r"来た方\s*5人", officer.page.locator("main").inner_text())
    officer.fill({"code": "77"}).press("受け付ける").reads("この番号やQRコードはありません")
    officer.press("氏名でさがす").reads("来ました")
