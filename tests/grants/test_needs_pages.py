"""The pages of 要望調査: asked, answered, sent, noticed; bad input kept on the page; the application shows its 内示."""

from datetime import date
from typing import Any

import pytest
from django.test import Client

from grants import actions
from grants.actions.needs import Wanted
from grants.models import Menu, NeedsAnswer, NeedsSurvey
from portal.documents import queries as documents
from tests.factories.grants import Town, open_call
from tests.support.html import assert_html

from .pages import form_of, send, text_of

ASK = "/staff/grants/programmes/kagoshima-r8/menus/3/needs/"
ROWS = {
    "title_1": "買い物を支える事業",
    "amount_1": "９００，０００円",
    "title_3": "拠点づくり",
    "amount_3": "400000",
}


@pytest.fixture
def survey(town: Town) -> NeedsSurvey:
    open_call()
    menu = Menu.objects.get(programme__slug="kagoshima-r8", number=3)
    return actions.ask_needs(by=town.prefecture, menu=menu, due_on=date(2026, 12, 18))


@pytest.fixture
def answer(town: Town, survey: NeedsSurvey) -> NeedsAnswer:
    return survey.answers.get(municipality=town.area)


def signed_in(user: Any) -> Client:
    client = Client()
    client.force_login(user)
    return client


def page(client: Client, url: str) -> str:
    response = client.get(url)
    assert response.status_code == 200, url
    assert_html(response.content)
    return text_of(response)


def test_a_survey_goes_from_the_prefecture_to_the_town_and_back(town: Town) -> None:
    open_call()
    desk, officer, chief = (
        signed_in(user) for user in (town.prefecture_user, town.officer_user, town.chief_user)
    )
    late = send(desk, ASK, due_on="令和8年11月25日")
    assert (late.status_code, "あしたより後" in text_of(late)) == (409, True)
    table = send(desk, ASK, due_on="R8.12.18", text="予定をお知らせください。")["Location"]
    assert desk.get(ASK)["Location"] == table
    assert town.area.name in page(desk, table)
    answer = NeedsAnswer.objects.get(municipality=town.area)
    url = answer.get_absolute_url()
    assert "要望調査" in page(officer, "/grants/needs/")
    assert "予定をお知らせください。" in page(officer, url)
    assert send(officer, url, **ROWS).status_code == 303
    assert [(row.priority, row.amount_yen) for row in answer.items.all()] == [(1, 900_000), (2, 400_000)]
    assert "決裁者" in page(officer, url)
    assert officer.post(answer.get_send_url()).status_code == 403
    assert send(chief, url, action=answer.get_send_url()).status_code == 303
    assert "1,300,000円" in page(chief, url)
    assert "1,300,000円" in page(desk, table)
    case = answer.get_staff_url()
    assert form_of(desk.get(case), action=case)["notice_yen"] == ["1,000,000"], (
        "offered: what was asked, at most the cap"
    )
    high = send(desk, case, action=case, notice_yen="1,300,000", document_number="地共第9号")
    assert (high.status_code, "1市町村の上限は1,000,000円" in text_of(high)) == (409, True)
    assert_html(high.content)
    assert send(desk, case, action=case, notice_yen="800,000", document_number="").status_code == 422
    form = {"notice_yen": "800,000", "notice_note": "優先順位1です。", "document_number": "地共第9号"}
    assert send(desk, case, action=case, **form).status_code == 303
    assert documents.of(answer).get().own_number == "地共第9号"
    words = page(officer, url)
    for text in ("800,000円", "優先順位1です。", "請求権は生じません"):
        assert text in words
    assert "内示済み" in page(desk, case)


@pytest.mark.parametrize(
    ("changes", "status", "words"),
    [
        ({"title_1": "名前だけ"}, 422, "要望額を、1円から"),
        ({"amount_1": "5000"}, 422, "予定する事業を入れてください"),
        ({"title_1": "x", "amount_1": "たくさん"}, 422, "優先順位1"),
        ({"title_1": "あ" * 121, "amount_1": "1"}, 422, "優先順位1 予定する事業"),
        ({"title_1": "x", "amount_1": "0"}, 422, "要望額を、1円から"),
        ({**ROWS, "revision": "7"}, 409, "ほかの人が保存しました"),
        ({**ROWS, "no_needs": "on"}, 409, "事業を空に"),
    ],
)
def test_what_does_not_fit_is_refused_and_kept(
    town: Town, answer: NeedsAnswer, changes: dict[str, str], status: int, words: str
) -> None:
    refused = send(signed_in(town.officer_user), answer.get_absolute_url(), **changes)
    assert refused.status_code == status
    assert words in text_of(refused)
    typed = form_of(refused)
    assert all(typed[name] == [value] for name, value in changes.items() if name.startswith("title"))
    assert_html(refused.content)
    assert not answer.items.exists()


def test_an_empty_answer_is_refused_on_the_page(town: Town, answer: NeedsAnswer) -> None:
    refused = send(signed_in(town.chief_user), answer.get_absolute_url(), action=answer.get_send_url())
    assert refused.status_code == 409
    assert "「要望なし」を選んで" in text_of(refused)
    assert_html(refused.content)


def test_an_answer_is_sent_back_and_reminders_are_on_the_table(
    town: Town, survey: NeedsSurvey, answer: NeedsAnswer
) -> None:
    desk = signed_in(town.prefecture_user)
    table = survey.get_absolute_url()
    assert send(desk, table, action=survey.get_remind_url()).status_code == 303
    again = send(desk, table, action=survey.get_remind_url())
    assert (again.status_code, "きょうは、もう" in text_of(again)) == (409, True)
    actions.save_needs(by=town.officer, answer=answer, revision=0, items=[Wanted("拠点づくり", 400_000)])
    actions.send_needs(by=town.chief, answer=answer)
    case, back = answer.get_staff_url(), answer.get_return_url()
    empty = send(desk, case, action=back, note="")
    assert empty.status_code == 422
    assert_html(empty.content)
    assert send(desk, case, action=back, note="額を確かめてください。").status_code == 303
    assert "額を確かめてください。" in page(signed_in(town.officer_user), answer.get_absolute_url())
    assert desk.get(case).status_code == 404


def test_the_application_shows_its_notice(town: Town, answer: NeedsAnswer) -> None:
    case = town.ready()
    actions.save_needs(by=town.officer, answer=answer, revision=0, items=[Wanted("拠点づくり", 900_000)])
    actions.send_needs(by=town.chief, answer=answer)
    officer = signed_in(town.officer_user)
    assert "内示額" not in page(officer, case.get_absolute_url())
    actions.notice_needs(by=town.prefecture, answer=answer, notice_yen=700_000)
    words = page(officer, case.get_absolute_url())
    assert "700,000円" in words
    assert "内示を超えています" in words, "710,000 are applied for"


def test_the_table_costs_the_same_with_more_answers(
    town: Town, survey: NeedsSurvey, assert_queries: Any
) -> None:
    desk = signed_in(town.prefecture_user)
    url = survey.get_absolute_url()
    desk.get(url)
    with assert_queries(10):
        desk.get(url)
    for _ in range(10):
        NeedsAnswer.objects.create(survey=survey, municipality=Town(office=town.office).area)
    with assert_queries(10):
        desk.get(url)
