"""From the result of the guide to the beginning: every menu that fits has its link, or says when it opens and to whom to speak."""

import re
from html import unescape
from urllib.parse import urlencode

import pytest
from django.test import Client

from grants import actions
from grants.actions import capping
from grants.enums import Applicant, UseBasis
from grants.guide import WANT
from grants.models import Application, Call, CapUse, Menu, Programme
from portal.accounts.enums import Role
from portal.kernel.actors import JobActor
from tests.factories.accounts import actor, officer
from tests.factories.areas import KAGOSHIMA
from tests.factories.grants import Town, menu, open_call
from tests.support.html import assert_html
from tests.support.world import ClockFile

from .pages import text_of

GOOD = {
    "who": "municipality", "want": "any", "stage": "forming", "purse": "shared", "cost": "1000000",
    "moment": "now", "students": "no",
}  # fmt: skip
BEGINS = {
    "dispatch": "/grants/dispatches/new/", "workshop": "/grants/workshops/new/",
    "subsidy": "/grants/applications/new/", "commission": "/grants/themes/new/",
}  # fmt: skip


@pytest.fixture
def programme(db: None, on_a_wednesday: ClockFile) -> Programme:
    return open_call().menu.programme


def address(**changes: str) -> str:
    return f"/grants/guide/?{urlencode(GOOD | changes)}"


def begins_at(page: object) -> set[str]:
    """Where the big links of the result lead, without what stands behind the question mark."""
    found = re.findall(r'<a class="button[^"]*" href="(/grants/[^"?]+)', page.content.decode())  # type: ignore[attr-defined]
    return {url for url in map(unescape, found) if url != "/grants/guide/"}


@pytest.mark.parametrize("want", [value for value, _ in WANT if value != "any"])
def test_each_menu_that_fits_a_municipality_has_the_link_to_its_beginning(
    client: Client, town: Town, want: str
) -> None:
    open_call()
    client.force_login(town.officer_user)
    page = client.get(address(want=want))
    assert begins_at(page) == {BEGINS[want]}
    assert "市町村の職員として" not in text_of(page)
    assert client.get(BEGINS[want]).status_code == 200
    assert_html(page.content)


def test_who_is_not_signed_in_reads_as_whom_it_is_begun(client: Client, programme: Programme) -> None:
    page = client.get(address(stage="sustaining"))
    assert begins_at(page) == set(BEGINS.values())
    words = text_of(page)
    for asked in ("派遣を申し込む", "開催を計画する", "申請を始める", "テーマを提案する"):
        assert f"市町村の職員として{asked}" in words


def test_an_organisation_is_told_to_whom_to_speak(client: Client, programme: Programme) -> None:
    page = client.get(address(who=Applicant.ORGANISATION))
    assert "②が合います" in text_of(page)
    assert "市町村の，地域づくりの担当課に話してください" in text_of(page)
    assert begins_at(page) == set()


def test_the_prefecture_begins_a_workshop_itself(client: Client, town: Town) -> None:
    open_call()
    url = address(who=Applicant.PREFECTURE)
    client.force_login(town.prefecture_user)
    assert begins_at(client.get(url)) == {BEGINS["workshop"]}
    assert client.get(BEGINS["workshop"]).status_code == 200


def test_an_npo_is_led_to_the_calls_of_the_commission(client: Client, programme: Programme) -> None:
    page = client.get(address(who=Applicant.NPO))
    assert begins_at(page) == {Menu.objects.get(programme=programme, number=4).get_absolute_url()}
    assert "企画提案を出します" in text_of(page)


def test_for_later_it_says_when_each_begins(client: Client, programme: Programme) -> None:
    page = client.get(address(moment="later"))
    assert begins_at(page) == set()
    words = text_of(page)
    assert "令和9年度の分は，令和9年4月1日から始められます" in words
    assert "次の募集は，決まると支援メニューのページに載ります" in words
    assert "振興局・支庁" in words


def test_a_call_that_was_announced_says_from_when_it_takes_applications(
    client: Client, programme: Programme
) -> None:
    found = Call.objects.get(menu__programme=programme, closes_at__gt=programme.created_at)
    found.pk, found.title = None, "第3次募集"
    found.opens_at, found.closes_at = found.closes_at, found.closes_at.replace(year=2027)
    found._state.adding = True
    found.save()
    assert "第3次募集は，令和8年12月3日から受け付けます" in text_of(client.get(address(moment="later")))


def test_in_march_the_menus_of_next_year_say_that_they_open_in_april(
    client: Client, clock: ClockFile, db: None
) -> None:
    clock.set("2027-03-10")
    open_call()
    words = text_of(client.get(address(want="workshop")))
    assert "令和9年度の分は，令和9年4月1日から始められます" in words


def test_a_municipality_sees_what_its_cap_leaves_and_which_files_use_it(client: Client, town: Town) -> None:
    own = _using(town, 250_000)
    _using(Town(), 400_000)
    actions.record_outside_use(
        by=actor(officer(Role.PREFECTURE_OFFICER, KAGOSHIMA, section=town.office)), municipality=town.area, menu=menu(3),
        title="第1次募集 浜坂地区の事業", amount_yen=350_000,
    )  # fmt: skip
    client.force_login(town.officer_user)
    page = client.get(address(want="subsidy"))
    words = text_of(page)
    assert f"{town.area.name}の枠(令和8年度)" in words
    assert "1,000,000円のうち残り</dt><dd><b>400,000円" in words
    assert "第1次募集 浜坂地区の事業" in words
    assert f'href="{own.get_absolute_url()}"' in page.content.decode()
    assert_html(page.content)


@pytest.mark.parametrize("standing", ["nobody", "prefecture"])
def test_others_read_the_rule_of_the_cap_and_no_figures(client: Client, town: Town, standing: str) -> None:
    _using(town, 250_000)
    if standing == "prefecture":
        client.force_login(town.prefecture_user)
    words = text_of(client.get(address(want="subsidy")))
    assert "1市町村が令和8年度に受けられる補助金は，合わせて1,000,000円までです" in words
    assert "のうち残り" not in words
    assert "250,000円" not in words


def test_the_cap_costs_the_same_whatever_uses_it(client: Client, town: Town, assert_queries: object) -> None:
    _using(town, 100_000)
    client.force_login(town.officer_user)
    client.get(address(want="subsidy"))
    for _ in range(2):
        with assert_queries(10):  # type: ignore[operator]
            client.get(address(want="subsidy"))
        _using(town, 50_000)
    assert CapUse.objects.filter(account__municipality=town.area).count() == 3


def _using(town: Town, amount_yen: int) -> Application:
    """A draft of the town that uses its cap, as a decision would let it."""
    case = town.draft()
    capping.use_cap(by=JobActor("tests"), application=case, amount_yen=amount_yen, basis=UseBasis.DECIDED)
    return case
