"""What no page of ours sends: refused or left out, never an error, nothing lost."""

import pytest
from django.test import Client

from grants import actions
from grants.enums import Part
from grants.models import SetAside
from tests.factories.grants import Town

from .pages import form_of, send

ENDLESS = "7" * 5_000  # longer than Python reads as a number


@pytest.fixture
def officer(client: Client, town: Town) -> Client:
    client.force_login(town.officer_user)
    return client


@pytest.mark.parametrize("box", ["e-0-setsu", "add"])
def test_an_endless_number_of_a_setsu_makes_no_row(officer: Client, town: Town, box: str) -> None:
    url = town.draft().get_edit_url(Part.BUDGET)
    response = officer.post(url, {**form_of(officer.get(url)), box: ENDLESS})
    assert response.status_code in (200, 303)


@pytest.mark.parametrize("address", ["", "autosave/"])
def test_boxes_that_the_section_does_not_have_are_not_set_aside(
    officer: Client, town: Town, address: str
) -> None:
    application = town.draft()
    url = application.get_edit_url(Part.CONFIRM)
    sent = form_of(officer.get(url))
    actions.save_confirm(
        by=town.chief,
        application=application,
        revision=0,
        applicant_title="長",
        applicant_name="一人目",
        tab="a",
    )
    response = officer.post(url + address, {**sent, "applicant_name": "二人目", "foreign": "あ\x00い"})
    assert response.status_code == 409
    kept = SetAside.objects.get(part__application=application)
    assert kept.sent["applicant_name"] == ["二人目"]
    assert "foreign" not in kept.sent


def test_what_was_set_aside_still_comes_back(officer: Client, town: Town) -> None:
    application = town.draft()
    url = application.get_edit_url(Part.BUDGET)
    sent = form_of(officer.get(url)) | {
        "e-0-description": "講師の謝金",
        "e-0-unit": "5000",
        "e-0-quantity": "2",
    }
    assert send(officer, url, share_yen="1000").status_code == 303
    assert officer.post(url, sent).status_code == 409
    assert "講師の謝金" in officer.get(f"{url}?restore=1").content.decode()
