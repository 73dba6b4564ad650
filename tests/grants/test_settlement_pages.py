"""The end of a file on screen, by clicking: result, evidence, inspection, 額の確定, invoice, order, close; what is refused."""

from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from grants.actions import enter_payment
from grants.enums import ApplicationState
from grants.models import Application, Payment, ResultFile, ResultReport
from tests.factories.accounts import actor
from tests.factories.deciding import decided
from tests.factories.grants import PDF_BYTES, Town, staged
from tests.factories.settlement import DONE, TEXTS, accountant, inspected, reported, settled, written
from tests.support.html import assert_html
from tests.support.strict import StrictClient
from tests.support.world import ClockFile

from .pages import form_of, send, text_of

COST = {
    "result": 12,
    "staff_result": 12,
    "result_edit": 11,
    "change_edit": 10,
}  # session, person, roles and standings are 5 of them


@pytest.fixture
def case(town: Town, clock: ClockFile) -> Application:
    made = decided(town)
    clock.set(DONE)
    return made


def signed_in(user: Any) -> Client:
    client = StrictClient()
    client.force_login(user)
    return client


def test_the_municipality_writes_attaches_and_files_from_its_files_page(
    town: Town, case: Application
) -> None:
    officer, chief = signed_in(town.officer_user), signed_in(town.chief_user)
    page = officer.get(case.get_absolute_url())
    assert "事業が終わったら、実績を報告します" in text_of(page)
    assert "2027年(令和9年)4月10日" in text_of(page)
    assert case.get_result_url() in page.content.decode()
    edit = f"{case.get_result_url()}edit/"
    assert_html(officer.get(edit).content)
    typed = {
        "completed_on": "令和9年3月19日",
        "claimed_yen": "710,000",
        "e-6-actual": "780,000",
        "own_number": "試企第9号",
    }
    actual = {f"e-{at}-actual": str(line.amount_yen) for at, line in enumerate(case.expenses.all())} | {
        "i-0-actual": "40000"
    }
    answer = send(officer, edit, **(TEXTS | actual | typed))
    assert answer.status_code == 303
    report = ResultReport.objects.get()
    assert report.expenses.get(description__contains="食糧費").ineligible_yen == 32_000
    result = officer.get(case.get_result_url())
    assert_html(result.content)
    assert "実績を報告できるのは、市町村の決裁者です" in text_of(result)
    attach = f"{case.get_result_url()}attach/"
    file = SimpleUploadedFile("領収書.pdf", PDF_BYTES, "application/pdf")
    assert (
        send(officer, case.get_result_url(), action=attach, title="領収書の写し", file=file).status_code
        == 303
    )
    submit = f"{case.get_result_url()}submit/"
    assert send(chief, case.get_result_url(), action=submit).status_code == 303
    done = text_of(chief.get(case.get_absolute_url()))
    assert "実績報告を、県が確かめています" in done
    assert Application.objects.get(pk=case.pk).state == ApplicationState.REPORTED


def test_bad_input_is_422_at_its_field_and_everything_is_kept(town: Town, case: Application) -> None:
    officer = signed_in(town.officer_user)
    edit = f"{case.get_result_url()}edit/"
    bad = send(
        officer,
        edit,
        content="水曜に運行した。",
        **{"e-0-actual": "たくさん", "x-0-text": "予備の資材", "i-0-actual": "40,000"},
    )
    assert bad.status_code == 422
    words = text_of(bad)
    assert "水曜に運行した。" in words
    assert "予備の資材" in words
    assert "そろえて入れて" in words
    assert 'id="id_e-0-actual_error"' in bad.content.decode()
    assert not ResultReport.objects.exists()


def test_who_saves_upon_what_is_gone_is_told_and_both_texts_survive(town: Town, case: Application) -> None:
    officer, edit = signed_in(town.officer_user), f"{case.get_result_url()}edit/"
    opened = form_of(officer.get(edit))
    written(town, case)
    late = officer.post(edit, {**opened, "content": "あとから書いた内容"})
    assert late.status_code == 409
    assert "あとから書いた内容" in text_of(late)
    assert TEXTS["content"] in text_of(late)
    assert ResultReport.objects.get().content == TEXTS["content"]
    again = {**form_of(late), "content": "あとから書いた内容"}
    assert officer.post(edit, again).status_code == 303


def test_a_refusal_says_what_is_missing(town: Town, case: Application) -> None:
    written(town, case, claimed_yen=720_000)
    chief = signed_in(town.chief_user)
    refused = send(chief, case.get_result_url(), action=f"{case.get_result_url()}submit/")
    assert refused.status_code == 409
    assert "交付決定額(710,000円)を超えています" in text_of(refused)


def test_the_prefecture_reads_a_result_only_once_it_was_filed(town: Town, case: Application) -> None:
    office = signed_in(town.prefecture_user)
    written(town, case)
    file = ResultReport.objects.get().files.get()
    addresses = (case.get_result_url(), case.get_staff_result_url(), file.get_absolute_url())
    assert [office.get(url).status_code for url in addresses] == [404, 404, 404]
    reported(town, case)
    assert [office.get(url).status_code for url in addresses] == [200, 200, 200]
    stranger = signed_in(Town(office=town.office).chief_user)
    assert [stranger.get(url).status_code for url in addresses] == [404, 404, 404]


def test_the_office_inspects_settles_orders_and_closes_by_clicking(town: Town, case: Application) -> None:
    reported(town, case)
    office, at = signed_in(town.prefecture_user), case.get_staff_result_url()
    assert "実績報告が届いています" in text_of(office.get(case.get_staff_url()))
    page = office.get(at)
    assert_html(page.content)
    answers = {f"verdict_{row['key']}": "fit" for row in case.menu.result_checklist}
    values = {"inspected_on": "R9.3.25", "method": "書面"} | answers
    unfit = send(
        office, at, action=f"{at}inspect/", **(values | {"verdict_done": "unfit", "findings": "所見です"})
    )
    assert unfit.status_code == 422
    assert "何が合わないか" in text_of(unfit)
    assert "所見です" in text_of(unfit)
    assert send(office, at, action=f"{at}inspect/", **values).status_code == 303
    drafted = send(office, at, action=f"{at}settle/", memo="確定してよろしいか")
    assert drafted.status_code == 303
    approval = text_of(office.get(drafted.headers["Location"]))
    assert "額の確定" in approval
    assert "710,000円" in approval
    assert "支出負担行為の番号" not in approval


def test_money_is_claimed_ordered_and_the_file_closed_by_clicking(town: Town, case: Application) -> None:
    settled(town, inspected(town, reported(town, case)))
    chief, office, at = (
        signed_in(town.chief_user),
        signed_in(town.prefecture_user),
        case.get_staff_result_url(),
    )
    assert "補助金の額が710,000円に確定しました" in text_of(chief.get(case.get_absolute_url()))
    invoice = f"{case.get_result_url()}invoice/"
    assert send(chief, case.get_result_url(), action=invoice, own_number="試企第10号").status_code == 303
    assert_html(chief.get(case.get_result_url()).content)
    assert send(office, at, action=f"{at}order/").status_code == 303
    assert "支払い待ち" in text_of(office.get(at))
    case.refresh_from_db()
    enter_payment(by=actor(accountant()), payment=Payment.objects.get(), paid_on=date(2027, 3, 25))
    assert send(office, at, action=f"{at}close/").status_code == 303
    ended = text_of(office.get(case.get_staff_url()))
    assert "この申請は完了しました" in ended
    assert "令和9年4月1日から5年間保存" in ended


@pytest.mark.parametrize("files", [0, 3])
def test_the_pages_cost_the_same_however_much_is_attached(
    town: Town, case: Application, assert_queries: Any, files: int
) -> None:
    reported(town, case)
    report = ResultReport.objects.get()
    for number in range(files):
        file = staged(town.officer, f"写真{number}.pdf")
        ResultFile.objects.create(report=report, title="写真", file=file, filed_at=report.filed_at)
    for user, url, count in (
        (town.chief_user, case.get_result_url(), COST["result"]),
        (town.prefecture_user, case.get_staff_result_url(), COST["staff_result"]),
    ):
        client = signed_in(user)
        client.get(url)
        with assert_queries(count):
            client.get(url)


def test_the_pages_that_are_written_cost_at_most_a_dozen_statements(
    town: Town, case: Application, assert_queries: Any
) -> None:
    written(town, case)
    client = signed_in(town.officer_user)
    for url, count in (
        (f"{case.get_result_url()}edit/", COST["result_edit"]),
        (f"{case.get_change_url()}edit/", COST["change_edit"]),
    ):
        client.get(url)
        with assert_queries(count):
            client.get(url)
