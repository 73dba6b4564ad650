"""The job that makes a blacked-out copy: every page is drawn, covered and kept as a picture. Nothing of the text stays."""

from __future__ import annotations

import tempfile
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from django.core.files.storage import default_storage
from django.db import transaction
from PIL import Image, ImageDraw

from portal.kernel import audit, poppler, uploads
from portal.kernel.actors import JobActor
from portal.kernel.jobs import Running
from portal.kernel.poppler import Box, Word

from ..models import Redaction, RedactionMark
from .enums import COMPLETE, MarkKind
from .finding import boxes_of
from .workflow import REDACTION

BY = JobActor("grants.redaction")
DPI = 150
POINTS = 72
QUALITY = 80  # of the JPEG inside each page
BLACK = (0, 0, 0)


class TextLeft(RuntimeError):
    """Something could still be read out of a finished copy. It is not kept."""


def make(job: Running) -> None:
    """Make and keep the file of one copy. Safe twice: what a killed run left is replaced.

    Raises TextLeft when the copy, read again, says anything at all.
    """
    redaction: Redaction = job.obj
    if redaction.file_id is not None:
        return
    marks = list(redaction.marks.all())
    with tempfile.TemporaryDirectory(prefix="redaction-") as name:
        folder = Path(name)
        source = original(redaction, folder)
        pages, found, textless, drawn = poppler.page_count(source), Counter[object](), [], []
        for page in range(1, pages + 1):
            words = poppler.words(source, page)
            if not words:
                textless.append(page)
            drawn.append(_black_page(source, page, marks, words, folder, found))
            job.progress(page, pages + 1)
        copy = folder / "copy.pdf"
        poppler.join(drawn, copy)
        if poppler.text(copy).strip():
            raise TextLeft(str(redaction.pk))
        _keep(job, redaction, copy.read_bytes(), textless, found)
    job.finish(result=redaction)


def original(redaction: Redaction, folder: Path) -> Path:
    """The 一件書類 of the copy as a file. Raises BrokenPdf when it is not made yet."""
    stored = redaction.dossier.file
    if stored is None:
        raise poppler.BrokenPdf(str(redaction.dossier))
    file = folder / "original.pdf"
    with default_storage.open(stored.storage_name) as content:
        file.write_bytes(content.read())
    return file


def covered(
    file: Path, page: int, marks: Iterable[RedactionMark], words: list[Word], to: Path, dpi: int,
    found: Counter[object] | None = None,
) -> Image.Image:  # fmt: skip
    """The page drawn, with everything marked black. `found` counts by mark where it took hold."""
    with Image.open(poppler.draw(file, page, dpi=dpi, to=to)) as drawn:
        picture = drawn.convert("RGB")
    scale = dpi / POINTS
    whole = Box(0, 0, picture.width / scale, picture.height / scale)
    brush = ImageDraw.Draw(picture)
    for mark in marks:
        boxes = _boxes(mark, file, page, words, whole)
        for box in boxes:
            edges = (box.left * scale, box.top * scale, box.right * scale, box.bottom * scale)
            brush.rectangle(edges, fill=BLACK)
        if found is not None:
            found[mark.pk] += len(boxes)
    return picture


def _boxes(mark: RedactionMark, file: Path, page: int, words: list[Word], whole: Box) -> list[Box]:
    """What a mark covers on the page, in points."""
    if mark.kind == MarkKind.TERM:
        return boxes_of(mark.term, file, page, words)
    if mark.page is None or not mark.page <= page <= (mark.last_page or mark.page):
        return []
    if mark.kind == MarkKind.PAGE:
        return [whole]
    left, top, right, bottom = (
        (edge or 0) / COMPLETE for edge in (mark.left, mark.top, mark.right, mark.bottom)
    )
    wide, high = whole.right, whole.bottom
    return [Box(left * wide, top * high, right * wide, bottom * high)]


def _black_page(
    file: Path, page: int, marks: list[RedactionMark], words: list[Word], folder: Path, found: Counter[object]
) -> Path:
    """One page of the copy: a PDF that holds a picture and nothing else."""
    picture = covered(file, page, marks, words, folder / f"{page:04d}", DPI, found)
    to = folder / f"{page:04d}.pdf"
    picture.save(to, "PDF", resolution=DPI, quality=QUALITY)
    (folder / f"{page:04d}.png").unlink()
    return to


def _keep(
    job: Running, redaction: Redaction, content: bytes, textless: list[int], found: Counter[object]
) -> None:
    with transaction.atomic():
        job.hold()
        stored = uploads.keep(
            content, name=f"redactions/{redaction.pk}.pdf", filename=f"{redaction}.pdf",
            content_type="application/pdf", target=redaction,
        )  # fmt: skip
        for mark in redaction.marks.all():
            mark.found_count = found[mark.pk]
            mark.save(update_fields=["found_count"])
        REDACTION.apply(redaction, "finish", by=BY, file=stored, textless_pages=textless)
        data = {"marks": redaction.marks.count(), "places": found.total(), "sha256": stored.sha256}
        audit.record("grants.redaction.filed", by=BY, target=redaction, data=data)
