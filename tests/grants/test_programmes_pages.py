"""The officers' pages of a year: read by the authority, changed by its officers, every refusal on the page."""

import re
from typing import Any

import pytest
from django.test import Client

from grants import actions
from grants.models import BudgetLine, Call, Menu, Programme
from portal.accounts.enums import Role
from portal.kernel.actors import UserActor
from tests.factories.accounts import actor, officer
from tests.factories.areas import KAGOSHIMA
from tests.factories.grants import open_call
from tests.support.html import assert_html
from tests.support.world import ClockFile

from .pages import form_of, send, text_of

ROOT = "/staff/grants/programmes/"
DRAFT = f"{ROOT}kagoshima-r9/"
LINE = {
    "kan": "総務費",
    "kou": "企画費",
    "moku": "地域振興費",
    "setsu": "18",
    "amount_yen": "５，０００，０００円",
}
CALL = {
    "title": "第3次募集", "opens_on": "R9.12.10", "closes_on": "令和10年1月10日", "closes_time": "17:00",
    "shift": "next_business_day", "arrival": "arrive",
}  # fmt: skip
COSTS = {"": 13, "changes/": 14, "budget/": 10}


@pytest.fixture
def by(db: None, on_a_wednesday: ClockFile) -> UserActor:
    return actor(officer(Role.PREFECTURE_OFFICER, KAGOSHIMA))


@pytest.fixture
def desk(client: Client, by: UserActor) -> Client:
    client.force_login(by.user)
    return client


@pytest.fixture
def draft(by: UserActor) -> Programme:
    return actions.copy_programme(by=by, programme=open_call().menu.programme, fiscal_year=2027)


def page(client: Client, url: str) -> Any:
    response = client.get(url)
    assert response.status_code == 200, url
    assert_html(response.content)
    return response


def test_the_year_is_opened_changed_compared_and_published(desk: Client, by: UserActor) -> None:
    open_call()
    assert "令和8年度" in text_of(page(desk, ROOT))
    answer = send(desk, f"{ROOT}kagoshima-r8/copy/", fiscal_year="2027")
    assert (answer.status_code, answer["Location"]) == (303, DRAFT)
    assert "準備中" in text_of(page(desk, DRAFT))
    terms = {
        "cap_yen": "１，２００，０００円",
        "status_days": "８月31日\n01-31",
        "status_shift": "next_business_day",
    }
    assert send(desk, f"{DRAFT}menus/3/terms/", **terms).status_code == 303
    assert send(desk, f"{DRAFT}menus/4/terms/", interim_percent="60").status_code == 303
    assert send(desk, f"{DRAFT}menus/3/papers/", application_article="第5条").status_code == 303
    assert send(desk, f"{DRAFT}menus/3/calls/new/", **CALL).status_code == 303
    assert send(desk, f"{DRAFT}budget/", **LINE).status_code == 303
    assert send(desk, f"{DRAFT}edit/", appeal_notice="この決定に不服があるときは、").status_code == 303
    words = text_of(page(desk, f"{DRAFT}changes/"))
    for text in (
        "1,000,000円(1市町村・年度あたり)",
        "令和10年1月11日(火)17時必着(2028年1月11日)",
        "5,000,000円",
    ):
        assert text in words, text
    sheet = text_of(page(desk, DRAFT))
    assert "第5条 標準様式(ポータルで作る)" in sheet
    assert "1月31日、8月31日の状況を15日以内(休日のとき 次の開庁日)" in sheet
    assert "契約の期間の60%まで(休日のとき 動かさない)" in sheet
    assert words.count("中間報告の期限") == words.count("状況報告") == 1, "what changed is shown once"
    assert "<del>" in page(desk, f"{DRAFT}changes/").content.decode()
    assert "経費負担" not in words, "what did not change is not shown"
    assert send(desk, DRAFT, action=f"{DRAFT}publish/").status_code == 303
    published = text_of(page(desk, DRAFT))
    assert "公開中" in published
    assert "予算成立前提" in published
    assert "事業の内容を直す" not in published
    assert text_of(desk.get("/grants/")).count("令和9年度") >= 1


def test_the_passing_of_the_budget_is_recorded_on_its_page(
    desk: Client, draft: Programme, clock: ClockFile
) -> None:
    clock.set("2027-03-25T10:00:00+09:00")
    page(desk, f"{DRAFT}budget/passed/")
    refused = send(desk, f"{DRAFT}budget/passed/", passed_on="令和9年4月1日")
    assert refused.status_code == 409
    assert "令和9年4月1日" in text_of(refused)
    assert send(desk, f"{DRAFT}budget/passed/", passed_on="R9.3.24").status_code == 303
    words = text_of(page(desk, DRAFT))
    assert "議決日 令和9年3月24日" in words
    assert "予算成立前提" not in words


BAD: list[tuple[str, dict[str, Any], int, str]] = [
    ("edit/", {"title": ""}, 422, "名前"),
    ("edit/", {"title": "あ" * 121}, 422, "名前"),
    ("edit/", {"notes": "あ" * 4001}, 422, "注記"),
    ("menus/3/terms/", {"share_numerator": "3"}, 422, "補助率は、0より大きく、1以下です。"),
    ("menus/3/terms/", {"share_denominator": "0"}, 422, "補助率の分母"),
    ("menus/3/terms/", {"cap_yen": ""}, 422, "上限額は、上限の範囲があるときに"),
    ("menus/3/terms/", {"cap_yen": "たくさん"}, 422, "上限額"),
    ("menus/3/terms/", {"applicants": []}, 422, "申請できる者"),
    ("menus/3/terms/", {"stages": ["moon"]}, 422, "コミプラの段階"),
    (
        "menus/3/terms/",
        {"status_days": "9月30日\n2月29日"},
        422,
        "「2月29日」は、毎年ある月と日ではありません。",
    ),
    ("menus/3/terms/", {"status_within_days": "61"}, 422, "状況報告の期限"),
    ("menus/4/terms/", {"interim_percent": "0"}, 422, "中間報告の期限"),
    ("menus/3/terms/", {"advance_percent": "101"}, 422, "概算払の限度(交付決定額の何%までか)は、100以下"),
    ("menus/3/calls/new/", {**CALL, "closes_on": "令和9年2月30日"}, 422, "締切の日"),
    ("menus/3/calls/new/", {**CALL, "closes_on": "R9.12.9"}, 422, "締切は、受付開始より後"),
    ("menus/3/calls/new/", {**CALL, "arrival": "postmark"}, 409, "時刻は付けられません"),
    ("menus/3/calls/new/", {**CALL, "title": "第1次募集"}, 409, "同じ名前の募集"),
    ("menus/4/calls/new/", CALL, 409, "テーマごとの公募で進めます"),
    ("budget/", {**LINE, "amount_yen": "0"}, 422, "1円から"),
    ("budget/", {**LINE, "setsu": "5"}, 422, "節"),
    ("copy/", {"fiscal_year": "2040"}, 422, "年度"),
]


@pytest.mark.parametrize(("path", "changes", "status", "words"), BAD)
def test_what_does_not_fit_is_refused_with_its_reason(
    desk: Client, draft: Programme, path: str, changes: dict[str, Any], status: int, words: str
) -> None:
    before = [list(model.objects.order_by("pk").values()) for model in (Programme, Menu, Call, BudgetLine)]
    url = f"{ROOT}kagoshima-r8/copy/" if path == "copy/" else f"{DRAFT}{path}"
    answer = send(desk, url, **changes)
    assert answer.status_code == status
    assert words in text_of(answer)
    assert_html(answer.content)
    assert [
        list(model.objects.order_by("pk").values()) for model in (Programme, Menu, Call, BudgetLine)
    ] == before


def test_the_same_copy_sent_twice_is_one_and_a_second_officer_is_told(desk: Client, by: UserActor) -> None:
    open_call()
    url = f"{ROOT}kagoshima-r8/copy/"
    sent = {**form_of(desk.get(url)), "fiscal_year": "2027"}
    first, second = desk.post(url, sent), desk.post(url, sent)
    assert (first.status_code, second.status_code, second["Location"]) == (303, 303, first["Location"])
    other = Client()
    other.force_login(officer(Role.PREFECTURE_OFFICER, KAGOSHIMA))
    told = send(other, url, fiscal_year="2027")
    assert told.status_code == 409
    assert "令和9年度の事業は、もうあります(準備中)" in text_of(told)
    assert Programme.objects.filter(fiscal_year=2027).count() == 1


def test_a_published_year_refuses_the_forms_that_were_open(
    desk: Client, by: UserActor, draft: Programme
) -> None:
    edit, terms = form_of(desk.get(f"{DRAFT}edit/")), form_of(desk.get(f"{DRAFT}menus/3/terms/"))
    detail = desk.get(DRAFT)
    actions.move_programme(by=by, programme=draft, step="publish")
    for path, sent in (("edit/", edit), ("menus/3/terms/", terms)):
        answer = desk.post(f"{DRAFT}{path}", {**sent, "title": "べつの名前"})
        assert answer.status_code == 409
        assert "準備中のあいだだけ" in text_of(answer)
    again = desk.post(f"{DRAFT}publish/", form_of(detail, action=f"{DRAFT}publish/"))
    assert again.status_code == 409
    assert "いま「公開中」です" in text_of(again)


def test_a_line_is_taken_out_on_the_page(desk: Client, by: UserActor, draft: Programme) -> None:
    send(desk, f"{DRAFT}budget/", **LINE)
    line = BudgetLine.objects.get()
    shown = page(desk, f"{DRAFT}budget/")
    assert "5,000,000円" in text_of(shown)
    assert desk.post(line.get_remove_url(), form_of(shown, action=line.get_remove_url())).status_code == 303
    assert not BudgetLine.objects.exists()
    gone = desk.post(line.get_remove_url(), {})
    assert gone.status_code == 404


def test_readers_see_why_they_may_not_change_it(client: Client, draft: Programme) -> None:
    client.force_login(officer(Role.PREFECTURE_HEAD, KAGOSHIMA))
    for path in ("", "budget/"):
        words = text_of(page(client, f"{DRAFT}{path}"))
        assert "事業の内容を変えられるのは、その事業を行う県の担当者です。" in words
        assert not re.search(r'method="post"(?![^>]*logout)[^>]*action="/staff/grants', words)
    assert client.get(f"{DRAFT}edit/").status_code == 403
    assert client.post(f"{DRAFT}budget/", LINE).status_code in {403, 409}
    assert not BudgetLine.objects.exists()


@pytest.mark.parametrize("path", ["", "changes/", "budget/"])
def test_pages_cost_the_same_with_more_rows(
    desk: Client, by: UserActor, draft: Programme, assert_queries: Any, path: str
) -> None:
    actions.save_budget_line(by=by, programme=draft, **{**LINE, "setsu": 18, "amount_yen": 1})
    desk.get(f"{DRAFT}{path}")
    with assert_queries(COSTS[path]):
        desk.get(f"{DRAFT}{path}")
    for setsu in (7, 8, 10, 11, 12, 13):
        actions.save_budget_line(by=by, programme=draft, **{**LINE, "setsu": setsu, "amount_yen": 1})
    with assert_queries(COSTS[path]):
        desk.get(f"{DRAFT}{path}")


def test_the_list_costs_the_same_at_one_year_and_at_ten(
    desk: Client, by: UserActor, assert_queries: Any
) -> None:
    year = open_call().menu.programme
    desk.get(ROOT)
    with assert_queries(7):
        desk.get(ROOT)
    for number in range(10):
        twin = Programme.objects.get(pk=year.pk)
        twin.pk, twin.slug, twin.fiscal_year = (
            Programme._meta.pk.get_default(),
            f"old-{number}",
            2000 + number,
        )
        twin.save(force_insert=True)
    with assert_queries(7):
        desk.get(ROOT)
