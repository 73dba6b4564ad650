"""Two who write one result at once: saved while typing, the later one is told, both texts survive, nothing is lost."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from grants import actions as grants
from grants.models import Application, ResultReport, SheetTyped
from grants.settlement import queries
from grants.settlement.actions import keeping
from grants.settlement.actions import results as actions
from portal.kernel import audit
from portal.kernel.refusals import Refusal
from tests.factories.deciding import decided
from tests.factories.grants import Town
from tests.factories.settlement import TEXTS, expenses_of, incomes_of, reported
from tests.support.html import assert_html
from tests.support.strict import StrictClient
from tests.support.world import ClockFile

from .pages import form_of, send, text_of
from .test_constraints import copy, refuses


@pytest.fixture
def case(town: Town) -> Application:
    return decided(town)


@pytest.fixture
def officer(town: Town) -> Client:
    client = Client()
    client.force_login(town.officer_user)
    return client


def page(case: Application) -> str:
    return reverse("grants:result_edit", args=[case.pk])


def autosave(case: Application) -> str:
    return reverse("grants:result_autosave", args=[case.pk])


def save(town: Town, case: Application, **changed: Any) -> ResultReport:
    """As the chief saves it in another window."""
    lines = {"expenses": expenses_of(case), "incomes": incomes_of(case)}
    return actions.save_result(by=town.chief, application=case, **lines, **TEXTS | changed)


def test_it_is_saved_while_one_types_and_the_sums_come_back(case: Application, officer: Client) -> None:
    opened = officer.get(page(case))
    assert_html(opened.content)
    assert f'data-autosave="{autosave(case)}"' in opened.content.decode()
    sent = form_of(opened)
    answer = officer.post(autosave(case), {**sent, "content": "書きかけ", "e-0-actual": "1,000"})
    said = answer.json()
    assert (answer.status_code, "保存しました" in said["text"], "1,000" in said["side"]) == (200, True, True)
    again = officer.post(autosave(case), {**sent, "seen": said["revision"], "content": "書きかけの続き"})
    assert again.status_code == 200
    report = queries.report_of(case)
    assert report
    assert (report.content, report.revision) == ("書きかけの続き", 2)
    lost = officer.post(autosave(case), {**sent, "content": "その次"})  # the same page, whose answer was lost
    assert lost.status_code == 200
    assert ResultReport.objects.get().content == "その次"
    wrong = officer.post(autosave(case), {**sent, "e-0-actual": "たくさん"})
    assert (wrong.status_code, wrong.json()["conflict"]) == (422, False)
    assert ResultReport.objects.get().content == "その次"


def test_of_two_tabs_the_later_writer_is_told_and_both_texts_survive(
    town: Town, case: Application, officer: Client
) -> None:
    mine = {**form_of(officer.get(page(case))), "outcome": "わたしの文"}
    theirs = {**form_of(officer.get(page(case))), "outcome": "もう一つの画面の文"}
    assert officer.post(autosave(case), theirs).status_code == 200
    told = officer.post(autosave(case), mine)
    assert (told.status_code, told.json()["conflict"]) == (409, True)
    assert ResultReport.objects.get().outcome == "もう一つの画面の文"
    kept = SheetTyped.objects.get()
    assert kept.sent["outcome"] == ["わたしの文"]
    assert audit.history(kept)[0].event == "grants.sheettyped.kept"
    both = officer.get(page(case) + "?restore=1")
    assert_html(both.content)
    text = text_of(both)
    assert ("わたしの文" in text, "もう一つの画面の文" in text, "成果" in text) == (True, True, True)
    save(town, case, outcome="決裁者の文")  # and once more, while one compares
    again = officer.post(page(case), form_of(both))
    assert (again.status_code, "決裁者の文" in text_of(again)) == (409, True)
    assert officer.post(page(case), form_of(again)).status_code == 303
    assert ResultReport.objects.get().outcome == "わたしの文"
    assert not SheetTyped.objects.exists()


def test_a_browser_that_was_killed_finds_what_was_set_aside(town: Town, case: Application) -> None:
    for by in (town.officer, town.chief):
        keeping.keep_sheet(by=by, application=case, sheet="result", based_on="", sent={"content": ["x"]})
    fresh = Client()
    fresh.force_login(town.officer_user)
    opened = fresh.get(page(case))
    assert_html(opened.content)
    assert "まだ反映していない入力があります" in text_of(opened)
    settle = reverse("grants:result_settle", args=[case.pk])
    assert send(fresh, page(case), action=settle).status_code == 303
    assert queries.sheet_typed(case, "result", town.officer_user.pk) is None
    assert queries.sheet_typed(case, "result", town.chief_user.pk) is not None


def test_an_ended_session_saves_nothing_and_the_next_one_saves_on(
    town: Town, case: Application, officer: Client
) -> None:
    sent = {**form_of(officer.get(page(case))), "content": "切れる前に書いた文"}
    gone = StrictClient().post(autosave(case), sent, headers={"Sec-Fetch-Mode": "cors"})
    assert gone.status_code == 302
    stranger = StrictClient()
    stranger.force_login(Town(office=town.office).officer_user)
    assert stranger.post(autosave(case), sent).status_code == 404
    assert not ResultReport.objects.exists()
    signed_in_again = Client()
    signed_in_again.force_login(town.officer_user)
    assert signed_in_again.post(autosave(case), sent).status_code == 200
    assert ResultReport.objects.get().content == "切れる前に書いた文"


def test_two_in_one_result_see_each_other(town: Town, case: Application, officer: Client) -> None:
    grants.be_present(by=town.chief, file=case, place="result")
    text = text_of(officer.get(page(case)))
    assert town.chief_user.name in text
    assert "同じところを開いている人がいます" in text


def test_nothing_is_saved_once_it_is_filed(
    town: Town, case: Application, officer: Client, clock: ClockFile
) -> None:
    sent = form_of(officer.get(page(case)))
    clock.set("2027-03-25T10:00:00+09:00")
    reported(town, case)
    officer.force_login(town.officer_user)
    late = officer.post(autosave(case), {**sent, "content": "遅い", "seen": ""})
    assert (late.status_code, ResultReport.objects.get().content) == (409, TEXTS["content"])
    with pytest.raises(Refusal, match="この手続きはできません"):
        save(town, case)


def test_one_of_a_person_is_kept(town: Town, case: Application) -> None:
    for text in ("はじめ", "あと"):
        row = keeping.keep_sheet(
            by=town.officer, application=case, sheet="result", based_on="a", sent={"content": [text]}
        )
    assert SheetTyped.objects.get().sent == {"content": ["あと"]}
    refuses("sheettyped_one_a_person", copy(row))
