"""変更 on screen, by clicking: written beside the decision, asked for, read side by side, answered, recorded."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from grants.enums import ApplicationState
from grants.models import Application, ChangeRequest
from tests.factories.deciding import decided, line_of
from tests.factories.grants import PDF_BYTES, Town
from tests.factories.settlement import changing
from tests.support.html import assert_html
from tests.support.strict import StrictClient

from .pages import form_of, send, text_of

COST = {"change": 15, "staff_change": 16}  # session, person, roles and standings are 5 of them


@pytest.fixture
def case(town: Town) -> Application:
    return decided(town)


def signed_in(user: Any) -> Client:
    client = StrictClient()
    client.force_login(user)
    return client


def test_the_municipality_writes_and_asks_and_the_office_answers(town: Town, case: Application) -> None:
    officer, chief = signed_in(town.officer_user), signed_in(town.chief_user)
    assert case.get_change_url() in officer.get(case.get_absolute_url()).content.decode()
    edit, submit = f"{case.get_change_url()}edit/", f"{case.get_change_url()}submit/"
    assert_html(officer.get(case.get_change_url()).content)
    opened = form_of(officer.get(edit))
    assert opened["e-6-actual"] == ["780,000"], "what is not changed stands as it was decided"
    typed = {"reason": "参加者が増えたため。", "asked_yen": "810,000", "e-6-actual": "980,000"}
    assert officer.post(edit, {**opened, **typed}).status_code == 303
    shown = text_of(officer.get(case.get_change_url()))
    assert "配分の変更" in shown
    assert "200,000" in shown
    assert send(chief, case.get_change_url(), action=submit).status_code == 303
    assert "変更の申請を、県が審査しています" in text_of(chief.get(case.get_absolute_url()))
    office, at = signed_in(town.prefecture_user), case.get_staff_change_url()
    line = line_of(town, case.menu)
    assert "変更の申請が届いています" in text_of(office.get(case.get_staff_url()))
    assert_html(office.get(at).content)
    empty = send(office, at, action=f"{at}refuse/", memo="伺います")
    assert empty.status_code == 422
    assert "伺います" in text_of(empty)
    drafted = send(office, at, action=f"{at}approve/", line=str(line.pk))
    assert drafted.status_code == 303
    approval = drafted.headers["Location"]
    page = text_of(office.get(approval))
    assert "変更後の交付決定額" in page
    assert "支出負担行為の番号" in page
    values = {
        "record_number": "起-8", "decided_on": "R8.11.25", "approver_title": "課長", "approver_name": "決裁 花子",
        "paper": SimpleUploadedFile("決裁.pdf", PDF_BYTES, "application/pdf"), "effective_on": "R8.11.25",
        "document_number": "く共第10号", "commitment_number": "負-10",
    }  # fmt: skip
    assert send(office, approval, action=f"{approval}record/", **values).status_code == 303
    assert Application.objects.get(pk=case.pk).state == ApplicationState.DECIDED
    assert "変更後の交付決定額" in text_of(chief.get(case.get_absolute_url()))
    assert "「承認」" in text_of(chief.get(case.get_change_url()))


def test_a_refusal_keeps_what_was_typed_and_says_why(town: Town, case: Application) -> None:
    officer, chief = signed_in(town.officer_user), signed_in(town.chief_user)
    edit = f"{case.get_change_url()}edit/"
    bad = send(officer, edit, reason="増やすため", **{"e-0-actual": "たくさん"})
    assert bad.status_code == 422
    assert "増やすため" in text_of(bad)
    assert send(officer, edit, reason="燃料代が上がったため。").status_code == 303
    minor = send(chief, case.get_change_url(), action=f"{case.get_change_url()}submit/")
    assert minor.status_code == 409
    assert "承認は要りません" in text_of(minor)
    assert ChangeRequest.objects.get().filed_at is None


def test_what_is_only_written_is_the_municipalitys_own(town: Town, case: Application) -> None:
    officer, office = signed_in(town.officer_user), signed_in(town.prefecture_user)
    send(officer, f"{case.get_change_url()}edit/", reason="書きかけ")
    assert office.get(case.get_staff_change_url()).status_code == 404
    stranger = signed_in(Town(office=town.office).chief_user)
    assert stranger.get(case.get_change_url()).status_code == 404
    changing(town, case, content="会場を変える。")
    assert office.get(case.get_staff_change_url()).status_code == 200


def test_the_pages_cost_the_same_however_long_the_budget(
    town: Town, case: Application, assert_queries: Any
) -> None:
    changing(town, case, content="会場を変える。")
    row = ChangeRequest.objects.get()
    for lines in (0, 5):
        for at in range(lines):
            row.expenses.create(position=100 + at, setsu=11, description=f"行{at}", changed_yen=1)
        for user, url, count in (
            (town.chief_user, case.get_change_url(), COST["change"]),
            (town.prefecture_user, case.get_staff_change_url(), COST["staff_change"]),
        ):
            client = signed_in(user)
            client.get(url)
            with assert_queries(count):
                client.get(url)
