"""From 「申請を始める」 to the receipt, on screen; and who sees which button."""

import pytest
from django.test import Client
from django.urls import reverse

from grants import actions
from grants.enums import ApplicationState, Part
from grants.models import Application
from portal.documents import queries as documents
from tests.factories.accounts import UserFactory
from tests.factories.grants import Town, open_call
from tests.support.html import assert_html
from tests.support.world import ClockFile

from .pages import form_of, send, text_of


@pytest.fixture
def officer(client: Client, town: Town) -> Client:
    client.force_login(town.officer_user)
    return client


@pytest.fixture
def chief(town: Town) -> Client:
    from tests.support.strict import StrictClient

    made = StrictClient()
    made.force_login(town.chief_user)
    return made


def submit_url(application: Application) -> str:
    return reverse("grants:application_submit", args=[application.pk])


def test_new_opens_a_draft_and_leads_to_its_first_section(officer: Client, town: Town) -> None:
    call = open_call()
    url = reverse("grants:application_new")
    page = officer.get(url)
    assert_html(page.content)
    assert call.deadline.label in text_of(page)
    response = send(officer, url, title="拠点づくり")
    application = Application.objects.get(municipality=town.area)
    assert (response.status_code, response["Location"]) == (303, application.get_edit_url(Part.TARGET))
    assert application.title == "拠点づくり"


def test_new_pressed_twice_opens_one_draft(officer: Client, town: Town) -> None:
    open_call()
    url = reverse("grants:application_new")
    data = form_of(officer.get(url))
    locations = {officer.post(url, data)["Location"] for _ in range(2)}
    assert len(locations) == 1
    assert Application.objects.filter(municipality=town.area).count() == 1


def test_new_after_the_deadline_says_so_with_everything_kept(
    officer: Client, town: Town, clock: ClockFile
) -> None:
    open_call()
    url = reverse("grants:application_new")
    data = {**form_of(officer.get(url)), "title": "間に合わなかった事業"}
    clock.set("2026-12-03T17:01:00+09:00")
    response = officer.post(url, data)
    assert response.status_code in {409, 422}
    assert not Application.objects.filter(municipality=town.area).exists()


def test_new_with_a_wrong_code_of_a_municipality_is_refused(officer: Client, town: Town) -> None:
    open_call()
    for code in ("999999", "462039", "abc", "\x00"):
        response = send(officer, reverse("grants:application_new"), municipality=code, title="残る題名")
        assert response.status_code == 422
        assert "残る題名" in text_of(response)
    assert not Application.objects.filter(title="残る題名").exists()


def test_list_shows_ones_own_files_and_what_to_do_without_any(officer: Client, town: Town) -> None:
    open_call()
    url = reverse("grants:application_list")
    empty = officer.get(url)
    assert "まだ申請がありません" in text_of(empty)
    assert_html(empty.content)
    town.submitted()
    Town().draft()
    page = officer.get(url)
    assert text_of(page).count("買い物と見守りを支える事業") == 1
    assert_html(page.content)


def test_officer_sees_why_there_is_no_button(officer: Client, town: Town) -> None:
    application = town.ready()
    page = officer.get(submit_url(application))
    assert "提出できるのは、市町村の決裁者です。" in text_of(page)
    assert "disabled" in page.content.decode()
    assert_html(page.content)
    response = officer.post(submit_url(application), form_of(page))
    assert response.status_code == 403
    application.refresh_from_db()
    assert application.state == ApplicationState.DRAFT


def test_chief_submits_and_gets_the_receipt(chief: Client, town: Town) -> None:
    application = town.ready()
    page = chief.get(submit_url(application))
    assert "650,000円" not in text_of(page)
    assert "710,000円" in text_of(page)
    assert_html(page.content)
    response = chief.post(submit_url(application), form_of(page))
    assert (response.status_code, response["Location"]) == (303, application.get_absolute_url())
    receipt = chief.get(response["Location"])
    words = text_of(receipt)
    document = documents.of(application).get()
    assert document.check_number in words
    assert application.attachments.get().file.sha256 in words
    assert application.snapshots.get().digest in words
    assert "提出した" in words
    assert_html(receipt.content)


def test_second_press_leads_to_the_same_receipt_and_gives_no_second_number(chief: Client, town: Town) -> None:
    application = town.ready()
    data = form_of(chief.get(submit_url(application)))
    for _ in range(2):
        assert chief.post(submit_url(application), data).status_code == 303
    assert documents.of(application).count() == 1


def test_submit_from_an_old_page_answers_409(chief: Client, town: Town) -> None:
    application = town.ready()
    data = form_of(chief.get(submit_url(application)))
    actions.submit(by=town.chief, application=application)
    response = chief.post(submit_url(application), data)
    assert response.status_code == 409
    assert "いま「提出済み」です" in text_of(response)


def test_submit_of_an_unbalanced_budget_answers_409_and_names_it(chief: Client, town: Town) -> None:
    application = town.ready(share_yen=1)
    page = chief.get(submit_url(application))
    assert "直すところが残っています" in text_of(page)
    response = chief.post(submit_url(application), form_of(page))
    assert response.status_code == 409
    assert "支出の合計より741,999円少ない" in text_of(response)
    application.refresh_from_db()
    assert application.state == ApplicationState.DRAFT
    assert_html(response.content)


def test_submit_after_the_deadline_answers_409_and_keeps_the_draft(
    chief: Client, town: Town, clock: ClockFile
) -> None:
    application = town.ready()
    data = form_of(chief.get(submit_url(application)))
    clock.set("2026-12-03T17:01:00+09:00")
    response = chief.post(submit_url(application), data)
    assert response.status_code == 409
    assert "締切" in text_of(response)
    assert "締切を過ぎたため、提出できません" in text_of(chief.get(submit_url(application)))


def test_preview_is_a_paper_that_is_not_stored(officer: Client, town: Town) -> None:
    application = town.draft()
    response = officer.get(reverse("grants:application_preview", args=[application.pk]))
    assert response.status_code == 200
    assert response.content.startswith(b"%PDF")
    assert response["Cache-Control"] == "private, no-store"
    assert not documents.of(application).exists()


def test_withdraw_asks_once_and_leads_to_the_list(officer: Client, town: Town) -> None:
    application = town.draft()
    url = reverse("grants:application_withdraw", args=[application.pk])
    assert_html(officer.get(url).content)
    assert send(officer, url)["Location"] == reverse("grants:application_list")
    application.refresh_from_db()
    assert application.state == ApplicationState.WITHDRAWN
    page = officer.get(application.get_absolute_url())
    assert page.status_code == 200
    assert_html(page.content)


def test_draft_page_leads_to_the_first_section_that_lacks_something(officer: Client, town: Town) -> None:
    application = town.fill_target(town.draft())
    page = officer.get(application.get_absolute_url())
    assert f'href="{application.get_edit_url(Part.PLAN)}"' in page.content.decode()
    assert_html(page.content)


@pytest.mark.parametrize("name", ["application_list", "application_new"])
def test_pages_of_the_desk_are_for_municipal_staff_only(client: Client, town: Town, name: str) -> None:
    url = reverse(f"grants:{name}")
    assert client.get(url).status_code == 302
    for user in (UserFactory(), town.prefecture_user):
        client.force_login(user)
        assert client.get(url).status_code == 404
