"""A draft of ①, ② or ④ by spreadsheet, its 見本, and the receipt of what was filed."""

import io
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from grants import actions
from grants.commission.actions import proposals
from grants.models import Advisor, DraftTyped
from grants.together.boxes import GONE, HEADINGS
from grants.together.drafts import column
from grants.together.receipts import receipt
from grants.worksheet.views import XLSX
from grants.workshop.actions import cases
from portal.documents.models import Document
from tests.factories import dispatch, workshop
from tests.factories.commission import person, published_call, ready_proposal
from tests.factories.grants import Town
from tests.support.html import assert_html

from .commission_support import signed_in
from .pages import form_of, text_of


@dataclass
class Case:
    """A draft in which everything stands, its writer, where it is written, how it is sent."""

    draft: Any
    user: Any
    page: str
    label: str
    field: str
    preview: str
    send: Callable[[], Any]

    def url(self, name: str = "draft_worksheet") -> str:
        return reverse(f"grants:{name}", args=[column(self.draft), self.draft.pk])

    def stored(self) -> Any:
        return type(self.draft).objects.get(pk=self.draft.pk)


def _dispatch(town: Town) -> Case:
    made = dispatch.draft(town)
    preview = reverse("grants:dispatch_preview", args=[made.pk])
    return Case(
        made, town.chief_user, made.get_edit_url(), "課題", "issue", preview,
        lambda: actions.submit_dispatch(by=town.chief, dispatch=made),
    )  # fmt: skip


def _workshop(town: Town) -> Case:
    made = workshop.draft(town)
    return Case(
        made, town.chief_user, made.get_edit_url(), "ねらい", "aim", made.get_preview_url(),
        lambda: cases.submit_workshop(by=town.chief, workshop=made),
    )  # fmt: skip


def _proposal(town: Town) -> Case:
    npo = person()
    made = ready_proposal(town, published_call(town), npo)
    preview = reverse("grants:proposal_preview", args=[made.pk])
    return Case(
        made, npo.user, made.get_edit_url("words"), "実施計画", "plan", preview,
        lambda: proposals.submit_proposal(by=npo, proposal=made, oath=True),
    )  # fmt: skip


@pytest.fixture(params=[_dispatch, _workshop, _proposal], ids=lambda make: make.__name__[1:])
def case(request: pytest.FixtureRequest, town: Town) -> Case:
    make: Callable[[Town], Case] = request.param
    return make(town)


def fetched(case: Case) -> openpyxl.Workbook:
    answer = signed_in(case.user).get(case.url("draft_worksheet_file"))
    assert (answer.status_code, answer["Content-Type"]) == (200, XLSX)
    return openpyxl.load_workbook(io.BytesIO(b"".join(answer.streaming_content)))  # type: ignore[attr-defined]


def brought(case: Case, book: openpyxl.Workbook) -> Any:
    kept, client = io.BytesIO(), signed_in(case.user)
    book.save(kept)
    file = SimpleUploadedFile("用紙.xlsx", kept.getvalue(), XLSX)
    return client.post(case.url(), {**form_of(client.get(case.url())), "file": file})


def row_of(sheet: Any, label: str) -> int:
    return next(int(row[0].row) for row in sheet.iter_rows(min_row=5) if row[0].value == label)


def test_it_goes_out_with_what_is_stored_and_comes_back_into_the_form(case: Case) -> None:
    book, before = fetched(case), case.stored()
    sheet = book["下書き"]
    assert tuple(cell.value for cell in sheet[4]) == HEADINGS
    assert sheet.cell(row_of(sheet, case.label), 2).value == getattr(before, case.field)
    sheet.cell(row_of(sheet, case.label), 2, "家で書いた文")
    answer = brought(case, book)
    assert (answer.status_code, answer["Location"]) == (303, f"{case.page}?restore=1")
    assert getattr(case.stored(), case.field) == getattr(before, case.field), "nothing stored changes"
    client = signed_in(case.user)
    page = client.get(answer["Location"])
    assert_html(page.content)
    assert client.post(case.page, form_of(page)).status_code == 303
    after = case.stored()
    assert (getattr(after, case.field), DraftTyped.objects.exists()) == ("家で書いた文", False)
    for name in ("title", "applicant_name", "manner", "host_kind", "starts_at", "venue", "team"):
        assert getattr(after, name, None) == getattr(before, name, None), name


def test_what_cannot_be_taken_is_told_by_row_and_nothing_is_kept(case: Case) -> None:
    for place, value, said in (
        (1, "謎の欄", "「謎の欄」という欄はありません"),
        (2, "=1+1", "行目: "),
    ):
        book = fetched(case)
        number = row_of(book["下書き"], case.label)
        book["下書き"].cell(number, place, value)
        answer = brought(case, book)
        assert (answer.status_code, f"{number}行目" in text_of(answer), said in text_of(answer)) == (
            409,
            True,
            True,
        )
        assert_html(answer.content)
    same = brought(case, fetched(case))
    assert (same.status_code, "保存されている内容と同じです" in text_of(same)) == (409, True)
    book = fetched(case)
    book["下書き"].cell(4, 1, "消した")
    assert "「表計算の用紙」ではないようです" in text_of(brought(case, book))
    assert not DraftTyped.objects.exists()


def test_a_choice_is_taken_by_its_words(town: Town) -> None:
    case = _dispatch(town)
    book = fetched(case)
    sheet = book["下書き"]
    sheet.cell(row_of(sheet, "方法"), 2, "のろし")
    wrong = brought(case, book)
    assert (wrong.status_code, "方法に「のろし」は選べません" in text_of(wrong)) == (409, True)
    sheet.cell(row_of(sheet, "方法"), 2, "オンライン")
    assert brought(case, book).status_code == 303
    assert DraftTyped.objects.get().sent["manner"] == ["online"]


def test_the_price_breakdown_comes_back_line_by_line(town: Town) -> None:
    case = _proposal(town)
    book = fetched(case)
    sheet = book["下書き"]
    assert sheet.cell(row_of(sheet, "1 金額"), 2).value == 800_000
    assert sheet.cell(row_of(sheet, "経費の合計(計算)"), 2).value.startswith("=SUM(B")
    sheet.cell(row_of(sheet, "1 金額"), 2, 700_000)
    sheet.cell(row_of(sheet, "3 費目と内容"), 2, "印刷")
    sheet.cell(row_of(sheet, "3 金額"), 2, "１００，０００円")
    answer = brought(case, book)
    costs = case.draft.get_edit_url("costs")
    assert (answer.status_code, answer["Location"]) == (303, f"{costs}?restore=1")
    client = signed_in(case.user)
    assert client.post(costs, form_of(client.get(answer["Location"]))).status_code == 303
    rows = list(case.draft.lines.order_by("position").values_list("label", "amount_yen"))
    assert rows == [("人件費", 700_000), ("会場と車両", 600_000), ("印刷", 100_000)]


def test_strangers_and_sent_drafts_have_no_worksheet(case: Case) -> None:
    stranger = signed_in(Town().officer_user)
    assert stranger.get(case.url()).status_code == 404
    assert stranger.get(case.url("draft_worksheet_file")).status_code == 404
    case.send()
    assert signed_in(case.user).get(case.url()).status_code in (
        {200, 302} if column(case.draft) == "workshop" else {302}
    )


def test_the_sample_is_a_pdf_and_stores_nothing(case: Case) -> None:
    answer = signed_in(case.user).get(case.preview)
    assert (answer["Content-Type"], answer.content[:5]) == ("application/pdf", b"%PDF-")
    assert not Document.objects.filter(object_id=case.draft.pk).exists()
    assert signed_in(Town().officer_user).get(case.preview).status_code == 404


def test_the_receipt_says_who_filed_what_and_its_digest(case: Case) -> None:
    client = signed_in(case.user)
    assert "提出の控え" not in text_of(client.get(case.draft.get_absolute_url()))
    case.send()
    page = client.get(case.draft.get_absolute_url())
    assert_html(page.content)
    words = text_of(page)
    assert "提出の控え" in words
    assert f"{case.user.name}さん" in words
    paper = Document.objects.get(object_id=case.draft.pk)
    found = receipt(case.stored(), [paper], paper.kind)
    assert found is not None
    assert f"SHA-256 {found.digest}" in words
    changed = Document(kind=paper.kind, snapshot={**paper.snapshot, "title": "一字ちがう"})
    other = receipt(case.stored(), [changed], paper.kind)
    assert other is not None
    assert (len(found.digest), found.digest != other.digest) == (64, True)
    assert receipt(case.stored(), [Document(kind=paper.kind, snapshot={})], paper.kind) is None, "erased"


def test_the_same_file_sent_twice_leads_to_the_same_place(case: Case) -> None:
    book = fetched(case)
    book["下書き"].cell(row_of(book["下書き"], case.label), 2, "家で書いた文")
    kept, client = io.BytesIO(), signed_in(case.user)
    book.save(kept)
    opened = form_of(client.get(case.url()))
    answers = []
    for _ in range(2):
        file = SimpleUploadedFile("用紙.xlsx", kept.getvalue(), XLSX)
        answers.append(client.post(case.url(), {**opened, "file": file}))
    assert [(row.status_code, row["Location"]) for row in answers] == [(303, f"{case.page}?restore=1")] * 2
    assert DraftTyped.objects.count() == 1


def test_a_stored_choice_that_is_no_longer_offered_stays(town: Town) -> None:
    adviser = dispatch.Adviser(town)
    made = dispatch.draft(town, wished=adviser.row)
    Advisor.objects.filter(pk=adviser.row.pk).update(shown=[])
    case = replace(_dispatch(town), draft=made, page=made.get_edit_url())
    book = fetched(case)
    sheet = book["下書き"]
    assert sheet.cell(row_of(sheet, "希望するアドバイザー"), 2).value == GONE
    sheet.cell(row_of(sheet, case.label), 2, "家で書いた文")
    assert brought(case, book).status_code == 303
    assert DraftTyped.objects.get().sent["wished"] == [str(adviser.row.pk)]


def test_of_two_with_the_same_name_the_stored_one_stays(town: Town) -> None:
    for _ in range(2):
        dispatch.Adviser(town).row  # noqa: B018 - made when it is asked for
    first, second = Advisor.objects.order_by("kana", "id")
    made = dispatch.draft(town, wished=second)
    case = replace(_dispatch(town), draft=made, page=made.get_edit_url())
    book = fetched(case)
    book["下書き"].cell(row_of(book["下書き"], case.label), 2, "家で書いた文")
    assert brought(case, book).status_code == 303
    assert DraftTyped.objects.get().sent["wished"] == [str(second.pk)]
    assert first.name == second.name


def test_a_worksheet_that_comes_after_the_draft_was_sent_is_refused(town: Town) -> None:
    case = _dispatch(town)
    book, kept, client = fetched(case), io.BytesIO(), signed_in(case.user)
    book["下書き"].cell(row_of(book["下書き"], case.label), 2, "家で書いた文")
    book.save(kept)
    opened = form_of(client.get(case.url()))
    case.send()
    late = client.post(case.url(), {**opened, "file": SimpleUploadedFile("用紙.xlsx", kept.getvalue(), XLSX)})
    assert (late.status_code, "いまは「申込み済み」です" in text_of(late)) == (409, True)
    assert not DraftTyped.objects.exists()
