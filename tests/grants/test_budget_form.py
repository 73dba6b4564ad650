"""収支予算 on screen: rows without JavaScript, the rules at the rows, the computed share, saving while typing."""

import pytest
from django.test import Client
from django.urls import reverse

from grants import actions
from grants.enums import Part
from grants.models import ApplicationPart
from tests.factories.grants import Town
from tests.support.html import assert_html

from .pages import form_of, send, text_of


@pytest.fixture
def officer(client: Client, town: Town) -> Client:
    client.force_login(town.officer_user)
    return client


def autosave(client: Client, application, section: str, **changes):  # type: ignore[no-untyped-def]
    data = {**form_of(client.get(application.get_edit_url(section))), **changes}
    return client.post(reverse("grants:application_autosave", args=[application.pk, section]), data)


def test_first_visit_offers_a_row_for_each_usual_setsu(officer: Client, town: Town) -> None:
    page = text_of(officer.get(town.draft().get_edit_url(Part.BUDGET)))
    for heading in ("7 報償費", "8 旅費", "10 需用費", "11 役務費", "12 委託料", "13 使用料及び賃借料"):
        assert heading in page


def test_typed_rows_are_saved_under_the_rules(officer: Client, town: Town) -> None:
    application = town.draft()
    url = application.get_edit_url(Part.BUDGET)
    typed = {
        "e-0-description": "講師の謝金", "e-0-unit": "２０，０００円", "e-0-quantity": "６",
        "e-2-description": "昼食", "e-2-unit": "800", "e-2-quantity": "40", "e-2-off": "5",
        "share_yen": "92,000", "i-0-description": "参加費", "i-0-amount": "",
    }  # fmt: skip
    assert send(officer, url, **typed).status_code == 303
    rows = list(application.expenses.values_list("setsu", "description", "amount_yen", "ineligible_yen"))
    assert rows == [(7, "講師の謝金", 120_000, 0), (10, "昼食", 32_000, 32_000)]
    application.refresh_from_db()
    assert (application.total_yen, application.grant_yen, application.share_yen) == (152_000, 60_000, 92_000)
    page = text_of(officer.get(url))
    assert "食糧費は補助の対象になりません" in page
    assert "(支出と一致しています)" in page


def test_a_draft_out_of_balance_is_saved_and_says_so(officer: Client, town: Town) -> None:
    application = town.ready()
    url = application.get_edit_url(Part.BUDGET)
    assert send(officer, url, share_yen="1").status_code == 303
    assert "(支出より741,999円少ない)" in text_of(officer.get(url))


def test_add_buttons_show_a_row_and_save_nothing(officer: Client, town: Town) -> None:
    application = town.draft()
    url = application.get_edit_url(Part.BUDGET)
    response = send(officer, url, **{"add": "12", "e-0-description": "書きかけ"})
    assert response.status_code == 200
    assert response.content.decode().count("12 委託料の内訳") == 2
    assert "書きかけ" in text_of(response)
    assert_html(response.content)
    response = officer.post(url, {**form_of(response), "add": "new", "new_setsu": "17"})
    assert "17 備品購入費の内訳" in text_of(response)
    response = officer.post(url, {**form_of(response), "add": "specific"})
    assert response.content.decode().count("特定財源の内容") == 2
    assert ApplicationPart.objects.get(application=application, key=Part.BUDGET).revision == 0
    assert officer.post(url, form_of(response)).status_code == 303


def test_fill_button_puts_the_computed_share_into_its_box(officer: Client, town: Town) -> None:
    application = town.ready()
    response = send(officer, application.get_edit_url(Part.BUDGET), fill="share", share_yen="")
    assert response.status_code == 200
    assert form_of(response)["share_yen"] == ["742,000"]


@pytest.mark.parametrize(
    ("box", "value", "words"),
    [
        ("e-0-unit", "二万", "数字"),
        ("e-0-unit", "100.5", "小数は使えません"),
        ("e-0-unit", "-5", "0円以上"),
        ("e-0-unit", "999999999999", "円までです"),
        ("e-0-quantity", "0", "1から"),
        ("e-0-quantity", "1.5", "整数"),
        ("e-0-off", "999,999", "金額まで"),
        ("e-0-description", "長" * 101, "100"),
        ("share_yen", "たくさん", "数字"),
        ("i-0-amount", "1e5", "数字"),
    ],
)
def test_wrong_figures_are_refused_at_their_box_with_everything_kept(
    officer: Client, town: Town, box: str, value: str, words: str
) -> None:
    application = town.ready()
    response = send(officer, application.get_edit_url(Part.BUDGET), **{box: value})
    assert response.status_code == 422
    page = text_of(response)
    assert words in page
    assert f'href="#id_{box}"' in page
    assert value in page
    assert "買い物の試行運行" in page
    assert_html(response.content)
    assert ApplicationPart.objects.get(application=application, key=Part.BUDGET).revision == 1


def test_second_editor_of_the_budget_sees_both_tables(officer: Client, town: Town) -> None:
    application = town.ready()
    url = application.get_edit_url(Part.BUDGET)
    old = form_of(officer.get(url))
    actions.save_budget(
        by=town.chief, application=application, revision=1, expenses=[], incomes=[], share_yen=500
    )
    response = officer.post(url, {**old, "e-0-unit": "21,000"})
    assert response.status_code == 409
    page = text_of(response)
    assert "市町村負担 500円" in page
    assert "講師の謝金 2人×3回 21,000円×6" in page
    assert officer.post(url, form_of(response)).status_code == 303
    assert application.expenses.first().unit_price_yen == 21_000


def test_indirect_mode_asks_for_the_line_of_the_city_budget(officer: Client, town: Town) -> None:
    application = town.fill_target(town.draft(), mode="indirect")
    url = application.get_edit_url(Part.BUDGET)
    response = officer.get(url)
    assert "18節" in text_of(response)
    assert_html(response.content)
    assert send(officer, url, outlay_yen="600,000", share_yen="300,000", **{
        "e-0-description": "謝金", "e-0-unit": "1,000,000",
        "i-1-description": "会費の積立", "i-1-amount": "400,000",
    }).status_code == 303  # fmt: skip
    application.refresh_from_db()
    assert (application.outlay_yen, application.grant_yen) == (600_000, 300_000)


def test_autosave_answers_with_the_new_revision_and_the_amounts(officer: Client, town: Town) -> None:
    application = town.ready()
    response = autosave(officer, application, Part.BUDGET, share_yen="1")
    assert response.status_code == 200
    answer = response.json()
    assert (answer["revision"], answer["text"]) == (2, "10時に保存しました")
    assert "710,000円" in answer["side"]
    assert_html(answer["side"], fragment=True)
    assert list(answer["excluded"].values()) == ["食糧費は補助の対象になりません。全額を対象外に入れました。"]


def test_autosave_of_the_same_page_goes_on_after_a_lost_answer(officer: Client, town: Town) -> None:
    application = town.draft()
    url = reverse("grants:application_autosave", args=[application.pk, Part.PLAN])
    page = form_of(officer.get(application.get_edit_url(Part.PLAN)))
    for text, revision in (("一", 1), ("一二", 2)):
        response = officer.post(url, {**page, "purpose": text})
        assert response.json()["revision"] == revision


def test_autosave_of_another_tab_is_told_and_set_aside(officer: Client, town: Town) -> None:
    application = town.draft()
    url = reverse("grants:application_autosave", args=[application.pk, Part.PLAN])
    edit = application.get_edit_url(Part.PLAN)
    first, second = form_of(officer.get(edit)), form_of(officer.get(edit))
    assert officer.post(url, {**first, "purpose": "先"}).status_code == 200
    response = officer.post(url, {**second, "purpose": "後"})
    assert response.status_code == 409
    assert response.json()["conflict"] is True
    assert "後" in text_of(officer.get(f"{edit}?restore=1"))


def test_autosave_of_values_that_do_not_fit_saves_nothing(officer: Client, town: Town) -> None:
    application = town.ready()
    response = autosave(officer, application, Part.BUDGET, share_yen="たくさん")
    assert response.status_code == 422
    assert "まだ保存していません" in response.json()["text"]
    application.refresh_from_db()
    assert application.share_yen == 742_000


def test_autosave_after_submission_is_refused(officer: Client, town: Town) -> None:
    application = town.ready()
    url = reverse("grants:application_autosave", args=[application.pk, Part.CONFIRM])
    data = form_of(officer.get(application.get_edit_url(Part.CONFIRM)))
    actions.submit(by=town.chief, application=application)
    response = officer.post(url, data)
    assert response.status_code == 409
    assert response.json()["conflict"] is False
