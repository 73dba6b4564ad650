"""The sections of a draft on screen: saved, refused with everything kept, two tabs, without JavaScript."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from grants import actions
from grants.enums import Part
from grants.models import ApplicationPart, SetAside
from portal.kernel.models import StoredFile
from tests.factories.grants import PDF_BYTES, Town
from tests.support.html import assert_html
from tests.support.strict import StrictClient

from .pages import form_of, send, text_of

LONE = "あ\ud800い"


@pytest.fixture
def officer(client: Client, town: Town) -> Client:
    client.force_login(town.officer_user)
    return client


@pytest.mark.parametrize("section", Part.values)
def test_every_section_is_a_valid_page_empty_and_filled(officer: Client, town: Town, section: str) -> None:
    for application in (town.draft(), town.ready()):
        response = officer.get(application.get_edit_url(section))
        assert response.status_code == 200
        assert_html(response.content)


@pytest.mark.parametrize("section", [Part.TARGET, Part.PLAN, Part.BUDGET, Part.CONFIRM])
def test_section_sent_as_it_stands_is_saved_and_leads_on(officer: Client, town: Town, section: str) -> None:
    application = town.ready()
    response = send(officer, application.get_edit_url(section), next="1")
    assert response.status_code == 303
    order = list(Part.values)
    assert response["Location"] == application.get_edit_url(order[min(order.index(section) + 1, 4)])
    application.refresh_from_db()
    assert application.total_yen == 1_492_000
    assert application.applicant_name == "試験 一郎"
    assert ApplicationPart.objects.get(application=application, key=section).revision == 2


def test_target_keeps_what_was_typed_when_the_text_is_too_long(officer: Client, town: Town) -> None:
    application = town.draft()
    long = "長" * 121
    response = send(officer, application.get_edit_url(Part.TARGET), title=long)
    assert response.status_code == 422
    assert long in text_of(response)
    assert 'href="#id_title"' in response.content.decode()
    assert_html(response.content)


@pytest.mark.parametrize("bad", ["あ\x00い", LONE, "あ\u202eい"])
def test_text_that_no_table_can_hold_is_refused(officer: Client, town: Town, bad: str) -> None:
    application = town.draft()
    url = application.get_edit_url(Part.PLAN)
    data = {**form_of(officer.get(url)), "purpose": bad, "content": "残る文"}
    body = "&".join(
        f"{name}={part}"
        for name, values in data.items()
        for part in [_quoted(value) for value in ([values] if isinstance(values, str) else values)]
    )
    response = officer.post(url, body, content_type="application/x-www-form-urlencoded")
    part = ApplicationPart.objects.get(application=application, key=Part.PLAN)
    if bad == LONE:  # the decoder of the request has already replaced it: nothing broken can be stored
        assert response.status_code == 303
        assert set(part.texts["purpose"]) == {"あ", "い", "\ufffd"}
        return
    assert response.status_code == 422
    assert "残る文" in text_of(response)
    assert part.revision == 0


def _quoted(value: str) -> str:
    from urllib.parse import quote

    return quote(value.encode("utf-8", "surrogatepass"))


def test_plan_takes_days_in_both_calendars_and_names_a_wrong_one(officer: Client, town: Town) -> None:
    application = town.draft()
    url = application.get_edit_url(Part.PLAN)
    assert send(officer, url, starts_on="R9.1.12", ends_on="2027-03-19").status_code == 303
    application.refresh_from_db()
    assert (application.starts_on.isoformat(), application.ends_on.isoformat()) == (
        "2027-01-12",
        "2027-03-19",
    )
    response = send(officer, url, starts_on="令和9年2月30日")
    assert response.status_code == 422
    assert "こよみにありません" in text_of(response)
    response = send(officer, url, starts_on="令和9年3月20日")
    assert response.status_code == 422
    assert "令和9年3月20日" in text_of(response)


def test_target_of_another_town_is_no_choice(officer: Client, town: Town) -> None:
    application = town.draft()
    response = send(officer, application.get_edit_url(Part.TARGET), platform=str(Town().platform.pk))
    assert response.status_code == 422


def test_second_tab_is_told_and_both_texts_are_kept(officer: Client, town: Town) -> None:
    application = town.draft()
    url = application.get_edit_url(Part.PLAN)
    first, second = form_of(officer.get(url)), form_of(officer.get(url))
    assert officer.post(url, {**first, "purpose": "先の文"}).status_code == 303
    response = officer.post(url, {**second, "purpose": "後の文"})
    assert response.status_code == 409
    words = text_of(response)
    assert "先の文" in words
    assert "後の文" in words
    assert f"11月25日 10時00分に{town.officer_user.name}さんが保存" in words
    assert_html(response.content)
    assert SetAside.objects.get(part__application=application).sent["purpose"] == ["後の文"]

    again = officer.post(url, form_of(response))
    assert again.status_code == 303
    part = ApplicationPart.objects.get(application=application, key=Part.PLAN)
    assert part.texts["purpose"] == "後の文"
    assert not SetAside.objects.exists()


def test_text_set_aside_survives_a_closed_tab(officer: Client, town: Town) -> None:
    application = town.draft()
    url = application.get_edit_url(Part.PLAN)
    old = form_of(officer.get(url))
    town.fill_plan(application)
    assert officer.post(url, {**old, "purpose": "あとから"}).status_code == 409
    page = officer.get(url)
    assert "まだ反映していない入力があります" in text_of(page)
    assert_html(page.content)
    restored = officer.get(f"{url}?restore=1")
    assert "あとから" in text_of(restored)
    assert officer.post(url, form_of(restored)).status_code == 303
    assert ApplicationPart.objects.get(application=application, key=Part.PLAN).texts["purpose"] == "あとから"


def test_text_set_aside_can_be_let_go(officer: Client, town: Town) -> None:
    application = town.draft()
    url = application.get_edit_url(Part.PLAN)
    old = form_of(officer.get(url))
    town.fill_plan(application)
    officer.post(url, {**old, "purpose": "あとから"})
    settle = reverse("grants:application_settle", args=[application.pk, Part.PLAN])
    assert send(officer, url, action=settle).status_code == 303
    assert not SetAside.objects.exists()


def test_moved_state_answers_409_with_what_was_typed(officer: Client, town: Town) -> None:
    application = town.ready()
    url = application.get_edit_url(Part.CONFIRM)
    data = form_of(officer.get(url))
    actions.submit(by=town.chief, application=application)
    response = officer.post(url, {**data, "applicant_name": "入れた名前"})
    assert response.status_code == 409
    assert "入れた名前" in text_of(response)
    assert "いま「提出済み」です" in text_of(response)
    assert officer.get(url).status_code == 302


def test_the_same_form_again_leads_to_the_same_page_and_saves_once(officer: Client, town: Town) -> None:
    application = town.draft()
    url = application.get_edit_url(Part.CONFIRM)
    data = {**form_of(officer.get(url)), "applicant_name": "一"}
    assert officer.post(url, data).status_code == 303
    assert officer.post(url, data).status_code == 303
    assert ApplicationPart.objects.get(application=application, key=Part.CONFIRM).revision == 1
    other = officer.post(url, {**data, "applicant_name": "二"})
    assert other.status_code == 409
    assert "二" in text_of(other)


def test_stale_csrf_token_answers_403_with_the_filled_form(town: Town) -> None:
    application = town.draft()
    strict = StrictClient(enforce_csrf_checks=True)
    strict.force_login(town.officer_user)
    url = application.get_edit_url(Part.CONFIRM)
    data = {**form_of(strict.get(url)), "applicant_name": "残る名前", "csrfmiddlewaretoken": "x" * 64}
    response = strict.post(url, data)
    assert response.status_code == 403
    assert "残る名前" in text_of(response)
    assert ApplicationPart.objects.get(application=application, key=Part.CONFIRM).revision == 0
    assert strict.post(url, form_of(response)).status_code == 303


def test_attachment_is_kept_with_its_digest_and_can_be_taken_out(officer: Client, town: Town) -> None:
    application = town.draft()
    url = application.get_edit_url(Part.ATTACHMENTS)
    upload = SimpleUploadedFile("規約.pdf", PDF_BYTES, content_type="application/pdf")
    assert (
        officer.post(url, {**_upload_form(officer, url), "kind": "charter", "file": upload}).status_code
        == 303
    )
    attachment = application.attachments.get()
    page = officer.get(url)
    assert attachment.file.sha256 in text_of(page)
    assert_html(page.content)
    sent = officer.get(attachment.get_file_url())
    assert b"".join(sent.streaming_content) == PDF_BYTES
    assert sent["Content-Disposition"].startswith("attachment")
    remove = reverse("grants:attachment_remove", args=[application.pk, attachment.pk])
    assert send(officer, url, action=remove).status_code == 303
    attachment.refresh_from_db()
    assert attachment.removed_at is not None


@pytest.mark.parametrize(
    ("filename", "content"),
    [
        ("規約.pdf", b"MZ\x90\x00 not a pdf"),
        ("規約.exe", b"MZ\x90\x00"),
        ("規約.pdf", b""),
        ("規約.png", PDF_BYTES),
    ],
)
def test_attachment_that_is_not_what_its_name_says_is_refused(
    officer: Client, town: Town, filename: str, content: bytes
) -> None:
    application = town.draft()
    url = application.get_edit_url(Part.ATTACHMENTS)
    upload = SimpleUploadedFile(filename, content, content_type="application/pdf")
    response = officer.post(url, {**_upload_form(officer, url), "kind": "estimate", "file": upload})
    assert response.status_code == 422
    assert 'href="#id_file"' in response.content.decode()
    assert '<option value="estimate" selected' in response.content.decode()
    assert not application.attachments.exists()
    assert not StoredFile.objects.exists()


def _upload_form(client: Client, url: str) -> dict[str, list[str]]:
    return form_of(client.get(url))
