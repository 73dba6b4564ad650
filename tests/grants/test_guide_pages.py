"""The pages of the guide: one question at a time, all in the address, without JavaScript."""

import re
from html import unescape
from urllib.parse import urlencode

import pytest
from django.test import Client

from grants.models import Application, Programme
from tests.factories.grants import Town, open_call
from tests.support.html import assert_html
from tests.support.world import ClockFile

from .pages import send, text_of

GOOD = {
    "who": "municipality", "want": "subsidy", "stage": "sustaining", "purse": "shared", "cost": "1452000",
    "moment": "now", "students": "no",
}  # fmt: skip


@pytest.fixture
def programme(db: None, on_a_wednesday: ClockFile) -> Programme:
    return open_call().menu.programme


def address(**changes: str) -> str:
    return f"/grants/guide/?{urlencode(GOOD | changes)}"


def link(page: object, words: str) -> str:
    found = re.search(rf'<a class="button[^"]*" href="([^"]+)">{words}', page.content.decode())  # type: ignore[attr-defined]
    assert found, words
    return unescape(found[1])


def test_five_questions_lead_to_the_menu_and_the_result_can_be_shared(
    client: Client, programme: Programme
) -> None:
    page = client.get("/grants/guide/")
    for question, press in (
        ("どなたですか", "市町村"), ("何をしたいですか", "地域の取組を進める"), ("コミプラは、いまどの段階ですか", "形成初期"),
    ):  # fmt: skip
        assert question in text_of(page)
        assert_html(page.content)
        page = client.get(link(page, press))
    assert "費用は、だれが、どれだけ負担しますか" in text_of(page)
    assert_html(page.content)
    sent = {
        "who": "municipality",
        "want": "subsidy",
        "stage": "forming",
        "purse": "shared",
        "cost": "１，３３３，９９９円",
    }
    page = client.get("/grants/guide/", sent)
    assert "学生の力は要りますか" in text_of(page)
    assert "費用のめやす 1,333,999円" in text_of(page)
    page = client.get("/grants/guide/", {**sent, "moment": "now", "students": "yes"})
    words = text_of(page)
    assert "③が合います" in words
    assert "補助金は666,000円、残りは667,999円" in words
    assert (
        "コミプラの段階が「形成初期、持続」のときのメニューです"
        not in words.split("合わないメニューと理由")[0]
    )
    for number in (1, 2, 4):
        assert f'href="/grants/menus/kagoshima-r8/{number}/"' in page.content.decode()
    assert_html(page.content)


def test_an_answer_can_be_changed_and_the_others_stay(client: Client, programme: Programme) -> None:
    page = client.get(address(ask="stage"))
    assert "コミプラは、いまどの段階ですか" in text_of(page)
    again = client.get(link(page, "まだ話しあいも始まっていない"))
    assert "いまの答えに合うメニューはありません" in text_of(again)
    assert "いちばん近いのは「メニュー③" in text_of(again)


@pytest.mark.parametrize(
    ("changes", "question"),
    [
        ({"who": "king"}, "どなたですか"), ({"want": "gold"}, "何をしたいですか"), ({"stage": "x"}, "コミプラは、いまどの段階ですか"),
        ({"cost": "たくさん"}, "費用は、だれが、どれだけ負担しますか"), ({"cost": "-1"}, "費用は、だれが、どれだけ負担しますか"),
        ({"purse": ""}, "費用は、だれが、どれだけ負担しますか"), ({"moment": "x"}, "いつ行いますか"), ({"students": "maybe"}, "いつ行いますか"),
        ({"cost": "9" * 41}, "費用は、だれが、どれだけ負担しますか"),
    ],
)  # fmt: skip
def test_an_answer_that_does_not_exist_is_asked_again(
    client: Client, programme: Programme, changes: dict[str, str], question: str
) -> None:
    page = client.get(address(**changes))
    assert page.status_code == 422
    assert question in text_of(page)
    assert_html(page.content)


def test_the_guide_needs_few_questions_to_the_database(
    client: Client, programme: Programme, assert_queries: object
) -> None:
    client.get(address())
    with assert_queries(4):  # type: ignore[operator]
        client.get(address())
    with assert_queries(4):  # type: ignore[operator]
        client.get("/grants/guide/")


def test_without_any_programme_the_guide_is_404(client: Client, db: None) -> None:
    assert client.get("/grants/guide/").status_code == 404


def test_an_officer_starts_with_what_the_guide_found(client: Client, town: Town) -> None:
    open_call()
    assert "市町村の職員として申請を始める" in text_of(client.get(address()))
    client.force_login(town.officer_user)
    start = link(client.get(address()), "この内容で申請を始める")
    page = client.get(start)
    assert "②" not in text_of(page).split("事業の型")[1].split("あとから直せます")[0]
    assert "コミプラ形成地域の取組を持続可能なものとするための事業" in text_of(page)
    answer = send(client, start, title="買い物を支える事業")
    case = Application.objects.get(municipality=town.area)
    assert answer.status_code == 303
    assert (case.project_type.code, case.title) == ("1-2", "買い物を支える事業")


@pytest.mark.parametrize("query", ["call=abc&type=1-2", "call=&type=", "type=9-9", "call=%F0%9F&type=%22"])
def test_what_the_guide_never_said_chooses_nothing(client: Client, town: Town, query: str) -> None:
    open_call()
    client.force_login(town.officer_user)
    page = client.get(f"/grants/applications/new/?{query}")
    assert page.status_code == 200
    assert "あとから直せます。</span></p>" not in page.content.decode()


@pytest.mark.parametrize("who", ["organisation", "npo", "prefecture"])
def test_others_are_not_led_to_an_application(client: Client, programme: Programme, who: str) -> None:
    page = client.get(address(who=who))
    assert "申請を始める" not in text_of(page)
    assert "申請できるのは、市町村です" in text_of(page)


def test_the_menu_marks_one_place_only(client: Client, programme: Programme) -> None:
    page = client.get("/grants/guide/").content.decode()
    assert re.findall(r'<a[^>]*aria-current="[a-z]+"[^>]*>([^<]+)', page) == ["えらび方"]
