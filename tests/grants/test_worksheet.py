"""収支予算 by spreadsheet: the worksheet goes out with what is stored, and comes back into the section's own form."""

import io
from typing import Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from grants.enums import Part
from grants.models import Application, SetAside
from grants.worksheet.columns import HEADINGS
from grants.worksheet.views import XLSX
from tests.factories.grants import Town
from tests.support.html import assert_html

from .pages import form_of, text_of


@pytest.fixture
def officer(client: Client, town: Town) -> Client:
    client.force_login(town.officer_user)
    return client


def page_of(application: Application) -> str:
    return reverse("grants:application_worksheet", args=[application.pk])


def fetched(client: Client, application: Application) -> openpyxl.Workbook:
    answer = client.get(f"{page_of(application)}file/")
    assert answer["Content-Type"] == XLSX
    assert answer["Cache-Control"].startswith("private") or "no-store" in answer["Cache-Control"]
    return openpyxl.load_workbook(io.BytesIO(b"".join(answer.streaming_content)))  # type: ignore[attr-defined]


def brought(client: Client, application: Application, book: openpyxl.Workbook) -> Any:
    kept = io.BytesIO()
    book.save(kept)
    file = SimpleUploadedFile("用紙.xlsx", kept.getvalue(), XLSX)
    return client.post(page_of(application), {**form_of(client.get(page_of(application))), "file": file})


def first_row(sheet: Any, **told: Any) -> int:
    return next(
        row[0].row
        for row in sheet.iter_rows(min_row=5)
        if (row[0].value, row[1].value) == tuple(told.values())
    )


def test_what_is_stored_goes_out_and_comes_back_the_same(officer: Client, town: Town) -> None:
    application = town.ready()
    before = list(
        application.expenses.values_list(
            "setsu", "description", "unit_price_yen", "quantity", "ineligible_yen"
        )
    )
    book = fetched(officer, application)
    sheet = book["収支予算"]
    assert tuple(cell.value for cell in sheet[4])[: len(HEADINGS)] == HEADINGS
    assert sheet["G5"].value == '=IF(D5="","",D5*IF(E5="",1,E5))'
    answer = brought(officer, application, book)
    assert (answer.status_code, answer["Location"]) == (
        303,
        f"{application.get_edit_url(Part.BUDGET)}?restore=1",
    )
    page = officer.get(answer["Location"])
    assert_html(page.content)
    assert "講師の謝金" in text_of(page)
    assert officer.post(application.get_edit_url(Part.BUDGET), form_of(page)).status_code == 303
    rows = application.expenses.values_list(
        "setsu", "description", "unit_price_yen", "quantity", "ineligible_yen"
    )
    assert list(rows) == before
    assert not SetAside.objects.exists()


def test_what_was_written_is_looked_at_before_it_is_saved(officer: Client, town: Town) -> None:
    application = town.draft()
    book = fetched(officer, application)
    sheet = book["収支予算"]
    row = first_row(sheet, side="支出", kind="8 旅費")
    sheet.cell(row, 3, "講師の旅費")
    sheet.cell(row, 4, "12，000円")
    sheet.cell(row, 5, 3)
    sheet.cell(40, 1, "支出")
    sheet.cell(40, 2, "12")
    sheet.cell(40, 3, "=委託")
    sheet.cell(40, 3).data_type = "s"
    sheet.cell(40, 4, "ただ")
    answer = brought(officer, application, book)
    assert application.expenses.count() == 0
    page = officer.get(answer["Location"])
    assert "講師の旅費" in text_of(page)
    wrong = officer.post(application.get_edit_url(Part.BUDGET), form_of(page))
    assert wrong.status_code == 422
    right = {name: "5,000" if value == ["ただ"] else value for name, value in form_of(page).items()}
    assert officer.post(application.get_edit_url(Part.BUDGET), right).status_code == 303
    rows = application.expenses.values_list("setsu", "description", "amount_yen")
    assert list(rows) == [(8, "講師の旅費", 36_000), (12, "=委託", 5_000)]


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        ({(5, 1): "支出", (5, 2): "99 ほか", (5, 3): "謎"}, "5行目: 「99 ほか」という節はありません"),
        ({(5, 1): "収入", (5, 2): "宝くじ", (5, 4): 5}, "5行目: 「宝くじ」という収入の種類はありません"),
        ({(5, 1): "その他", (5, 3): "謎"}, "5行目: 区分は支出・収入・市町村負担から"),
        ({(5, 1): "18節の額", (5, 4): 5}, "5行目: 区分は支出・収入・市町村負担から"),
        ({(5, 4): "=1+1"}, "5行目: "),
        ({(4, 1): "消した"}, "「表計算の用紙」ではないようです"),
        ({}, "何も書かれていません"),
    ],
)
def test_what_cannot_be_taken_is_told_by_row_and_nothing_is_kept(
    officer: Client, town: Town, cells: dict[tuple[int, int], Any], said: str
) -> None:
    application = town.draft()
    book = fetched(officer, application)
    sheet = book["収支予算"]
    for (row, column), value in cells.items():
        sheet.cell(row, column, value)
    answer = brought(officer, application, book)
    assert answer.status_code == 409
    assert said in text_of(answer)
    assert_html(answer.content)
    assert not SetAside.objects.exists()


def test_another_file_is_refused_at_its_field(officer: Client, town: Town) -> None:
    application = town.draft()
    data = form_of(officer.get(page_of(application)))
    file = SimpleUploadedFile("用紙.xlsx", b"%PDF-1.4 no table", XLSX)
    answer = officer.post(page_of(application), {**data, "file": file})
    assert answer.status_code == 422
    assert officer.post(page_of(application), data).status_code == 422
    assert not SetAside.objects.exists()


def test_a_filed_application_takes_no_worksheet(officer: Client, town: Town) -> None:
    application = town.submitted()
    assert officer.get(page_of(application)).status_code == 302
    officer.force_login(Town().officer_user)
    assert officer.get(page_of(application)).status_code == 404
    assert officer.get(f"{page_of(application)}file/").status_code == 404
