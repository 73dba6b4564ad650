"""A batch of letters: each file once, in the order of the list, without a gap, also when the worker dies between two."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from grants import actions, letters
from grants.models import Application, Approval, CapUse, LetterBatch
from portal.documents.models import Document
from portal.kernel import jobs
from portal.kernel.models import Job
from portal.kernel.refusals import Refusal
from tests.factories.deciding import GRANT_YEN, deciding, line_of, record, reviewing
from tests.factories.grants import PDF_BYTES, Town
from tests.support.html import assert_html

from .pages import send, text_of


def towns(town: Town, count: int) -> list[Town]:
    """Towns of one office, whose files one officer holds."""
    more = [Town(office=town.office) for _ in range(count - 1)]
    for one in more:
        one.__dict__["prefecture_user"] = town.prefecture_user
    return [town, *more]


def asked(town: Town, files: list[Application], **changed: Any) -> LetterBatch:
    values = record(town.prefecture, **changed)
    return actions.ask_letters(
        by=town.prefecture, applications=files, line=line_of(town, files[0].menu), **values
    )


def run(batch: LetterBatch) -> Job:
    row = Job.objects.get(key=batch.job_key)
    jobs.run(row.pk)
    row.refresh_from_db()
    return row


def numbers(files: list[Application]) -> list[str]:
    return [row.approvals.get(state="signed").document_number for row in files]


def test_each_file_once_in_the_order_of_the_list(town: Town) -> None:
    first, second, third = towns(town, 3)
    files = [reviewing(first), deciding(second), reviewing(third)]
    batch = asked(town, files)
    row = run(batch)
    assert (row.state, row.done_count, row.total_count) == ("done", 3, 3)
    assert numbers(files) == ["く共第123号", "く共第123号の2", "く共第123号の3"]
    papers = Document.objects.filter(kind="grants.decision").order_by("number")
    assert [paper.object_id for paper in papers] == [case.pk for case in files]
    assert [paper.number for paper in papers] == [1, 2, 3]
    assert set(CapUse.objects.values_list("basis", "amount_yen")) == {("decided", GRANT_YEN)}


def test_what_cannot_be_decided_says_why_and_takes_no_number(town: Town) -> None:
    first, second, third = towns(town, 3)
    files = [reviewing(first), reviewing(second), reviewing(third)]
    files[1].checks.first().delete()
    batch = asked(town, files)
    run(batch)
    outcomes = list(batch.items.values_list("outcome", flat=True))
    assert outcomes == ["done", "refused", "done"]
    assert "1件、まだ答えられていません" in batch.items.get(position=2).message
    assert numbers([files[0], files[2]]) == ["く共第123号", "く共第123号の2"]
    assert not Approval.objects.filter(application=files[1]).exists()


def test_a_worker_that_dies_between_two_leaves_no_gap_and_no_twin(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = [reviewing(one) for one in towns(town, 3)]
    batch = asked(town, files)
    real, calls = letters._record, []

    def dying(application: Application, *rest: Any) -> None:
        real(application, *rest)
        calls.append(application.pk)
        if len(calls) == 2:
            raise KeyboardInterrupt

    monkeypatch.setattr(letters, "_record", dying)
    with pytest.raises(KeyboardInterrupt):
        run(batch)
    assert list(batch.items.values_list("outcome", flat=True)) == ["done", "waiting", "waiting"]
    Job.objects.filter(key=batch.job_key).update(state="waiting", lease_token=None, lease_until=None)
    assert run(batch).state == "done"
    assert numbers(files) == ["く共第123号", "く共第123号の2", "く共第123号の3"]
    assert Document.objects.filter(kind="grants.decision").count() == 3


@pytest.mark.parametrize(
    ("changed", "field"), [({"document_number": ""}, "document_number"), ({"line": None}, "line")]
)
def test_a_batch_that_cannot_be_is_refused_at_its_field(
    town: Town, changed: dict[str, Any], field: str
) -> None:
    case = reviewing(town)
    values = {"line": line_of(town, case.menu), **record(town.prefecture)} | changed
    with pytest.raises(Refusal) as refused:
        actions.ask_letters(by=town.prefecture, applications=[case], **values)
    assert refused.value.field == field
    with pytest.raises(Refusal, match="1件以上"):
        actions.ask_letters(by=town.prefecture, applications=[], **values)
    assert not LetterBatch.objects.exists()


def test_chosen_on_screen_and_watched(town: Town, client: Client) -> None:
    case = reviewing(town)
    line = line_of(town, case.menu)
    client.force_login(town.prefecture_user)
    address = "/staff/grants/letters/new/"
    values: dict[str, Any] = {
        "line": str(line.pk), "record_number": "起-7", "decided_on": "R8.11.25", "approver_title": "課長",
        "approver_name": "決裁 花子", "effective_on": "R8.11.25", "document_number": "く共第9号", "commitment_number": "負-9",
    }  # fmt: skip
    paper = SimpleUploadedFile("決裁.pdf", PDF_BYTES, "application/pdf")
    none = send(client, address, paper=paper, **values)
    assert none.status_code == 422
    assert "申請を1件以上選んでください。" in text_of(none)
    paper = SimpleUploadedFile("決裁.pdf", PDF_BYTES, "application/pdf")
    done = send(client, address, applications=[str(case.pk)], paper=paper, **values)
    assert done.status_code == 303
    batch = LetterBatch.objects.get()
    assert "これから" in text_of(client.get(batch.get_absolute_url()))
    run(batch)
    page = client.get(batch.get_absolute_url())
    assert "決定しました" in text_of(page)
    assert_html(page.content)
