"""What a 一件書類 says where papers are not made yet, and of the 決裁 of a batch or of the portal."""

from pathlib import Path

from django.core.files.storage import default_storage

from grants.models import Application, Approval, Dossier, LetterBatch
from portal.kernel import clock, poppler
from tests.factories.accounts import officer
from tests.factories.areas import KAGOSHIMA
from tests.factories.deciding import decided, deciding, open_approval, reviewing
from tests.factories.grants import Town

from .test_dossier import made, submitted
from .test_signing import kept_here, sign


def whole(row: Dossier, folder: Path) -> Path:
    assert row.file is not None
    to = folder / "whole.pdf"
    with default_storage.open(row.file.storage_name) as content:
        to.write_bytes(content.read())
    return to


def test_a_cover_before_papers_that_are_not_made_counts_its_own_pages(town: Town, tmp_path: Path) -> None:
    row = made(town, submitted(town))
    assert row.contents[1]["why_not"] == "まだできていません"
    assert row.contents[0]["pages"] >= 1
    pages = sum(part["pages"] for part in row.contents)
    assert poppler.page_count(whole(row, tmp_path)) == row.page_count == pages


def test_the_signatures_of_the_portal_stand_on_a_sheet(town: Town, tmp_path: Path) -> None:
    chief, head = officer("prefecture_section_chief", KAGOSHIMA), officer("prefecture_head", KAGOSHIMA)
    case = deciding(town, kept_here(reviewing(town)))
    approval = open_approval(case)
    sign(chief, approval)
    sign(head, approval)
    row = made(town, Application.objects.get(pk=case.pk))
    sheet = next(part for part in row.contents if part["title"] == "決裁の記録")
    said = "".join(poppler.text(whole(row, tmp_path), page=sheet["first"]).split())
    for words in ("交付決定(決裁済み)", "くらし共生協働課長(決裁)", "総務部長(", chief.name, head.name):
        assert "".join(words.split()) in said


def test_the_decided_paper_of_a_batch_belongs_to_each_of_its_files(town: Town) -> None:
    case = decided(town)
    approval = Approval.objects.get(application=case)
    shared = LetterBatch.objects.create(
        menu=case.menu, record_number="起-1", decided_on=clock.today_jst(), effective_on=clock.today_jst(),
        approver_title="課長", approver_name="決裁 花子", paper=approval.paper,
    )  # fmt: skip
    Approval.objects.filter(pk=approval.pk).update(paper=None, batch=shared)
    row = made(town, case)
    assert "決裁済みの文書" in [part["group"] for part in row.contents]
    assert "決裁の記録" not in [part["group"] for part in row.contents]
