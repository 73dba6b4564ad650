"""The answers of a 一斉照会 as a file: what its page shows, for the office that asked, with nothing a spreadsheet would run."""

import csv
import io

import pytest
from django.core.exceptions import PermissionDenied
from django.http import Http404
from openpyxl import load_workbook

from communities import actions
from portal.kernel import exports, jobs, ports
from portal.kernel.export_models import Export
from portal.kernel.exports import making
from portal.kernel.models import AuditEntry, Job
from tests.factories import communities as make
from tests.support.html import assert_html
from tests.support.pages import form_values

from .test_officer_inquiries import client_of, holder, paper, values

pytestmark = pytest.mark.django_db
HEADINGS = ["コミュニティ・市町村", "地域", "回答した日時", "何回ひらきますか", "会場", "困りごと"]


@pytest.fixture
def officer():  # type: ignore[no-untyped-def]
    return make.ward_officer()


@pytest.fixture
def inquiry(officer):  # type: ignore[no-untyped-def]
    """Three were asked; two have answered, one of them with what a spreadsheet would run."""
    made = paper(officer, *(make.community(name=f"照会の会{number}") for number in range(3)))
    first, second = made.recipients.order_by("community__name")[:2]
    actions.answer_inquiry(by=holder(first), recipient=first, values=values(made))
    text = str(made.questions.last().pk)
    actions.answer_inquiry(
        by=holder(second), recipient=second, values=values(made, 7) | {text: "=HYPERLINK(1)"}
    )
    return made


def fetched(client, inquiry, form: str) -> bytes:  # type: ignore[no-untyped-def]
    """Press the button of the paper's page and fill in what it leads to."""
    address = f"/staff/exports/answers/new/?inquiry={inquiry.pk}"
    shown = client.get(inquiry.get_absolute_url())
    assert_html(shown.content)
    assert address in shown.content.decode()
    page = client.get(address)
    assert_html(page.content)
    sent = client.post(address, {**form_values(page.content), "form": form})
    assert sent.status_code == 303
    return b"".join(client.get(sent.url).streaming_content)


def test_answers_leave_by_question_the_unanswered_last(officer, inquiry) -> None:  # type: ignore[no-untyped-def]
    made = list(csv.reader(io.StringIO(fetched(client_of(officer), inquiry, "csv").decode("utf-8-sig"))))
    assert made[0] == HEADINGS
    assert [row[:2] + row[3:] for row in made[1:]] == [
        ["照会の会0", "秋葉区", "3", "公民館", "鍵の受けわたし"],
        ["照会の会1", "秋葉区", "7", "公民館", "'=HYPERLINK(1)"],
        ["照会の会2", "秋葉区", "", "", ""],
    ]
    entry = AuditEntry.objects.get(event="kernel.export.asked")
    assert entry.data == {"kind": "answers", "form": "csv", "long": False, "inquiry": str(inquiry.pk)}


def test_a_workbook_holds_numbers_as_numbers_and_formulas_as_text(officer, inquiry) -> None:  # type: ignore[no-untyped-def]
    sheet = load_workbook(io.BytesIO(fetched(client_of(officer), inquiry, "xlsx"))).active
    assert [cell.value for cell in sheet[1]] == HEADINGS
    assert (sheet["D2"].value, sheet["D3"].value) == (3, 7)
    assert (sheet["F3"].value, sheet["F3"].data_type, sheet["F3"].quotePrefix) == ("=HYPERLINK(1)", "s", True)


def test_a_long_one_is_written_by_a_job(officer, inquiry, monkeypatch) -> None:  # type: ignore[no-untyped-def]
    monkeypatch.setattr("portal.kernel.exports.actions.LONG", 1)
    monkeypatch.setattr(making, "CHUNK", 1)
    export = exports.ask_for_export(
        by=officer, kind="answers", form="csv", params={"inquiry": str(inquiry.pk)}
    )
    client = client_of(officer)
    assert "作っています" in client.get(f"/staff/exports/{export.pk}/").content.decode()
    assert jobs.run(Job.objects.get(key=export.job_key).pk)
    assert "3行を書き出しました" in client.get(f"/staff/exports/{export.pk}/").content.decode()
    rows = b"".join(client.get(f"/staff/exports/{export.pk}/file/").streaming_content).decode("utf-8-sig")
    assert [line.split(",")[0] for line in rows.splitlines()[1:]] == ["照会の会0", "照会の会1", "照会の会2"]


def test_only_the_office_that_asked_takes_it_out(officer, inquiry) -> None:  # type: ignore[no-untyped-def]
    organiser = make.organiser(inquiry.recipients.first().community)
    address = f"/staff/exports/answers/new/?inquiry={inquiry.pk}"
    for who in (make.ward_officer("151017"), make.person(), organiser):
        assert client_of(who).get(address).status_code == 404
        assert client_of(who).get(inquiry.get_absolute_url()).status_code == 404
    with pytest.raises(Http404):
        exports.ask_for_export(
            by=make.ward_officer("151017"), kind="answers", form="csv", params={"inquiry": str(inquiry.pk)}
        )
    assert not Export.objects.exists()
    made = exports.ask_for_export(by=officer, kind="answers", form="csv", params={"inquiry": str(inquiry.pk)})
    officer.user.appointments.all().delete()
    assert client_of(make.fresh(officer)).get(f"/staff/exports/{made.pk}/file/").status_code == 404


@pytest.mark.parametrize(
    "query", ["", "?inquiry=", "?inquiry=x", "?inquiry=00000000-0000-4000-8000-000000000000"]
)
def test_without_a_paper_there_is_nothing(officer, query) -> None:  # type: ignore[no-untyped-def]
    assert client_of(officer).get(f"/staff/exports/answers/new/{query}").status_code == 404


def test_a_paper_that_was_not_sent_has_no_answers(officer) -> None:  # type: ignore[no-untyped-def]
    draft = paper(officer, make.community(), opened=False)
    client = client_of(officer)
    assert "/staff/exports/answers/" not in client.get(draft.get_absolute_url()).content.decode()
    assert client.get(f"/staff/exports/answers/new/?inquiry={draft.pk}").status_code == 404


def test_other_lists_have_the_columns_they_had(officer) -> None:  # type: ignore[no-untyped-def]
    kind = ports.export_kinds["communities"]
    assert kind.columns_for(officer, {}) == kind.columns
    with pytest.raises(PermissionDenied):
        ports.export_kinds["registrations"].admits(
            officer, {"event": str(make.event(collector="community").pk)}
        )
