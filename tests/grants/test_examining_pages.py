"""The examination on screen: the officer's page, the town's answers, what changed, what waits."""

from datetime import date
from typing import Any

import pytest
from django.test import Client

from grants import actions
from grants.enums import ApplicationState
from grants.models import Application
from tests.factories.accounts import actor, officer
from tests.factories.areas import KAGOSHIMA
from tests.factories.grants import TEXTS, Town
from tests.support.html import assert_html
from tests.support.strict import StrictClient

from .pages import form_of, send, text_of


@pytest.fixture
def case(town: Town) -> Application:
    return actions.take(by=town.prefecture, application=town.submitted())


@pytest.fixture
def office(client: Client, town: Town) -> Client:
    client.force_login(town.prefecture_user)
    return client


def act_url(case: Application, act: str) -> str:
    return f"{case.get_examine_url()}{act}/"


def returned(town: Town, case: Application) -> Application:
    actions.write_remark(
        by=town.prefecture, application=case, part="plan", text="期間の根拠を書いてください。"
    )
    return actions.return_for_correction(by=town.prefecture, application=case, due_on=date(2026, 12, 4))


def again(town: Town, case: Application) -> Application:
    """Submitted a second time with another plan and another title."""
    returned(town, case)
    actions.save_target(
        by=town.officer, application=case, revision=1, title="新しい名前の事業", platform=case.platform,
        project_type=case.project_type, mode=case.mode,
    )  # fmt: skip
    texts = {**TEXTS, "content": "毎週土曜に運行する。"}
    actions.save_plan(
        by=town.officer,
        application=case,
        revision=1,
        starts_on=case.starts_on,
        ends_on=case.ends_on,
        texts=texts,
    )
    actions.answer_remark(by=town.officer, remark=case.remarks.get(), answer="書き足しました。")
    return actions.submit(by=town.chief, application=case)


def test_the_officer_checks_remarks_and_returns(office: Client, town: Town, case: Application) -> None:
    url = case.get_examine_url()
    assert_html(office.get(url).content)
    assert "審査をすすめる" in text_of(office.get(case.get_staff_url()))
    key = case.menu.checklist[0]["key"]
    response = send(office, url, action=act_url(case, "checks"), **{f"verdict_{key}": "fit"})
    assert (response.status_code, response["Location"]) == (303, url)
    assert case.checks.get().verdict == "fit"
    response = send(
        office, url, action=act_url(case, "remark"), part="plan", text="期間の根拠を書いてください。"
    )
    assert response.status_code == 303
    assert "まだ送っていません" in text_of(office.get(url))
    response = send(office, url, action=act_url(case, "return"), due_on="令和8年12月4日")
    assert (response.status_code, response["Location"]) == (303, case.get_staff_url())
    case.refresh_from_db()
    assert case.state == ApplicationState.RETURNED
    assert_html(office.get(url).content)
    assert "期限を延ばす" in text_of(office.get(url))


@pytest.mark.parametrize(
    ("act", "sent", "words"),
    [
        ("remark", {"part": "plan", "text": ""}, "直してほしいこと"),
        ("return", {"due_on": "きのう"}, "補正の期限"),
        ("return", {"due_on": "2026-11-20"}, "明日以降"),
    ],
)
def test_bad_input_is_told_at_its_field_and_everything_is_kept(
    office: Client, town: Town, case: Application, act: str, sent: dict[str, Any], words: str
) -> None:
    actions.write_remark(by=town.prefecture, application=case, part="plan", text="直してください。")
    response = send(office, case.get_examine_url(), action=act_url(case, act), **sent)
    assert response.status_code in {422, 409}
    assert_html(response.content)
    assert words in text_of(response)
    for value in sent.values():
        assert value in text_of(response)


def test_unfit_without_a_word_keeps_the_other_answers(office: Client, town: Town, case: Application) -> None:
    first, second = (row["key"] for row in case.menu.checklist[:2])
    sent = {f"verdict_{first}": "unfit", f"verdict_{second}": "fit", f"note_{second}": "よい計画です"}
    response = send(office, case.get_examine_url(), action=act_url(case, "checks"), **sent)
    assert response.status_code == 422
    assert "何が合わないかを書いてください" in text_of(response)
    assert "よい計画です" in text_of(response)
    assert not case.checks.exists()


def test_a_colleague_sees_who_holds_it_and_may_take_over(
    client: Client, town: Town, case: Application
) -> None:
    colleague = officer("prefecture_officer", KAGOSHIMA, section=town.office)
    client.force_login(colleague)
    url = case.get_examine_url()
    page = client.get(url)
    assert f"いまの担当は{town.prefecture_user.name}さんです" in text_of(page)
    assert act_url(case, "checks") not in text_of(page)
    assert send(client, url, action=act_url(case, "hold")).status_code == 303
    case.refresh_from_db()
    assert case.held_by == colleague
    assert act_url(case, "checks") in text_of(client.get(url))


def test_a_form_from_before_the_hand_over_is_refused_and_kept(
    office: Client, town: Town, case: Application
) -> None:
    url = case.get_examine_url()
    data = {
        **form_of(office.get(url), action=act_url(case, "remark")),
        "part": "plan",
        "text": "長い指摘の文",
    }
    colleague = actor(officer("prefecture_officer", KAGOSHIMA, section=town.office))
    actions.take_over(by=colleague, application=case)
    response = office.post(act_url(case, "remark"), data)
    assert response.status_code == 409
    assert f"いまの担当は{colleague.user.name}さんです" in text_of(response)


def test_the_town_answers_and_submits_again(client: Client, town: Town, case: Application) -> None:
    returned(town, case)
    client.force_login(town.chief_user)
    url = case.get_absolute_url()
    page = client.get(url)
    assert_html(page.content)
    assert "県から補正の依頼があります" in text_of(page)
    remark = case.remarks.get()
    assert send(client, url, action=remark.get_answer_url(), answer="").status_code == 422
    response = send(client, url, action=remark.get_answer_url(), answer="書き足しました。")
    assert (response.status_code, response["Location"]) == (303, url)
    assert "回答しました" in text_of(client.get(url))
    assert client.get(case.get_edit_url("plan")).status_code == 200
    assert send(client, f"{url}submit/").status_code == 303
    case.refresh_from_db()
    assert (case.state, case.version) == (ApplicationState.SUBMITTED, 2)


def test_while_it_is_corrected_the_office_reads_what_was_submitted(
    office: Client, town: Town, case: Application
) -> None:
    returned(town, case)
    title = case.title
    actions.save_target(
        by=town.officer, application=case, revision=1, title="書きかけの名前", platform=case.platform,
        project_type=case.project_type, mode=case.mode,
    )  # fmt: skip
    for url in ("/staff/grants/", case.get_staff_url(), case.get_examine_url()):
        words = text_of(office.get(url))
        assert "書きかけの名前" not in words, url
        assert title in words, url


def test_both_sides_see_what_changed_side_by_side(office: Client, town: Town, case: Application) -> None:
    assert office.get(case.get_changes_url()).status_code == 404
    again(town, case)
    page = office.get(case.get_changes_url())
    assert_html(page.content)
    words = text_of(page)
    for expected in (
        "新しい名前の事業",
        "事業の内容",
        "消された所",
        "期間の根拠を書いてください。",
        "書き足しました。",
    ):
        assert expected in words
    assert "積算" not in words
    for odd in ("?from=9&to=1", "?from=x&to=y", "?from=1&to=1"):
        assert office.get(case.get_changes_url() + odd).status_code == 200
    office.force_login(town.officer_user)
    assert office.get(case.get_changes_url()).status_code == 200
    office.force_login(Town().officer_user)
    assert office.get(case.get_changes_url()).status_code == 404


def test_stale_csrf_token_keeps_the_remark(town: Town, case: Application) -> None:
    strict = StrictClient(enforce_csrf_checks=True)
    strict.force_login(town.prefecture_user)
    sent = {"csrfmiddlewaretoken": "x" * 64, "part": "plan", "text": "長い指摘の文"}
    response = strict.post(act_url(case, "remark"), sent)
    assert response.status_code == 403
    assert "長い指摘の文" in text_of(response)


def test_withdrawing_a_submitted_file_asks_for_a_reason(
    client: Client, town: Town, case: Application
) -> None:
    client.force_login(town.chief_user)
    url = f"{case.get_absolute_url()}withdraw/"
    assert send(client, url, note="").status_code == 422
    assert send(client, url, note="予算が付かなかったため。").status_code == 303
    case.refresh_from_db()
    assert case.state == ApplicationState.WITHDRAWN


@pytest.mark.parametrize("remarks", [1, 10])
def test_the_page_costs_the_same_for_one_and_ten_remarks(
    office: Client, town: Town, case: Application, assert_queries: Any, remarks: int
) -> None:
    for number in range(remarks):
        actions.write_remark(by=town.prefecture, application=case, part="plan", text=f"指摘{number}")
    url = case.get_examine_url()
    office.get(url)
    with assert_queries(9):
        office.get(url)
