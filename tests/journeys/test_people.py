"""A person opens themselves field by field, is found, is written to, answers by the mailed link, and disappears."""

import re

import pytest

from portal.accounts.models import User
from portal.kernel import outbox
from portal.kernel.models import OutboxMessage
from tests.factories import communities as make
from tests.journeys.steps import Visitor
from tests.support.browser import People
from tests.support.world import World

pytestmark = pytest.mark.world


def come(people: People, width: int, user: User | None = None) -> Visitor:
    """A person of this test's own, signed in without a persona."""
    return Visitor(people, width, user=user)


def link_in_mail(to: User) -> str:
    """The address in the newest mail to this person, as they would press it."""
    mail = OutboxMessage.objects.filter(to_address=to.email).latest("created_at")
    found = re.search(r"https?://[^/]+(/exchanges/\S+)", outbox._body(mail))
    assert found is not None
    return found[1]


def test_a_resident_opens_a_profile_is_found_is_contacted_answers_and_disappears(
    world: World, people: People, width: int
) -> None:
    owner, other = make.person(name="ひらく 本名").user, make.person(name="たずねる人").user
    handle, does = f"花屋のたね{width}", f"花の種を配っています{width}"
    resident = come(people, width, owner).go("/me/")
    resident.press("プロフィールを書く").reads("まだ公開していません")
    resident.fill({"name": handle, "name_seen": "everybody", "does": does, "does_seen": "everybody"})
    resident.fill({"seeks": "店のうらの空き地", "seeks_seen": "members"})
    preview = resident.page.locator("#preview")
    preview.get_by_text(does).first.wait_for()
    strangers = preview.locator("section").first
    assert "店のうらの空き地" not in strangers.inner_text()
    assert "店のうらの空き地" in preview.inner_text()
    resident.press("保存して公開する").reads("公開しています")
    looker = come(people, width, other).go(f"/people/?q={does}").reads(handle)
    looker.press(handle).reads(does)
    assert "店のうらの空き地" not in looker.page.locator("main").inner_text()
    address = looker.path
    looker.press("メッセージを送る").reads("メールアドレスは、どちらにも伝わりません")
    looker.fill({"text": "種を分けてください"}).press("メッセージを送る").reads("種を分けてください")
    answering = come(people, width).go(link_in_mail(owner)).reads("たずねる人さん", "種を分けてください")
    answering.fill({"text": "土曜の朝にどうぞ"}).press("メッセージを送る")
    looker.go(link_in_mail(other)).reads("土曜の朝にどうぞ", handle)
    resident.go("/me/profile/").press("公開をやめる").reads("まだ公開していません")
    stranger = come(people, width)
    answer = stranger.page.request.get(address)
    assert answer.status == 404
    stranger.go(f"/people/?q={does}")
    assert handle not in stranger.page.locator("main").inner_text()
    looker.go(link_in_mail(other)).reads("公開をやめた人", "このやりとりは終わりました")


def test_the_profile_can_be_written_and_looked_at_without_javascript(world: World, people: People) -> None:
    page = people.open(width=390, user=make.person(name="しずかな人").user, javascript=False)
    page.goto("/me/profile/")
    page.fill("[name=name]", "しずか")
    page.select_option("[name=name_seen]", "everybody")
    page.get_by_role("button", name="見え方を確かめる").click()
    assert "しずか" in page.locator("#preview").inner_text()
    page.get_by_role("button", name="保存して公開する").click()
    assert "公開しています" in page.locator("main").inner_text()
    page.get_by_role("button", name="公開をやめる").click()
    assert "まだ公開していません" in page.locator("main").inner_text()
