"""The officer's day: from the desk through many rows at once, a telephone call and a paper, to the table of answers."""

from datetime import timedelta

import pytest

from communities.mails.inquiries import inquiry_token
from communities.models import Community, Contact, Inquiry, Membership
from portal.kernel import clock
from tests.journeys.steps import Visitor
from tests.support.browser import People
from tests.support.world import World

pytestmark = pytest.mark.world(demo=True)


def test_officer_day(demo: World, people: People, width: int) -> None:
    officer = Visitor(people, width, "ward-akiha").go("/staff/").reads("今日すること", "今日まで")
    _approves_in_bulk(officer)
    _notes_a_call(officer)
    _asks_and_reads(officer, people, width)


def _approves_in_bulk(officer: Visitor) -> None:
    waiting = list(
        Membership.objects.filter(state="requested", community__area="151050").order_by("created_at")
    )
    if not waiting:
        return
    officer.go("/staff/requests/")
    officer.page.locator(f"main [name=pick][value='{waiting[0].pk}']").check()
    officer.press("選んだ人を受け入れる").press("参加を受け入れる").reads("できました")
    assert Membership.objects.get(pk=waiting[0].pk).state == "active"


def _notes_a_call(officer: Visitor) -> None:
    officer.go("/staff/")
    officer.page.locator("#contact-q").fill("里山")
    officer.press("さがす").press("里山の道なおし隊(見本)")
    due = (clock.today_jst() + timedelta(days=1)).isoformat()
    officer.fill({"text": "草刈り機の相談", "promise": "貸出しを調べて知らせる", "due_on": due}).press(
        "記録する"
    )
    officer.reads("草刈り機の相談")
    officer.go("/staff/").reads("貸出しを調べて知らせる")
    contact = Contact.objects.filter(text="草刈り機の相談").latest("created_at")
    officer.go(f"/staff/contacts/{contact.pk}/").press("果たした").reads("果たした")


def _asks_and_reads(officer: Visitor, people: People, width: int) -> None:
    title = f"会場の希望 {width}"
    officer.go("/staff/inquiries/").press("照会をつくる").fill(
        {
            "title": title,
            "due_on": (clock.today_jst() + timedelta(days=9)).isoformat(),
            "label_1": "来年度に開く回数",
            "kind_1": "number",
        }
    )
    officer.press("内容を確認する").press("送る")
    inquiry = Inquiry.objects.get(title=title)
    akiha = Community.objects.get(name="「タイトル未定」")
    link = f"/inquiries/{inquiry_token(inquiry.recipients.get(community=akiha))}/"
    Visitor(people, width).go(link).fill({"q_1": "12"}).press("回答する").reads("回答を受け付けています")
    officer.go(f"/staff/inquiries/{inquiry.pk}/?which=done").reads("12", akiha.name)
