"""A resident in Chromium: signs up from a mail, sets up an app, leaves, and comes back through both steps."""

import re
from typing import Any

import pytest

from portal.accounts.models import User
from tests.factories.accounts import appointment
from tests.support.browser import assert_axe, assert_no_sideways_scroll
from tests.support.factories import email
from tests.support.processes import wait_until

from .mailbox import CODE
from .steps import figures

pytestmark = pytest.mark.usefixtures("world")
PHONE, DESK = 390, 1280


def code_from(world: Any, address: str, *, count: int) -> str:
    """The code in the `count`th mail to the address."""
    wait_until(lambda: len(world.mails(address)) >= count, what=f"mail {count} to {address}")
    found = CODE.search(world.mails(address)[count - 1].get_content())
    assert found is not None
    return found.group()


def looked_at(page: Any) -> None:
    assert_axe(page)
    assert_no_sideways_scroll(page)


@pytest.mark.parametrize(("width", "javascript"), [(PHONE, True), (DESK, True), (PHONE, False)])
def test_a_resident_signs_up_protects_the_account_and_comes_back(  # type: ignore[no-untyped-def]
    world, worker, people, width: int, javascript: bool
) -> None:
    address = email("riho")
    page = people.open(width=width, javascript=javascript)
    look = looked_at if javascript else assert_no_sideways_scroll  # axe itself is a script
    page.goto("/me/")
    look(page)
    page.get_by_role("link", name="アカウントを作る").click()
    page.locator("main").get_by_role("button", name="確認コードを送る").click()
    assert "入力を直してください(4か所)" in page.locator("#errors").inner_text()
    look(page)
    page.get_by_label("メールアドレス").fill(address)
    page.get_by_label("表示名").fill("佐久間 里帆")
    page.get_by_label("13歳以上18歳未満").check()
    page.get_by_label("個人情報の取り扱いに同意します").check()
    page.locator("main").get_by_role("button", name="確認コードを送る").click()
    look(page)
    page.get_by_label("確認コード").fill("0000-0000")
    page.get_by_role("button", name="メールアドレスを確認する").click()
    assert "コードが違うか" in page.locator("#errors").inner_text()
    look(page)
    page.get_by_label("確認コード").fill(code_from(world, address, count=1))
    page.get_by_role("button", name="メールアドレスを確認する").click()
    page.wait_for_url("**/me/")
    assert page.get_by_role("heading", level=1).inner_text() == "佐久間 里帆さんのページ"
    look(page)
    secret = _sets_up_an_app(page, look)
    page.goto("/me/")
    page.locator("main").get_by_role("button", name="ログアウトする").click()
    _comes_back(world, page, address, secret, look)


def _sets_up_an_app(page: Any, look: Any) -> str:
    page.goto("/accounts/2fa/")
    look(page)
    page.get_by_role("link", name="設定をはじめる").click()
    look(page)
    secret: str = page.locator("main code").inner_text()
    assert page.locator("main img").evaluate("image => image.naturalWidth") > 0
    page.get_by_label("認証アプリの6けたの数字").fill(figures(secret))
    page.get_by_role("button", name="設定する").click()
    look(page)
    assert page.locator("main li code").count() == 10
    page.get_by_role("link", name="控えたので、先に進む").click()
    page.wait_for_url("**/me/")
    return secret


def _comes_back(world: Any, page: Any, address: str, secret: str, look: Any) -> None:
    page.goto("/accounts/login/?next=/me/name/")
    page.get_by_label("メールアドレス").fill(address)
    page.locator("main").get_by_role("button", name="確認コードを送る").click()
    look(page)
    # Sign-up, the notice of the app, and now the code.
    page.get_by_label("確認コード").fill(code_from(world, address, count=3))
    page.locator("main").get_by_role("button", name="ログインする").click()
    look(page)
    page.get_by_label("認証アプリの6けたの数字").fill(figures(secret, step=1))
    page.locator("main").get_by_role("button", name="ログインする").click()
    page.wait_for_url("**/me/name/")
    page.get_by_label("表示名").fill("髙橋 里帆")
    page.get_by_role("button", name="表示名を変える").click()
    page.wait_for_url("**/me/")
    assert User.objects.get(email=address).name == "髙橋 里帆"
    assert not re.search(r"\d{4}-\d{4}", world.mails(address)[1].get_content())


@pytest.mark.parametrize("width", [PHONE, DESK])
def test_an_officer_gives_an_appointment(world, worker, people, width: int) -> None:  # type: ignore[no-untyped-def]
    from tests.factories.accounts import UserFactory

    keeper = UserFactory()
    appointment(keeper, "city_officer", "151009")
    address = email("shin")
    page = people.open(width=width, user=keeper)
    page.goto("/staff/accounts/")
    looked_at(page)
    page.get_by_role("link", name="役職を設定する").first.click()
    looked_at(page)
    page.get_by_label("メールアドレス").fill(address)
    page.get_by_label("氏名").fill("佐藤 新")
    page.get_by_label("役職").select_option(label="区担当")
    page.get_by_label("地域").select_option(label="新潟市秋葉区")
    page.get_by_label("始まる日").fill("R8.4.1")
    page.get_by_role("button", name="役職を設定する").click()
    page.get_by_role("heading", name="佐藤 新").wait_for()
    looked_at(page)
    assert "令和8年4月1日から" in page.locator("main").inner_text()
    wait_until(lambda: world.mails(address), what="the mail about the appointment")
    assert "区担当" in str(world.mails(address)[0]["Subject"])
    page.get_by_role("link", name="終わる日を決める").click()
    looked_at(page)
    page.get_by_label("終わる日").fill("令和9年3月31日")
    page.get_by_role("button", name="終わる日を記録する").click()
    page.get_by_role("heading", name="佐藤 新").wait_for()
    assert "令和9年3月31日まで" in page.locator("main").inner_text()
