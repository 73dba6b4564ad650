"""The job that makes the file: from the snapshot alone, once, and again when it failed."""

import hashlib
import io
from unittest.mock import patch

import pikepdf
import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from portal.areas.models import Authority
from portal.documents import actions, papers
from portal.documents.enums import DocumentState
from portal.documents.models import Document
from portal.kernel import clock, jobs
from portal.kernel.models import AuditEntry, Job
from tests.factories.accounts import UserFactory, actor
from tests.factories.documents import files_of, issued, ready, with_bytes

from .kind import KEY
from .pdf import fonts_of, tags_of, text_of

pytestmark = pytest.mark.django_db


def content_of(document: Document) -> bytes:
    with default_storage.open(document.file.storage_name, "rb") as stored:
        return stored.read()  # type: ignore[no-any-return]


def test_the_job_stores_one_file_with_its_digest(city: Authority) -> None:
    document = ready(issued(KEY, authority=city))
    content = content_of(document)
    assert (document.state, files_of(document)) == (DocumentState.ISSUED, 1)
    assert document.sha256 == document.file.sha256 == hashlib.sha256(content).hexdigest()
    assert document.file.filename == f"{document.check_number}_試験の届出.pdf"
    assert content.startswith(b"%PDF-1.7")
    assert (
        AuditEntry.objects.get(event="documents.document.finish", target_id=str(document.pk)).actor_kind
        == "job"
    )


def test_the_paper_is_tagged_japanese_and_carries_only_our_fonts(city: Authority) -> None:
    with pikepdf.open(io.BytesIO(content_of(ready(issued(KEY, authority=city))))) as paper:
        assert paper.Root.Lang == "ja"
        assert "試験の届出" in str(paper.docinfo.get("/Title", "")) or "試験の届出" in str(
            paper.open_metadata().get("dc:title")
        )
        tags = tags_of(paper)
        assert tags.count("H1") == 1
        assert "Figure:文書の確認ページの二次元コード" in tags
        assert all(name.startswith(("BIZ-UD", "IPAmj", "Hiroba")) for name in fonts_of(paper)), fonts_of(
            paper
        )


def test_the_paper_says_what_was_frozen(city: Authority) -> None:
    document = ready(issued(KEY, authority=city, own_number="新市協第12号"))
    text = "".join(text_of(content_of(document)).split())
    for words in (
        document.check_number,
        "新市協第12号",
        "鹿児島県知事　殿",
        "鹿屋市長",
        "(公印省略)",
        "髙﨑地区の届出",
        "記",
        "以上",
        "1 / 1",
    ):
        assert "".join(words.split()) in text, words
    assert "見本" not in text


def test_the_paper_writes_the_comma_of_its_government(city: Authority, prefecture: Authority) -> None:
    assert "この文書は、左の" in text_of(content_of(ready(issued(KEY, authority=city))))
    assert "この文書は，左の" in text_of(content_of(ready(issued(KEY, authority=prefecture))))


def test_the_paper_stays_as_issued_when_the_case_changes_before_it_is_made(city: Authority) -> None:
    user = UserFactory(name="旧名 太郎")
    document = issued(KEY, user, authority=city)
    user.name = "新名 太郎"
    user.save()
    city.name = "別の市"
    city.save()
    with (
        clock.at(clock.now().replace(year=2031)),
        patch("portal.documents.actions.ports.document_kinds") as kinds,
    ):
        ready(document)
    assert not kinds.mock_calls
    assert document.snapshot["body"]["name"] == "旧名 太郎"
    assert document.snapshot["issuer"]["name"] == "新潟市"


def test_making_it_twice_keeps_the_first_file(city: Authority) -> None:
    document = ready(issued(KEY, authority=city))
    digest = document.sha256
    again = with_bytes(document, b"%PDF-1.7 another")
    assert (again.sha256, files_of(document)) == (digest, 1)


def test_a_runner_that_comes_late_keeps_the_first_file(city: Authority) -> None:
    """It read the document while there was no file; another runner finished while it was rendering."""
    late = Document.objects.get(pk=issued(KEY, authority=city).pk)
    first = with_bytes(Document.objects.get(pk=late.pk), b"%PDF-1.7 first")
    assert with_bytes(late, b"%PDF-1.7 second").sha256 == first.sha256
    assert files_of(first) == 1


def test_what_a_killed_run_left_in_storage_is_replaced(city: Authority) -> None:
    document = issued(KEY, authority=city)
    left = default_storage.save(f"documents/{document.year}/{document.pk}.pdf", ContentFile(b"half a file"))
    document = ready(document)
    assert document.file.storage_name == left
    _, files = default_storage.listdir(f"documents/{document.year}")
    assert [name for name in files if str(document.pk) in name] == [f"{document.pk}.pdf"]
    assert content_of(document).startswith(b"%PDF")


def test_a_failed_rendering_keeps_its_number_and_is_tried_again(city: Authority) -> None:
    document = issued(KEY, authority=city)
    job = Job.objects.get(key=document.job_key)
    with patch("portal.kernel.pdf.render", side_effect=OSError):
        assert not jobs.run(job.pk)
    document.refresh_from_db()
    job.refresh_from_db()
    assert (document.state, document.number, job.state) == (DocumentState.ISSUING, 1, "waiting")
    assert issued(KEY, authority=city).number == 2
    with clock.at(job.run_after):
        assert jobs.run(job.pk)
    document.refresh_from_db()
    assert (document.state, document.number) == (DocumentState.ISSUED, 1)


@pytest.mark.parametrize("end", ["replace", "void"])
def test_a_document_that_ended_before_it_was_made_still_gets_its_file(city: Authority, end: str) -> None:
    user = UserFactory()
    document = issued(KEY, user, authority=city)
    if end == "void":
        actions.void(document, by=actor(user), note="誤り")
    else:
        user.letter_version = 2
        issued(KEY, user, authority=city)
    document.refresh_from_db()
    state = document.state
    document = ready(document)
    assert (document.state, document.is_ready) == (state, True)
    assert (
        AuditEntry.objects.filter(event="documents.document.filed", target_id=str(document.pk)).count() == 1
    )


def test_preview_says_見本_has_no_number_and_stores_nothing(city: Authority) -> None:
    user = UserFactory()
    text = text_of(papers.preview(KEY, user, authority=city, own_number="第1号"))
    assert "見本" in text
    assert "R8-ZZ" not in text
    assert "公印" not in text
    assert "髙﨑地区の届出" in text
    assert not Document.objects.filter(object_id=user.pk).exists()
