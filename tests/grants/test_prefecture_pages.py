"""The prefecture's side on screen: the queue, a file, taking it, the caps."""

import pytest
from django.test import Client
from django.urls import reverse

from grants import actions
from grants.enums import ApplicationState
from grants.models import Application, CapUse
from tests.factories.accounts import UserFactory, officer
from tests.factories.areas import KAGOSHIMA
from tests.factories.grants import Town, office, open_call
from tests.support.html import assert_html
from tests.support.strict import StrictClient

from .pages import form_of, send, text_of

QUEUE = "/staff/grants/"


@pytest.fixture
def prefecture(client: Client, town: Town) -> Client:
    client.force_login(town.prefecture_user)
    return client


def take_url(application: Application) -> str:
    return application.get_take_url()


def test_queue_shows_submitted_files_oldest_first_and_never_drafts(prefecture: Client, town: Town) -> None:
    submitted = town.submitted()
    draft = town.draft()
    page = prefecture.get(QUEUE)
    words = text_of(page)
    assert submitted.get_staff_url() in words
    assert str(draft.pk) not in words
    assert "710,000円" in words
    assert "12月7日(月)" in words  # ten days after 25 November, then the next business day
    assert "まだいません" in words
    assert_html(page.content)


def test_queue_narrows_by_state_office_and_holder(prefecture: Client, town: Town) -> None:
    waiting, taken, elsewhere = town.submitted(), town.submitted(), Town().submitted()
    actions.take(by=town.prefecture, application=taken)

    def shown(**wanted: str) -> set[str]:
        page = text_of(prefecture.get(QUEUE, wanted))
        return {name for name, row in cases.items() if row.get_staff_url() in page}

    cases = {"waiting": waiting, "taken": taken, "elsewhere": elsewhere}
    assert shown() == {"waiting", "taken", "elsewhere"}
    assert shown(state="submitted") == {"waiting", "elsewhere"}
    assert shown(state="screening") == {"taken"}
    assert shown(office=str(town.office.pk)) == {"waiting", "taken"}
    assert shown(holder="me") == {"taken"}
    assert shown(holder="none", office=str(town.office.pk)) == {"waiting"}
    assert shown(state="nonsense", office="x") == {"waiting", "taken", "elsewhere"}
    assert shown(municipality=town.area.pk) == {"waiting", "taken"}
    assert shown(year="2026") == {"waiting", "taken", "elsewhere"}
    assert shown(year="2025") == shown(year="x") == {"waiting", "taken", "elsewhere"}  # no such year here


def test_queue_shows_what_is_in_hand_and_the_rest_when_asked(prefecture: Client, town: Town) -> None:
    open_file, ended = town.submitted(), town.submitted()
    actions.withdraw(by=town.chief, application=ended, note="取りやめます。")

    def shown(**wanted: str) -> list[bool]:
        page = text_of(prefecture.get(QUEUE, wanted))
        return [row.get_staff_url() in page for row in (open_file, ended)]

    assert shown() == [True, False]
    assert shown(state="all") == [True, True]
    assert shown(state="withdrawn") == [False, True]


def test_file_shows_what_was_submitted_with_its_files(prefecture: Client, town: Town) -> None:
    application = town.submitted()
    page = prefecture.get(application.get_staff_url())
    words = text_of(page)
    for expected in ("浜坂地区まちづくり協議会", "講師の謝金 2人×3回", "1,492,000", "規約.pdf", "R8-KC-"):
        assert expected in words
    assert_html(page.content)
    attachment = application.attachments.get()
    assert prefecture.get(attachment.get_file_url()).status_code == 200


def test_take_makes_one_the_holder(prefecture: Client, town: Town) -> None:
    application = town.submitted()
    response = send(prefecture, application.get_staff_url(), action=take_url(application))
    assert (response.status_code, response["Location"]) == (303, application.get_staff_url())
    application.refresh_from_db()
    assert application.held_by == town.prefecture_user
    words = text_of(prefecture.get(application.get_staff_url()))
    assert f"{town.prefecture_user.name}さんが" in words
    assert "担当になって形式審査を始める" not in words


def test_take_from_an_old_page_says_who_was_first(prefecture: Client, town: Town) -> None:
    application = town.submitted()
    data = form_of(prefecture.get(application.get_staff_url()), action=take_url(application))
    colleague = officer("prefecture_officer", KAGOSHIMA, section=town.office)
    from tests.factories.accounts import actor

    actions.take(by=actor(colleague), application=application)
    response = prefecture.post(take_url(application), data)
    assert response.status_code == 409
    assert f"{colleague.name}さんが、11月25日 10時00分に担当になりました。" in text_of(response)


def test_stale_csrf_token_on_take_shows_the_file_again(town: Town) -> None:
    application = town.submitted()
    strict = StrictClient(enforce_csrf_checks=True)
    strict.force_login(town.prefecture_user)
    response = strict.post(take_url(application), {"csrfmiddlewaretoken": "x" * 64})
    assert response.status_code == 403
    assert application.title in text_of(response)


def test_other_office_reads_but_does_not_take(client: Client, town: Town) -> None:
    application = town.submitted()
    client.force_login(officer("prefecture_officer", KAGOSHIMA, section=office()))
    page = client.get(application.get_staff_url())
    assert page.status_code == 200
    assert "受け持つ振興局・支庁または課の担当者です" in text_of(page)
    data = form_of(page, action=take_url(application))
    assert client.post(take_url(application), data).status_code == 403
    application.refresh_from_db()
    assert application.state == ApplicationState.SUBMITTED


@pytest.mark.parametrize("role", ["prefecture_section_chief", "prefecture_head", "auditor"])
def test_chiefs_and_auditors_read_and_do_not_take(client: Client, town: Town, role: str) -> None:
    application = town.submitted()
    client.force_login(officer(role, KAGOSHIMA))
    assert client.get(QUEUE).status_code == 200
    page = client.get(application.get_staff_url())
    assert client.post(take_url(application), form_of(page, action=take_url(application))).status_code == 403


def test_others_get_404_for_the_queue_and_the_file(client: Client, town: Town) -> None:
    application = town.submitted()
    for user in (UserFactory(), town.chief_user, Town().officer_user, officer("accountant", KAGOSHIMA)):
        client.force_login(user)
        assert client.get(QUEUE).status_code == 404
        assert client.get(application.get_staff_url()).status_code == 404


def test_caps_show_what_is_left_and_take_decisions_from_outside(prefecture: Client, town: Town) -> None:
    menu = open_call().menu
    url = reverse("grants:staff_cap_list", args=[menu.programme.slug])
    assert_html(prefecture.get(url).content)
    response = send(prefecture, url, municipality=town.area.pk, title="第1次募集", amount_yen="350,000")
    assert response.status_code == 303
    assert CapUse.objects.get().amount_yen == 350_000
    page = prefecture.get(url)
    assert "650,000円" in text_of(page)
    assert_html(page.content)
    response = send(prefecture, url, municipality=town.area.pk, title="残る件名", amount_yen="650,001")
    assert response.status_code == 409
    assert "残る件名" in text_of(response)
    assert "枠の残りは650,000円" in text_of(response)


def test_caps_are_recorded_by_officers_only(client: Client, town: Town) -> None:
    menu = open_call().menu
    url = reverse("grants:staff_cap_list", args=[menu.programme.slug])
    client.force_login(officer("auditor", KAGOSHIMA))
    page = client.get(url)
    assert 'name="amount_yen"' not in page.content.decode()
    assert_html(page.content)
    client.force_login(town.chief_user)
    assert client.get(url).status_code == 404
