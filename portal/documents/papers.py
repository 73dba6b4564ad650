"""Papers as PDF: of an issued document from its snapshot alone, or a preview of one that may be issued."""

from django.db import models

from portal.areas.models import Authority, Section
from portal.kernel import pdf, ports

from . import snapshots
from .models import Document


def content(document: Document) -> bytes:
    """The PDF of an issued document. Reads nothing but its snapshot."""
    title = f"{document.title} {document.check_number}"
    return pdf.render(document.snapshot["template"], snapshots.context(document.snapshot), title=title)


def preview(
    kind_key: str,
    obj: models.Model,
    *,
    authority: Authority,
    section: Section | None = None,
    own_number: str = "",
) -> bytes:
    """The paper as it would look: 「見本」, no number, no seal, nothing stored.

    The caller has asked who may see `obj`. Raises KeyError for an unknown kind.
    """
    kind = ports.document_kinds[kind_key]
    sample = snapshots.sample(
        kind, kind.snapshot(obj), authority=authority, section=section, own_number=own_number
    )
    return pdf.render(
        kind.template, snapshots.context(sample, preview=True), title=f"{kind.title}({snapshots.PREVIEW})"
    )


def file_name(document: Document) -> str:
    """「R8-KC-0042-7F3A_補助金交付申請書.pdf」."""
    return f"{document.check_number}_{document.title}.pdf"
