"""Two who write one change at once: saved while typing, the later one is told, both texts survive."""

import pytest
from django.test import Client
from django.urls import reverse

from grants import actions as grants
from grants.models import Application, ChangeRequest, SheetTyped
from grants.settlement import queries
from grants.settlement.actions import changing, keeping
from tests.factories.deciding import decided
from tests.factories.grants import Town
from tests.factories.settlement import expenses_of, incomes_of
from tests.support.html import assert_html
from tests.support.strict import StrictClient

from .pages import form_of, send, text_of


@pytest.fixture
def case(town: Town) -> Application:
    return decided(town)


@pytest.fixture
def officer(town: Town) -> Client:
    client = Client()
    client.force_login(town.officer_user)
    return client


def page(case: Application) -> str:
    return reverse("grants:change_edit", args=[case.pk])


def autosave(case: Application) -> str:
    return reverse("grants:change_autosave", args=[case.pk])


def test_a_change_is_saved_while_one_types(case: Application, officer: Client) -> None:
    opened = officer.get(page(case))
    assert_html(opened.content)
    assert f'data-autosave="{autosave(case)}"' in opened.content.decode()
    sent = {**form_of(opened), "reason": "参加者が"}
    first = officer.post(autosave(case), sent)
    assert (first.status_code, "補助率" in first.json()["side"]) == (
        200,
        True,
    )
    sent |= {"seen": first.json()["revision"], "reason": "参加者が増えたため"}
    assert officer.post(autosave(case), sent).status_code == 200
    row = ChangeRequest.objects.get()
    assert (row.reason, row.number, row.is_filed) == ("参加者が増えたため", 1, False)
    wrong = officer.post(autosave(case), {**sent, "ends_on": "いつか"})
    assert (wrong.status_code, wrong.json()["conflict"]) == (422, False)


def test_of_two_tabs_the_later_writer_is_told_and_both_changes_survive(
    town: Town, case: Application, officer: Client
) -> None:
    mine = {**form_of(officer.get(page(case))), "reason": "わたしの理由", "e-0-actual": "1,000"}
    theirs = {**form_of(officer.get(page(case))), "reason": "もう一つの画面の理由"}
    assert officer.post(autosave(case), theirs).status_code == 200
    told = officer.post(autosave(case), mine)
    assert (told.status_code, told.json()["conflict"]) == (409, True)
    assert ChangeRequest.objects.get().reason == "もう一つの画面の理由"
    assert SheetTyped.objects.get().sent["reason"] == ["わたしの理由"]
    pressed = officer.post(page(case), mine)
    text = text_of(pressed)
    assert_html(pressed.content)
    assert pressed.status_code == 409
    assert all(words in text for words in ("わたしの理由", "もう一つの画面の理由", "1,000", "変更の理由"))
    both = officer.get(page(case) + "?restore=1")
    assert "もう一つの画面の理由" in text_of(both)
    assert officer.post(page(case), form_of(both)).status_code == 303
    row = ChangeRequest.objects.get()
    assert (row.reason, row.expenses.get(position=0).changed_yen) == ("わたしの理由", 1_000)
    assert not SheetTyped.objects.exists()


def test_what_was_set_aside_of_a_change_is_let_go_alone(
    town: Town, case: Application, officer: Client
) -> None:
    for sheet in ("change", "result"):
        keeping.keep_sheet(
            by=town.officer, application=case, sheet=sheet, based_on="", sent={"reason": ["x"]}
        )
    assert "まだ反映していない入力があります" in text_of(officer.get(page(case)))
    settle = reverse("grants:change_settle", args=[case.pk])
    assert send(officer, page(case), action=settle).status_code == 303
    assert queries.sheet_typed(case, "change", town.officer_user.pk) is None
    assert queries.sheet_typed(case, "result", town.officer_user.pk) is not None


def test_an_ended_session_and_a_stranger_save_no_change(
    town: Town, case: Application, officer: Client
) -> None:
    sent = {**form_of(officer.get(page(case))), "reason": "切れる前に書いた理由"}
    assert StrictClient().post(autosave(case), sent, headers={"Sec-Fetch-Mode": "cors"}).status_code == 302
    stranger = StrictClient()
    stranger.force_login(Town(office=town.office).officer_user)
    assert stranger.post(autosave(case), sent).status_code == 404
    assert not ChangeRequest.objects.exists()
    assert officer.post(autosave(case), sent).status_code == 200


def test_two_in_one_change_see_each_other_and_a_filed_one_takes_nothing(
    town: Town, case: Application, officer: Client
) -> None:
    grants.be_present(by=town.chief, file=case, place="change")
    opened = officer.get(page(case))
    assert "同じところを開いている人がいます" in text_of(opened)
    lines = {"expenses": expenses_of(case), "incomes": incomes_of(case)}
    changing.save_change(
        by=town.officer, application=case, reason="内容の変更", content="週2日にする", asked_yen=case.decided_yen, **lines
    )  # fmt: skip
    changing.request_change(by=town.chief, application=case)
    late = officer.post(autosave(case), {**form_of(opened), "reason": "遅い"})
    assert late.status_code == 409
    assert ChangeRequest.objects.get().reason == "内容の変更"
