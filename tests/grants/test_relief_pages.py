"""A missed deadline on screen: the town asks, the office judges, a call is extended and says so."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from grants.models import Admission, Application
from tests.factories.grants import PDF_BYTES, Town, open_call
from tests.factories.relief import admission
from tests.support.html import assert_html
from tests.support.world import ClockFile

from .pages import form_of, send, text_of

TOO_LATE = "2026-12-03T17:01:00+09:00"


@pytest.fixture
def late(town: Town, clock: ClockFile) -> Application:
    application = town.draft()
    clock.set(TOO_LATE)
    return application


@pytest.fixture
def office(client: Client, town: Town) -> Client:
    client.force_login(town.prefecture_user)
    return client


def judged(admitted: Admission, act: str) -> str:
    return admitted.get_act_url(act)


def test_the_town_asks_and_the_office_accepts(town: Town, late: Application, client: Client) -> None:
    client.force_login(town.officer_user)
    page = client.get(late.get_absolute_url())
    url = reverse("grants:application_late", args=[late.pk])
    assert url in page.content.decode()
    assert "このままでは提出できません" in text_of(page)
    assert_html(client.get(url).content)
    assert send(client, url, reason="").status_code == 422
    assert send(client, url, reason="16時から町の全域が停電した").status_code == 303
    assert "判断を待っています" in text_of(client.get(late.get_absolute_url()))
    again = send(client, url, reason="もう一度")
    assert (again.status_code, "もう申し出ています" in text_of(again)) == (409, True)

    asked = late.admissions.get()
    client.force_login(town.prefecture_user)
    desk = text_of(client.get(reverse("site:desk")))
    assert "締切のあとの受理を判断する" in desk
    page = client.get(asked.get_absolute_url())
    assert_html(page.content)
    assert "16時から町の全域が停電した" in text_of(page)
    act = judged(asked, "admit")
    wrong = send(
        client, asked.get_absolute_url(), action=act, reason="停電", received_on="令和8年12月4日", due_on=""
    )
    assert (wrong.status_code, "提出の期限を入力してください" in text_of(wrong)) == (422, True)
    assert 'value="令和8年12月4日"' in wrong.content.decode()
    sent = {"reason": "停電を確かめた", "received_on": "令和8年12月3日", "due_on": "令和8年12月10日"}
    assert send(client, asked.get_absolute_url(), action=act, **sent).status_code == 303
    assert "令和8年12月3日" in text_of(client.get(asked.get_absolute_url()))

    client.force_login(town.officer_user)
    assert "12月10日(木)</b>の24時までに提出" in text_of(client.get(late.get_absolute_url()))
    assert "締切のあとの受理" in text_of(client.get(reverse("site:desk")))


def test_the_office_declines_with_a_reason_that_the_town_reads(
    town: Town, late: Application, office: Client
) -> None:
    asked = admission(
        town, late.call, application=late, state="asked", reason="", received_on=None, until=None, judged_at=None,
        asked_at=late.created_at, asked_reason="失念",
    )  # fmt: skip
    page = asked.get_absolute_url()
    assert send(office, page, action=judged(asked, "decline"), reason="認められない事情").status_code == 303
    office.force_login(town.chief_user)
    assert "認められない事情" in text_of(office.get(late.get_absolute_url()))


def test_a_paper_application_is_accepted_with_its_copy(town: Town, office: Client, clock: ClockFile) -> None:
    call = open_call()
    clock.set(TOO_LATE)
    from django.core.files.uploadedfile import SimpleUploadedFile

    sent = {
        "kind": "paper", "municipality": town.area.pk, "reason": "締切の日に持参した", "received_on": "R8.12.3",
        "received_number": "収-12", "due_on": "R8.12.10",
    }  # fmt: skip
    url = call.get_admit_url()
    data = {**form_of(office.get(call.get_relief_url()), action=url), **sent}
    missing = office.post(url, data)
    assert (missing.status_code, "写し" in text_of(missing), 'value="収-12"' in missing.content.decode()) == (
        409, True, True,
    )  # fmt: skip
    data = {**form_of(office.get(call.get_relief_url()), action=url), **sent}
    file = SimpleUploadedFile("紙の申請書.pdf", PDF_BYTES, content_type="application/pdf")
    assert office.post(url, data | {"paper": file}).status_code == 303
    made = Admission.objects.get()
    paper = reverse("grants:admission_paper", args=[made.pk])
    assert paper in office.get(call.get_relief_url()).content.decode()
    assert b"".join(office.get(paper)) == PDF_BYTES  # type: ignore[arg-type]
    office.force_login(town.officer_user)
    page = office.get(reverse("grants:application_new"))
    assert call.title in text_of(page)


def test_an_extended_call_says_so_where_it_is_announced(town: Town, office: Client) -> None:
    call = open_call()
    url = call.get_extend_url()
    wrong = send(office, call.get_relief_url(), action=url, closes_on="R8.12.1", reason="大雨")
    assert (wrong.status_code, "より後にしてください" in text_of(wrong)) == (409, True)
    sent = {"closes_on": "R8.12.10", "closes_time": "17:00", "reason": "大雨で役場が閉じたため"}
    assert send(office, call.get_relief_url(), action=url, **sent).status_code == 303
    page = text_of(office.get(call.menu.get_absolute_url()))
    assert "締切を延ばしました" in page
    assert "大雨で役場が閉じたため" in page
    call.refresh_from_db()
    assert call.closes_on == date(2026, 12, 10)
    assert "前の締切" in text_of(office.get(call.get_relief_url()))


def test_a_file_that_came_late_says_so_to_the_office(town: Town, office: Client, clock: ClockFile) -> None:
    application = town.submitted()
    admission(town, application.call, application=application, received_number="収-3")
    page = text_of(office.get(application.get_staff_url()))
    assert "収受日 <b>令和8年11月25日</b>・収受番号 収-3" in page
