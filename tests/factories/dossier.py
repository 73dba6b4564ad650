"""一件書類 for tests: a PDF of our own with known words, and the rows around it."""

from typing import Any

from django.db import transaction

from grants.models import Application, Dossier, Redaction, RedactionMark
from portal.kernel import clock, pdf, uploads

from .grants import Town

SECRET = "試験 一郎"
PAGE = """<!doctype html><html lang="ja"><head><title>試験</title><style>html {{ font-family: "BIZ UDPMincho"; }}
p {{ margin: 0 0 4mm; }}</style></head><body>{}</body></html>"""


def paper(*texts: str) -> bytes:
    """A PDF with a paragraph for every text, set in a proportional face; 「---」 begins a page."""
    parts = ['<p style="break-before: page"></p>' if text == "---" else f"<p>{text}</p>" for text in texts]
    return pdf.render_html(PAGE.format("".join(parts)))


def dossier(town: Town, application: Application, content: bytes, pages: int = 1) -> Dossier:
    """A finished 一件書類 with these bytes."""
    with transaction.atomic():
        row = Dossier.objects.create(application=application, number=1, asked_by=town.prefecture_user)
        row.file = uploads.keep(
            content,
            name=f"dossiers/{row.pk}.pdf",
            filename="一件書類.pdf",
            content_type="application/pdf",
            target=row,
        )
        row.page_count, row.made_at = pages, clock.now()
        row.save()
    return row


def redaction(town: Town, application: Application, content: bytes, pages: int = 1) -> Redaction:
    """A copy whose marks are still being made."""
    made: Redaction = Redaction.objects.create(
        dossier=dossier(town, application, content, pages), number=1, request_label="情公第12号",
        started_by=town.prefecture_user,
    )  # fmt: skip
    return made


def mark(copy: Redaction, **values: Any) -> RedactionMark:
    """A mark; a term unless told otherwise."""
    given: dict[str, Any] = {"kind": "term", "ground": "person", "article": "条例第7条第1号"}
    return RedactionMark.objects.create(redaction=copy, **given | values)
