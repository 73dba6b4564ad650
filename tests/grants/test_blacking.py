"""黒塗り: nothing of what is marked can be read out of the copy, in any of its layers, and nothing else is covered."""

import json
import subprocess
from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from PIL import Image

from grants.dossier import actions, blacking, finding
from grants.dossier.fields import terms
from grants.models import Application, Redaction
from portal.kernel import audit, jobs, poppler
from portal.kernel.models import Job
from tests.factories.accounts import actor
from tests.factories.dossier import SECRET, mark, paper, redaction
from tests.factories.grants import Town

WORDS = ("代表者は試験一郎である。", "連絡先 099-123-4567 (内線 12)", "事業の名称 買い物と見守りを支える事業")


@pytest.fixture
def case(town: Town) -> Application:
    return town.draft()


def made(copy: Redaction) -> bytes:
    """The bytes of the copy, after its job."""
    assert copy.started_by is not None
    actions.make_redaction(by=actor(copy.started_by), redaction=copy)
    jobs.run(Job.objects.get(key=copy.job_key).pk)
    copy.refresh_from_db()
    assert copy.file is not None
    with blacking.default_storage.open(copy.file.storage_name) as file:
        return bytes(file.read())


def pictures(content: bytes, folder: Path) -> list[Image.Image]:
    """The pages as an eye sees them, in grey."""
    (folder / "copy.pdf").write_bytes(content)
    count = poppler.page_count(folder / "copy.pdf")
    return [
        Image.open(poppler.draw(folder / "copy.pdf", page, dpi=72, to=folder / f"seen{page}")).convert("L")
        for page in range(1, count + 1)
    ]


def dark(picture: Image.Image) -> float:
    """How much of a page is black."""
    histogram = picture.histogram()
    return sum(histogram[:40]) / sum(histogram)


def with_secrets_everywhere(content: bytes) -> bytes:
    """The same PDF with the secret in its metadata, an annotation, an attachment and its outline."""
    out = BytesIO()
    with pikepdf.open(BytesIO(content)) as document:
        document.docinfo["/Title"] = SECRET
        document.docinfo["/Keywords"] = "099-123-4567"
        document.attachments["memo.txt"] = SECRET.encode()
        note = pikepdf.Dictionary(
            Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Text, Rect=[50, 700, 70, 720], Contents=SECRET
        )
        document.pages[0].Annots = document.make_indirect(pikepdf.Array([document.make_indirect(note)]))
        with document.open_outline() as outline:
            outline.root.append(pikepdf.OutlineItem(SECRET, 0))
        document.save(out)
    return out.getvalue()


def test_nothing_of_what_is_marked_stays_in_the_copy(town: Town, case: Application, tmp_path: Path) -> None:
    copy = redaction(town, case, with_secrets_everywhere(paper(*WORDS)))
    person, phone = mark(copy, term="試験一郎"), mark(copy, term="０９９-123-4567", ground="business")
    content = made(copy)
    (tmp_path / "copy.pdf").write_bytes(content)
    read = subprocess.run(
        ["pdftotext", str(tmp_path / "copy.pdf"), "-"], capture_output=True, check=True
    ).stdout.decode()
    assert read.strip() == ""
    for secret in (SECRET, "試験一郎", "099-123-4567", "一郎"):
        for code in ("utf-8", "utf-16-be", "utf-16-le", "cp932"):
            assert secret.encode(code) not in content
    with pikepdf.open(BytesIO(content)) as document:
        assert len(document.attachments) == 0
        assert not any("/Annots" in page for page in document.pages)
        assert "/Outlines" not in document.Root
        told = json.dumps({key: str(value) for key, value in document.docinfo.items()}, ensure_ascii=False)
        assert SECRET not in told
        assert "099" not in told
        assert all("/Font" not in page.get("/Resources", {}) for page in document.pages)
    for row in (person, phone):
        row.refresh_from_db()
        assert row.found_count == 1
    events = [entry.event for entry in audit.history(copy)]
    assert {"grants.redaction.make", "grants.redaction.finish", "grants.redaction.filed"} <= set(events)


def test_only_the_term_is_covered_and_wholly(town: Town, case: Application, tmp_path: Path) -> None:
    source = tmp_path / "source.pdf"
    source.write_bytes(paper(*WORDS))
    words = poppler.words(source, 1)
    boxes = finding.boxes_of("試験一郎", source, 1, words)
    assert len(boxes) == 1
    assert "試験一郎" in "".join(poppler.text_in(source, 1, boxes[0]).split())
    line = next(word for word in words if "試験一郎" in word.text)
    assert boxes[0].right - boxes[0].left < (line.box.right - line.box.left) * 0.75
    left = poppler.text_in(source, 1, poppler.Box(0, line.box.top, boxes[0].left, line.box.bottom))
    right = poppler.text_in(source, 1, poppler.Box(boxes[0].right, line.box.top, 595, line.box.bottom))
    assert not set("試験一郎") & set(left + right)


@pytest.mark.parametrize(
    ("texts", "term", "count"),
    [
        (("試験一郎と試験一郎",), "試験一郎", 2),
        (("ＡＢＣ株式会社",), "abc", 1),
        (("試 験 一 郎",), "試験一郎", 4),
        (("いろは",), "試験一郎", 0),
        (("iiiiiiWWWWWWiiiiii",), "WWWWWW", 1),
        (("",), "試験一郎", 0),
    ],
)
def test_a_term_is_found_however_it_is_written(
    tmp_path: Path, texts: tuple[str, ...], term: str, count: int
) -> None:
    source = tmp_path / "source.pdf"
    source.write_bytes(paper(*texts))
    words = poppler.words(source, 1)
    boxes = finding.boxes_of(term, source, 1, words)
    assert len(boxes) == count
    for word in words:
        middle = (word.box.top + word.box.bottom) / 2
        edges = [box for box in boxes if box.top < middle < box.bottom]
        kept = poppler.text_in(
            source,
            1,
            poppler.Box(0, word.box.top, min((box.left for box in edges), default=595), word.box.bottom),
        )
        assert term.casefold() not in kept.casefold()


def test_a_page_and_a_place_are_black_and_the_rest_is_not(
    town: Town, case: Application, tmp_path: Path
) -> None:
    copy = redaction(town, case, paper("一枚目", "---", "二枚目", "---", "三枚目"), pages=3)
    mark(copy, kind="page", page=2, last_page=2)
    mark(copy, kind="region", page=3, left=100, top=500, right=600, bottom=700)
    first, second, third = pictures(made(copy), tmp_path)
    assert dark(first) < 0.02
    assert dark(second) > 0.99
    assert 0.09 < dark(third) < 0.12
    wide, high = third.size
    assert third.getpixel((int(wide * 0.3), int(high * 0.6))) < 10  # type: ignore[operator]
    assert third.getpixel((int(wide * 0.8), int(high * 0.6))) > 245  # type: ignore[operator]


def test_a_page_without_text_is_named(town: Town, case: Application) -> None:
    out = BytesIO()
    Image.new("RGB", (400, 600), "white").save(out, "PDF")
    copy = redaction(town, case, out.getvalue())
    lost = mark(copy, term=SECRET)
    made(copy)
    lost.refresh_from_db()
    assert (copy.textless_pages, lost.found_count) == ([1], 0)


def test_a_copy_that_still_says_something_is_not_kept(
    town: Town, case: Application, monkeypatch: pytest.MonkeyPatch
) -> None:
    copy = redaction(town, case, paper(*WORDS))
    mark(copy, term="試験一郎")

    def undrawn(file: Path, page: int, marks: Any, words: Any, folder: Path, found: Any) -> Path:
        return file

    monkeypatch.setattr(blacking, "_black_page", undrawn)
    with pytest.raises(AssertionError):
        made(copy)
    copy.refresh_from_db()
    assert (copy.file, copy.state) == (None, "making")
    assert Job.objects.get(key=copy.job_key).error == "TextLeft"


def test_the_job_again_keeps_one_file(town: Town, case: Application) -> None:
    copy = redaction(town, case, paper(*WORDS))
    mark(copy, term="試験一郎")
    made(copy)
    before = copy.file_id
    blacking.make(type("Job", (), {"obj": copy})())  # type: ignore[arg-type]
    copy.refresh_from_db()
    assert copy.file_id == before


def test_the_entries_of_a_file_give_its_terms(town: Town) -> None:
    application = town.ready()
    assert terms(application, "applicant_name") == [SECRET]
    assert terms(application, "own_number") == ["試企第412号"]
    assert terms(application, "writers") == [town.officer_user.name]
    assert terms(application, "holders") == terms(application, "unknown") == []
