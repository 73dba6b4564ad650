"""A family registers, waits, is offered seats and accepts – by the links of their mails, without an account."""

from urllib.parse import urlsplit

import pytest

from communities import actions, mails
from communities.models import Registration
from portal.kernel.actors import TokenActor
from tests.factories import communities as make
from tests.support.browser import People
from tests.support.processes import Worker, wait_until
from tests.support.world import World

from .steps import Visitor

pytestmark = pytest.mark.usefixtures("world")


def test_a_family_waits_is_offered_seats_and_accepts_with_the_keyboard(
    people: People, world: World, worker: Worker, width: int
) -> None:
    event = make.event(title=f"親子で里山の朝 {width}", capacity=4)
    first = make.registration(event, party_size=3)
    address = f"family{width}@example.jp"
    family = _registers(people, width, event.get_absolute_url(), address)
    family.reads(
        "キャンセル待ちを受け付けました",
        "あなたは1番目です",
        "のこりは1席です。3人分の席がまとまって空くまで",
    )
    actions.cancel_registration(by=TokenActor("registration", f"registration:{first.pk}"), registration=first)
    mail = wait_until(lambda: [each for each in world.mails(address) if "席が空きました" in each["Subject"]])[
        0
    ]
    party = Registration.objects.get(event=event, email=address)
    link = f"/registrations/{mails.registration_token(party)}/"
    assert link in mail.get_content()
    _accepts(Visitor(people, width), urlsplit(link).path)
    party.refresh_from_db()
    assert party.state == "confirmed"
    wait_until(lambda: [each for each in world.mails(address) if "参加が決まりました" in each["Subject"]])


def _registers(people: People, width: int, address: str, email: str) -> Visitor:
    """A party of three with two named companions."""
    family = Visitor(people, width).go(address).press("参加を申し込む")
    values = {
        "name": "佐久間 里帆",
        "kana": "さくま りほ",
        "email": email,
        "party_size": "3",
        "consent": "on",
    }
    family.fill(values).press("内容を確認する")
    for number, name in enumerate(("佐久間 湊", "佐久間 凪"), start=1):
        family.page.locator("main [name='party_names']").nth(number - 1).fill(name)
    return family.press("参加を申し込む")


def _accepts(family: Visitor, path: str) -> None:
    """The answer is given by keyboard alone."""
    family.go(path).reads("席が空きました。参加しますか", "3人分の席")
    button = family.page.get_by_role("button", name="参加する", exact=True)
    for _ in range(60):
        family.page.keyboard.press("Tab")
        if button.evaluate("node => node === document.activeElement"):
            break
    with family.page.expect_navigation():
        family.page.keyboard.press("Enter")
    family.check().reads("参加が決まりました", "申込みを受け付けました")
