"""Of two officers who have one form of a draft year open, the later one is told, and both texts survive."""

from typing import Any

import pytest
from django.test import Client

from grants import actions
from grants.models import Call, Menu, Programme
from portal.accounts.enums import Role
from tests.factories.accounts import actor, officer
from tests.factories.areas import KAGOSHIMA
from tests.factories.grants import open_call
from tests.support.html import assert_html
from tests.support.world import ClockFile

from .pages import form_of, text_of

DRAFT = "/staff/grants/programmes/kagoshima-r9/"

CASES = {
    "edit/": ("purpose", "先に書いた目的", "あとから書いた目的"),
    "menus/3/terms/": ("cost", "先に書いた経費", "あとから書いた経費"),
    "menus/3/papers/": ("application_form_label", "先1号", "後1号"),
}


@pytest.fixture
def desk(db: None, client: Client, on_a_wednesday: ClockFile) -> Client:
    client.force_login(officer(Role.PREFECTURE_OFFICER, KAGOSHIMA))
    return client


@pytest.fixture
def draft(desk: Client) -> Programme:
    """Next year as a copy, not yet published."""
    by = actor(officer(Role.PREFECTURE_OFFICER, KAGOSHIMA))
    return actions.copy_programme(by=by, programme=open_call().menu.programme, fiscal_year=2027)


def call_page(draft: Programme) -> str:
    call = Call.objects.filter(menu__programme=draft).order_by("pk").first()
    assert call is not None
    return f"{DRAFT}menus/{call.menu.number}/calls/{call.pk}/"


@pytest.mark.parametrize("path", [*CASES, "call"])
def test_who_saves_upon_what_is_gone_is_told_and_may_press_again(
    desk: Client, draft: Programme, path: str
) -> None:
    other = Client()
    other.force_login(officer(Role.PREFECTURE_OFFICER, KAGOSHIMA))
    url = call_page(draft) if path == "call" else f"{DRAFT}{path}"
    mine: dict[str, Any] = form_of(desk.get(url))
    field, first, late = CASES.get(path, ("title", "先の名前", "あとの名前"))
    if field not in mine:
        field = next(name for name in mine if name.endswith("form_label"))
    assert other.post(url, {**form_of(other.get(url)), field: first}).status_code == 303
    told = desk.post(url, {**mine, field: late})
    assert_html(told.content)
    assert told.status_code == 409
    for words in ("ほかの人が直して保存しました", first, late, "いま保存されている内容"):
        assert words in text_of(told)
    assert late not in str(stored())
    assert first in str(stored())
    assert desk.post(url, form_of(told)).status_code == 303
    assert late in str(stored())


def stored() -> list[Any]:
    return [list(model.objects.order_by("pk").values()) for model in (Programme, Menu, Call)]


def test_nothing_is_compared_where_nothing_is_there_yet(desk: Client, draft: Programme) -> None:
    page = desk.get(f"{DRAFT}menus/3/calls/new/")
    assert form_of(page)["seen"] == [""]
    assert "いま保存されている内容" not in text_of(page)
