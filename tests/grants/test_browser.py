"""What only a browser shows: saving while typing, the live table, two tabs, an ended session, no JavaScript."""

from urllib.parse import urljoin

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from playwright.sync_api import Page, expect

from grants.enums import Part
from grants.models import Application, ApplicationPart, SetAside
from tests.factories.accounts import UserFactory
from tests.factories.grants import Town, open_call
from tests.factories.supporters import GUARDIAN, MINOR_BORN, applied
from tests.support.browser import People, assert_axe, assert_no_sideways_scroll, session_for
from tests.support.processes import Server
from tests.support.world import World

pytestmark = pytest.mark.world


@pytest.fixture
def town(world: World) -> Town:
    world.clock.set("2026-11-25T10:00:00+09:00")
    open_call()
    return Town()


@pytest.fixture(params=[390, 1280])
def width(request: pytest.FixtureRequest) -> int:
    return int(request.param)


def open_part(people: People, town: Town, application: Application, part: str, width: int = 1280) -> Page:
    page = people.open(width=width, user=town.officer_user)
    page.goto(application.get_edit_url(part))
    return page


def stored(application: Application, key: str = Part.PLAN) -> ApplicationPart:
    return ApplicationPart.objects.get(application=application, key=key)


def test_plan_saves_itself_while_one_types(people: People, town: Town) -> None:
    application = town.draft()
    page = open_part(people, town, application, Part.PLAN)
    page.locator("#id_purpose").fill("ひとりでに残る文")
    expect(page.locator("#saved")).to_have_text("10時に保存しました")
    assert stored(application).texts["purpose"] == "ひとりでに残る文"
    page.locator("#id_content").fill("つづき")
    expect(page.locator("input[name=revision]")).to_have_value("2")
    page.get_by_role("button", name="保存して次へ進む").click()
    page.wait_for_url(f"**{application.get_edit_url(Part.BUDGET)}")
    assert stored(application).texts["content"] == "つづき"


def test_second_tab_is_offered_both_texts(people: People, town: Town, width: int) -> None:
    application = town.draft()
    first = open_part(people, town, application, Part.PLAN, width)
    second = open_part(people, town, application, Part.PLAN, width)
    first.locator("#id_purpose").fill("先の文")
    expect(first.locator("#saved")).to_contain_text("保存しました")
    second.locator("#id_purpose").fill("後の文")
    expect(second.locator("#saved")).to_contain_text("ほかの画面で保存されました")
    second.get_by_role("link", name="二つの内容を見くらべる").click()
    expect(second.locator("#id_purpose")).to_have_value("後の文")
    assert stored(application).texts["purpose"] == "先の文"
    assert SetAside.objects.filter(part__application=application).exists()
    assert_axe(second)
    assert_no_sideways_scroll(second)
    second.get_by_role("button", name="保存する", exact=True).click()
    expect(second.get_by_text("保存しました。")).to_be_visible()
    assert stored(application).texts["purpose"] == "後の文"
    assert not SetAside.objects.filter(part__application=application).exists()


def test_conflict_by_button_shows_both_texts(people: People, town: Town, width: int) -> None:
    application = town.draft()
    page = open_part(people, town, application, Part.PLAN, width)
    page.route("**/autosave/", lambda route: route.abort())
    page.locator("#id_purpose").fill("後の文")
    town.fill_plan(application)
    page.get_by_role("button", name="保存する", exact=True).click()
    expect(page.get_by_text("ほかの画面でも保存されました")).to_be_visible()
    expect(page.get_by_text("買い物に行きにくい86世帯を対象に")).to_be_visible()
    expect(page.locator("#id_purpose")).to_have_value("後の文")
    assert_axe(page)
    assert_no_sideways_scroll(page)


def test_ended_session_is_told_and_the_text_stays(people: People, town: Town) -> None:
    application = town.draft()
    page = open_part(people, town, application, Part.PLAN)
    Session.objects.all().delete()
    page.locator("#id_purpose").fill("消えない文")
    expect(page.locator("#saved")).to_contain_text("サインインが切れた")
    expect(page.locator("#id_purpose")).to_have_value("消えない文")
    assert stored(application).revision == 0


def sign_in_again(page: Page, town: Town) -> None:
    """As in another tab: a new session, and with it a new CSRF secret."""
    page.context.clear_cookies(name=settings.CSRF_COOKIE_NAME)
    key = session_for(town.officer_user)
    page.context.add_cookies(
        [{"name": settings.SESSION_COOKIE_NAME, "value": key, "url": urljoin(page.url, "/")}]
    )


def test_signed_in_again_in_another_tab_it_goes_on_saving(people: People, town: Town) -> None:
    application = town.draft()
    page = open_part(people, town, application, Part.PLAN)
    Session.objects.all().delete()
    page.locator("#id_purpose").fill("消えない文")
    expect(page.locator("#saved")).to_contain_text("サインインが切れた")
    sign_in_again(page, town)
    expect(page.locator("#saved")).to_contain_text("保存しました", timeout=15_000)
    assert stored(application).texts["purpose"] == "消えない文"
    page.locator("#id_content").fill("つづき")
    page.get_by_role("button", name="保存して次へ進む").click()
    page.wait_for_url(f"**{application.get_edit_url(Part.BUDGET)}")
    assert stored(application).texts["content"] == "つづき"


def test_a_form_sent_after_the_session_ended_comes_back_filled(people: People, town: Town) -> None:
    """What was typed goes through the sign-in and back into its page, and is saved there; no script is needed for it."""
    application = town.draft()
    page = open_part(people, town, application, Part.PLAN)
    page.route("**/autosave/", lambda route: route.abort())
    page.locator("#id_purpose").fill("長い文\n「かぎ」と<山>")
    Session.objects.all().delete()
    page.get_by_role("button", name="保存する", exact=True).click()
    expect(page.get_by_role("heading", name="サインインが切れました")).to_be_visible()
    assert_axe(page)
    assert stored(application).revision == 0
    sign_in_again(page, town)
    page.get_by_role("button", name="入力した内容を、もう一度送る").click()
    expect(page.locator("#id_purpose")).to_have_value("長い文\n「かぎ」と<山>")
    page.get_by_role("button", name="保存する", exact=True).click()
    expect(page.get_by_text("保存しました。")).to_be_visible()
    assert "「かぎ」と<山>" in stored(application).texts["purpose"]


def test_what_is_typed_outlives_a_killed_web_process(people: People, town: Town, server: Server) -> None:
    """Killed between two savings: the page keeps the text, and saves it when the portal is back."""
    application = town.draft()
    page = open_part(people, town, application, Part.PLAN)
    page.locator("#id_purpose").fill("前の文")
    expect(page.locator("#saved")).to_contain_text("保存しました")
    server.kill()
    try:
        page.locator("#id_purpose").fill("前の文と、止まったあとの文")
        assert stored(application).texts["purpose"] == "前の文"
    finally:
        server.start()  # takes longer than the pause after which the page saves
    expect(page.locator("input[name=revision]")).to_have_value("2", timeout=20_000)
    assert stored(application).texts["purpose"] == "前の文と、止まったあとの文"


def test_budget_counts_while_one_types_and_the_server_agrees(people: People, town: Town, width: int) -> None:
    application = town.draft()
    page = open_part(people, town, application, Part.BUDGET, width)
    page.locator("#id_e-0-description").fill("講師の謝金")
    page.locator("#id_e-0-unit").fill("２０，０００")
    page.locator("#id_e-0-quantity").fill("6")
    expect(page.locator("[data-total]")).to_have_text("120,000")
    expect(page.locator("[data-grant]")).to_have_text("60,000")
    page.locator("#id_e-2-description").fill("参加者の昼食")
    page.locator("#id_e-2-unit").fill("1,000")
    expect(page.locator("#id_e-2-off")).to_have_value("1,000")
    expect(page.get_by_text("食糧費は補助の対象になりません")).to_be_visible()
    expect(page.locator("[data-balance]")).to_have_text("(市町村負担が未入力です)")
    page.get_by_role("button", name="計算した額を入れる").click()
    expect(page.locator("#id_share_yen")).to_have_value("61,000")
    expect(page.locator("[data-balance]")).to_have_text("(支出と一致しています)")
    expect(page.locator("#saved")).to_contain_text("保存しました")
    expect(page.locator("#budget-side .is-grant")).to_contain_text("60,000円")
    application.refresh_from_db()
    assert (application.total_yen, application.grant_yen, application.share_yen) == (121_000, 60_000, 61_000)
    assert_axe(page)
    assert_no_sideways_scroll(page)


def test_row_added_in_the_page_is_saved_with_the_others(people: People, town: Town) -> None:
    application = town.ready()
    page = open_part(people, town, application, Part.BUDGET)
    page.locator("tbody[data-setsu='12'] [data-add]").click()
    box = page.locator("tbody[data-setsu='12'] tr[data-row]").nth(1)
    box.locator("[data-cell=description]").fill("記録の作成")
    box.locator("[data-cell=unit]").fill("10,000")
    expect(page.locator("input[name=revision]")).to_have_value("2")
    assert application.expenses.get(description="記録の作成").setsu == 12
    assert_axe(page)


def test_everything_works_without_javascript(people: People, town: Town, width: int) -> None:
    application = town.draft()
    page = people.open(width=width, user=town.officer_user, javascript=False)
    page.goto(application.get_edit_url(Part.BUDGET))
    page.locator("#id_e-0-description").fill("講師の謝金")
    page.locator("#id_e-0-unit").fill("20,000")
    page.locator("#id_e-0-quantity").fill("6")
    page.locator("tbody[data-setsu='7'] [data-add]").click()
    expect(page.locator("[data-total]")).to_have_text("120,000")
    page.get_by_role("button", name="計算した額を入れる").click()
    expect(page.locator("#id_share_yen")).to_have_value("60,000")
    page.get_by_role("button", name="保存する", exact=True).click()
    expect(page.get_by_text("保存しました。")).to_be_visible()
    application.refresh_from_db()
    assert (application.grant_yen, application.share_yen) == (60_000, 60_000)


def test_wrong_figure_is_named_at_its_box(people: People, town: Town, width: int) -> None:
    application = town.ready()
    page = open_part(people, town, application, Part.BUDGET, width)
    page.route("**/autosave/", lambda route: route.abort())
    page.locator("#id_e-0-unit").fill("二万")
    page.get_by_role("button", name="保存する", exact=True).click()
    link = page.locator("#errors a").first
    expect(link).to_have_attribute("href", "#id_e-0-unit")
    link.click()
    expect(page.locator("#id_e-0-unit")).to_be_focused()
    assert_axe(page)
    assert_no_sideways_scroll(page)


def test_a_guardian_consents_with_one_click(people: People, town: Town) -> None:
    entry = applied(town, UserFactory(), birth_on=MINOR_BORN, **GUARDIAN)
    page = people.open(width=390)
    page.goto(entry.get_consent_url())
    assert_axe(page)
    page.get_by_role("button", name="保護者として同意する").click()
    expect(page.get_by_text("同意を受け付けました")).to_be_visible()
    entry.refresh_from_db()
    assert entry.consented_by == "link"
    page.goto(entry.get_consent_url())
    assert entry.name not in page.content()
    assert_axe(page)
    assert_no_sideways_scroll(page)
