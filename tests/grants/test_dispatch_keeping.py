"""Two who write one request of ① at once: saved while typing, the later one is told, both texts survive."""

import pytest
from django.test import Client
from django.urls import reverse

from grants import actions
from grants.models import Dispatch, DraftTyped
from grants.together import queries
from grants.together.actions import keep_draft
from portal.kernel.refusals import Refusal
from tests.factories.dispatch import draft, requested
from tests.factories.grants import Town
from tests.support.html import assert_html

from .pages import form_of, send, text_of


@pytest.fixture
def officer(town: Town) -> Client:
    client = Client()
    client.force_login(town.officer_user)
    return client


def autosave(made: Dispatch) -> str:
    return reverse("grants:dispatch_autosave", args=[made.pk])


def test_it_is_saved_while_one_types(town: Town, officer: Client) -> None:
    made = draft(town)
    sent = form_of(officer.get(made.get_edit_url()))
    answer = officer.post(autosave(made), {**sent, "issue": "書きかけ"})
    assert (answer.status_code, answer.json()["revision"]) == (200, 2)
    again = officer.post(autosave(made), {**sent, "issue": "書きかけの続き"})  # its answer was lost
    assert (again.status_code, again.json()["revision"]) == (200, 3)
    made.refresh_from_db()
    assert (made.issue, made.saved_by) == ("書きかけの続き", town.officer_user)
    wrong = officer.post(autosave(made), {**sent, "visits_wanted": "たくさん"})
    assert (wrong.status_code, wrong.json()["conflict"]) == (422, False)


def test_the_later_writer_is_told_and_both_texts_survive(town: Town, officer: Client) -> None:
    made = draft(town)
    mine = {**form_of(officer.get(made.get_edit_url())), "issue": "わたしの文"}
    actions.save_dispatch(by=town.chief, dispatch=made, revision=1, tab="chief", issue="決裁者の文")
    told = officer.post(autosave(made), mine)
    assert (told.status_code, told.json()["conflict"]) == (409, True)
    assert Dispatch.objects.get(pk=made.pk).issue == "決裁者の文"
    assert DraftTyped.objects.get().sent["issue"] == ["わたしの文"]
    both = officer.get(made.get_edit_url() + "?restore=1")
    assert_html(both.content)
    assert ("わたしの文" in text_of(both), "決裁者の文" in text_of(both)) == (True, True)
    again = officer.post(made.get_edit_url(), mine)
    assert (again.status_code, "決裁者の文" in text_of(again)) == (409, True)
    settled = officer.post(made.get_edit_url(), form_of(again))
    assert settled.status_code == 303
    assert Dispatch.objects.get(pk=made.pk).issue == "わたしの文"
    assert not DraftTyped.objects.exists()


def test_what_is_set_aside_can_be_let_go(town: Town, officer: Client) -> None:
    made = draft(town)
    for by in (town.officer, town.chief):
        keep_draft(by=by, draft=made, part="request", revision=0, sent={"issue": ["x"]})
    page = officer.get(made.get_edit_url())
    assert_html(page.content)
    assert "まだ反映していない入力があります" in text_of(page)
    settle = reverse("grants:draft_settle", args=["dispatch", made.pk, "request"])
    assert send(officer, made.get_edit_url(), action=settle).status_code == 303
    assert queries.typed_by(made, "request", town.officer_user.pk) is None
    assert queries.typed_by(made, "request", town.chief_user.pk) is not None


def test_nothing_is_saved_once_it_is_requested(town: Town, officer: Client) -> None:
    made = draft(town)
    sent = form_of(officer.get(made.get_edit_url()))
    actions.submit_dispatch(by=town.chief, dispatch=made)
    late = officer.post(autosave(made), {**sent, "issue": "遅い"})
    assert (late.status_code, late.json()["conflict"]) == (409, False)
    with pytest.raises(Refusal, match="いま「申込み済み」です"):
        actions.save_dispatch(by=town.officer, dispatch=requested(town), revision=1, issue="遅い")
