"""What the journeys of ③ do again and again: enter a 決裁, attach a paper, and have every paper of a file."""

import io
from collections.abc import Iterable
from datetime import date
from pathlib import Path

import pikepdf

from grants.models import Application, Reclaim
from portal.documents.models import Document
from portal.kernel import jobs
from portal.kernel.models import Job
from tests.journeys.steps import Visitor
from tests.support.browser import People

WIDE, PHONE = 1280, 390
PAPER = b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


def records(officer: Visitor, day: date, number: str, folder: Path) -> None:
    """The office's own 決裁, entered on the page of the draft."""
    paper = folder / "決裁済.pdf"
    paper.write_bytes(PAPER)
    officer.reads("庁内の決裁を記録する").fill(
        {
            "record_number": "起-911", "decided_on": day.isoformat(), "effective_on": day.isoformat(),
            "approver_title": "くらし共生協働課長", "approver_name": "課長 見本", "document_number": number,
        }
    )  # fmt: skip
    if officer.page.locator("main [name='commitment_number']").count():
        officer.fill({"commitment_number": f"負-{number}"})
    officer.page.locator("main input[type=file]").set_input_files(paper)
    officer.press("記録して決定する")


def charged_to(case: Application) -> dict[str, str]:
    """What is chosen of the 科目 of the year: 18節, for the year has others too."""
    return {"line": str(case.menu.programme.budget_lines.get(setsu=18).pk)}


def attaches(visitor: Visitor, folder: Path, name: str, values: dict[str, str]) -> None:
    paper = folder / name
    paper.write_bytes(PAPER)
    visitor.fill(values).page.locator("main input[type=file]").set_input_files(paper)
    visitor.press("添付する").reads(name)


def papers(
    people: People, key: str, objects: Iterable[Application | Reclaim], folder: Path
) -> dict[str, Document]:
    """Every paper of these records, by kind: made, tagged, and read by the person.

    The jobs are run here, as a worker would: the demo has left hundreds before them.
    """
    found = Document.objects.filter(object_id__in=[row.pk for row in objects])
    for document in found.filter(file=None):
        jobs.run(Job.objects.get(key=document.job_key).pk)
    reader = Visitor(people, WIDE, key).page
    for document in found.all():
        answer = reader.request.get(f"/documents/{document.pk}/file/")
        assert answer.status == 200, document.kind
        (folder / f"{document.kind}-{document.version}.pdf").write_bytes(answer.body())
        with pikepdf.open(io.BytesIO(answer.body())) as paper:
            assert "/StructTreeRoot" in paper.Root, document.kind
    return {document.kind: document for document in found.order_by("created_at")}
