"""The job that makes a 一件書類: cover with index, every paper, what cannot be drawn by its digest, the history."""

from __future__ import annotations

import base64
import tempfile
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from django.core.files.storage import default_storage
from django.db import transaction
from django.template.loader import render_to_string

from portal.accounts.models import User
from portal.kernel import audit, clock, pdf, poppler, ports, uploads
from portal.kernel.actors import JobActor
from portal.kernel.fiscal import wareki
from portal.kernel.jobs import Running
from portal.kernel.models import StoredFile, TransitionNote
from portal.kernel.refusals import Refusal

from ..models import Application, Dossier
from .enums import PAGES_MAX
from .sources import Source, signatures, sources

BY = JobActor("grants.dossier")
HISTORY_MAX = 5_000
PICTURES = ("image/jpeg", "image/png", "image/webp")


@dataclass(slots=True)
class Part:
    """One paper in the binder: its line of the index, and its pages as a file (None: it is only listed)."""

    group: str
    title: str
    note: str
    on: str
    digest: str = ""
    pages: int = 0
    first: int = 0
    why_not: str = ""
    path: Path | None = field(default=None, repr=False)

    @property
    def last(self) -> int:
        """The number of its last page."""
        return self.first + self.pages - 1

    @property
    def line(self) -> dict[str, Any]:
        """What is kept of it in `Dossier.contents`."""
        return {name: value for name, value in asdict(self).items() if name != "path"}


def make(job: Running) -> None:
    """Make and keep the file of one 一件書類. Safe twice: what a killed run left is replaced."""
    dossier: Dossier = job.obj
    if dossier.file_id is not None:
        return
    application = Application.objects.select_related(
        "municipality", "office", "menu__programme__authority", "call"
    ).get(pk=dossier.application_id)
    with tempfile.TemporaryDirectory(prefix="dossier-") as folder:
        content, parts = _bound(application, dossier, Path(folder), job)
    total = sum(part.pages for part in parts)
    with transaction.atomic():
        job.hold()
        dossier.file = uploads.keep(
            content, name=f"dossiers/{dossier.pk}.pdf", filename=f"{dossier}.pdf",
            content_type="application/pdf", target=dossier,
        )  # fmt: skip
        dossier.contents = [part.line for part in parts]
        dossier.page_count, dossier.made_at = total, clock.now()
        dossier.save(update_fields=["file", "contents", "page_count", "made_at"])
        data = {"pages": total, "papers": len(parts), "sha256": dossier.file.sha256}
        audit.record("grants.dossier.made", by=BY, target=application, data=data)
    job.finish(result=dossier)


def _bound(
    application: Application, dossier: Dossier, folder: Path, job: Running
) -> tuple[bytes, list[Part]]:
    found = sources(application)
    total = len(found) + 3
    parts = []
    for number, source in enumerate(found, start=1):
        parts.append(_part(source, folder / f"{number:04d}.pdf"))
        job.progress(number, total)
    parts += _signatures(application, folder)
    history = _rendered(folder / "history.pdf", "dossier_history", {"rows": _history(application)}, "履歴")
    parts.append(Part("履歴", "手続きの履歴", "", "", pages=poppler.page_count(history), path=history))
    job.progress(total - 2, total)
    cover, length = _cover(application, dossier, parts, folder)
    if sum(part.pages for part in parts) > PAGES_MAX:
        raise Refusal(f"一件書類は、{PAGES_MAX}ページまでです。", code="pages")
    whole = folder / "whole.pdf"
    poppler.join([cover, *(part.path for part in parts if part.path)], whole)
    job.progress(total - 1, total)
    return whole.read_bytes(), [
        Part("表紙と目次", "表紙と目次", "", "", pages=length, first=1),
        *parts,
    ]


def _part(source: Source, to: Path) -> Part:
    """The pages of one paper: a PDF as it is, a picture drawn on a page, anything else listed with its digest."""
    on = wareki(source.on) if source.on else ""
    part = Part(source.group, source.title, source.note, on)
    if source.file is None:
        part.why_not = "まだできていません"
        return part
    part.digest = source.file.sha256
    if source.file.content_type in PICTURES:
        picture = base64.b64encode(_bytes(source.file)).decode()
        context = {"part": part, "src": f"data:{source.file.content_type};base64,{picture}"}
        part.path = _rendered(to, "dossier_picture", context, part.title)
    elif source.file.content_type == "application/pdf":
        to.write_bytes(_bytes(source.file))
        part.path = to
    else:
        part.why_not = "PDFにできない種類のファイルです"
        return part
    try:
        part.pages = poppler.page_count(part.path)
    except poppler.BrokenPdf:
        part.path, part.why_not = None, "開けないか、鍵のかかったPDFです"
    return part


def _signatures(application: Application, folder: Path) -> list[Part]:
    """One sheet of who signed which step of the 決裁 that are kept here; none where all are kept outside."""
    rows = signatures(application)
    if not rows:
        return []
    sheet = _rendered(folder / "signatures.pdf", "dossier_signatures", {"rows": rows}, "決裁の記録")
    return [Part("決裁の記録", "決裁の記録", "", "", pages=poppler.page_count(sheet), path=sheet)]


def _cover(application: Application, dossier: Dossier, parts: list[Part], folder: Path) -> tuple[Path, int]:
    """Cover and index, and how many pages they have. The numbers of the pages depend on how long it is itself, so it is set until that agrees."""
    length = 1
    for _ in range(4):
        at = length + 1
        for part in parts:
            part.first = at if part.pages else 0
            at += part.pages
        context = {
            "application": application, "dossier": dossier, "parts": parts, "pages": at - 1,
            "authority": application.menu.programme.authority, "today": clock.today_jst(),
        }  # fmt: skip
        cover = _rendered(folder / "cover.pdf", "dossier_cover", context, f"一件書類 {application}")
        found = poppler.page_count(cover)
        if found == length:
            return cover, length
        length = found
    raise RuntimeError("the cover of a 一件書類 does not settle")


def _history(application: Application) -> list[dict[str, str]]:
    """Every entry about the file, oldest first: when, who, what, and the reason that was given."""
    entries = list(reversed(audit.history(application, limit=HISTORY_MAX)))
    ids = {entry.actor_ref.removeprefix("user:") for entry in entries if entry.actor_kind == "user"}
    people = {f"user:{pk}": name for pk, name in User.objects.filter(pk__in=ids).values_list("pk", "name")}
    notes = _notes(entries)
    rows = []
    for entry in entries:
        present = ports.audit_presenters.get(entry.event)
        at = entry.at.astimezone(clock.JST)
        rows.append(
            {
                "at": f"{wareki(at.date())} {at:%H:%M}",
                "who": people.get(entry.actor_ref, ""),
                "what": present(entry.data).text if present else entry.event,
                "note": notes.get(entry.pk, ""),
            }
        )
    return rows


def _notes(entries: list[Any]) -> dict[int, str]:
    """The reasons by entry. One query."""
    wanted = {entry.data["note"]: entry.pk for entry in entries if entry.data.get("note_digest")}
    return {wanted[str(row.pk)]: row.text for row in TransitionNote.objects.filter(pk__in=wanted)}


def _rendered(to: Path, template: str, context: dict[str, Any], title: str) -> Path:
    html = render_to_string(f"grants/pdf/{template}.html", context | {"title": title})
    to.write_bytes(pdf.render_html(html))
    return to


def _bytes(stored: StoredFile) -> bytes:
    with default_storage.open(stored.storage_name) as file:
        return bytes(file.read())
