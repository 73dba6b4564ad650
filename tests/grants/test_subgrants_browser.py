"""A volunteer of a コミプラ on a phone: writes, saves, applies."""

import pytest
from playwright.sync_api import expect

from grants.subgrants import actions
from tests.factories.accounts import UserFactory
from tests.factories.grants import Town, open_call
from tests.factories.subgrants import draft, indirect
from tests.support.browser import People, assert_axe, assert_no_sideways_scroll
from tests.support.world import World

pytestmark = pytest.mark.world


def test_a_volunteer_applies_on_a_phone(world: World, people: People) -> None:
    world.clock.set("2026-11-25T10:00:00+09:00")
    open_call()
    town, writer = Town(), UserFactory()
    row = draft(town, indirect(town))
    actions.name_writer(by=town.officer, subgrant=row, email=writer.email)
    page = people.open(width=390, user=writer)
    page.goto("/me/")
    page.get_by_role("link", name="買い物の送迎").click()
    assert_axe(page)
    assert_no_sideways_scroll(page)
    page.locator("#write_applicant_name").fill("会長 浜坂 花子")
    page.locator("#write_content").fill("毎週水曜に、買い物の送迎をする。")
    page.locator("#write_yen_reward").fill("１２０，０００")
    page.locator("#write_yen_fees").fill("20000")
    page.locator("#write_asked_yen").fill("100000")
    page.get_by_role("button", name="保存する").click()
    expect(page.get_by_text("保存しました。")).to_be_visible()
    page.get_by_role("button", name="市町村に申請する").click()
    expect(page.get_by_text("市町村が、申請を確かめています")).to_be_visible()
    assert_axe(page)
    assert_no_sideways_scroll(page)
    row.refresh_from_db()
    assert (row.state, row.asked_yen) == ("submitted", 100_000)
