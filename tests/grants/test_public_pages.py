"""The four menus in public: the source's words and numbers, and what can be done now."""

import pytest
from django.test import Client

from grants.models import Programme
from tests.factories.grants import open_call
from tests.support.html import assert_html
from tests.support.world import ClockFile

from .pages import text_of


@pytest.fixture
def programme(db: None, on_a_wednesday: ClockFile) -> Programme:
    return open_call().menu.programme


def test_home_shows_the_four_menus_and_the_open_call(client: Client, programme: Programme) -> None:
    page = client.get("/grants/")
    words = text_of(page)
    for menu in programme.menus.all():
        assert menu.name in words
        assert menu.cost in words
    assert "令和8年12月3日(木)17時必着" in words
    assert "コミュニティ・プラットフォームは地域の力を結集する仕組み！" in words
    assert "協働ひろば かごしま" in words
    assert_html(page.content)


def test_home_without_any_programme_is_404(client: Client, db: None) -> None:
    assert client.get("/grants/").status_code == 404


@pytest.mark.parametrize("slug", ["kagoshima-r6", "kagoshima-r8"])
@pytest.mark.parametrize("number", [1, 2, 3, 4])
def test_menu_page_says_what_the_source_says(
    client: Client, programme: Programme, slug: str, number: int
) -> None:
    page = client.get(f"/grants/menus/{slug}/{number}/")
    words = text_of(page)
    menu = Programme.objects.get(slug=slug).menus.get(number=number)
    for text in (menu.title, menu.cost, *menu.content, *menu.cost_notes, *menu.examples):
        assert text in words
    for kind in menu.project_types.all():
        assert kind.text in words
    assert_html(page.content)


def test_menus_lead_to_what_can_be_done_here(client: Client, programme: Programme) -> None:
    page = text_of(client.get("/grants/menus/kagoshima-r8/2/"))
    assert "ワークショップ" in page
    assert "派遣" in text_of(client.get("/grants/menus/kagoshima-r8/1/"))
    assert "いま公募しているテーマはありません" in text_of(client.get("/grants/menus/kagoshima-r8/4/"))
    assert "市町村の職員として申請を始める" in text_of(client.get("/grants/menus/kagoshima-r8/3/"))
    assert "いま受け付けている募集はありません" in text_of(client.get("/grants/menus/kagoshima-r6/3/"))


@pytest.mark.parametrize("path", ["kagoshima-r8/5/", "kagoshima-r8/0/", "nowhere/3/"])
def test_menu_that_does_not_exist_is_404(client: Client, programme: Programme, path: str) -> None:
    assert client.get(f"/grants/menus/{path}").status_code == 404
