"""Files that the demo attaches: short minutes as PDF, marked as samples."""

from datetime import date
from functools import cache

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.html import escape

from portal.kernel import pdf, uploads
from portal.kernel.actors import Actor
from portal.kernel.fiscal import wareki
from portal.kernel.models import StoredFile

PAGE = """<!doctype html><html lang="ja"><head><meta charset="utf-8"><title>議事録(見本)</title></head><body>
<h1>議事録(見本)</h1><p>日付 {day}</p><p>出席 コミュニティの世話人、{partner}</p>
<p>目的、役割の分担、次の予定について、双方で確かめました。これは見本の書類です。</p></body></html>"""

CHARTER = """<!doctype html><html lang="ja"><head><meta charset="utf-8"><title>規約(見本)</title></head><body>
<h1>規約(見本)</h1><p>第1条 この会は、校区の課題を住民が話しあい、取り組むことを目的とする。</p>
<p>これは見本の書類です。実在の団体の規約ではありません。</p></body></html>"""

APPROVED = """<!doctype html><html lang="ja"><head><meta charset="utf-8"><title>決裁済文書(見本)</title></head><body>
<h1>起案用紙(見本)</h1><p>起案番号 起-301　決裁済み</p><p>補助金の交付について、案のとおり決定してよいか伺います。</p>
<p>これは見本の書類です。実在の決裁ではありません。</p></body></html>"""


def approved(by: Actor) -> StoredFile:
    """The PDF of an office's own 決裁, staged for `by`."""
    upload = SimpleUploadedFile("決裁済文書(見本).pdf", _approved(), content_type="application/pdf")
    return uploads.stage(upload, by=by, accept=uploads.DOCUMENTS)


def minutes(by: Actor, partner: str, day: date) -> StoredFile:
    """Minutes of a meeting of both sides, staged for `by`."""
    content = pdf.render_html(PAGE.format(day=wareki(day), partner=escape(partner)))
    upload = SimpleUploadedFile("議事録(見本).pdf", content, content_type="application/pdf")
    return uploads.stage(upload, by=by, accept=uploads.DOCUMENTS)


def charter(by: Actor) -> StoredFile:
    """The charter of an invented platform, staged for `by`."""
    content = _charter()
    upload = SimpleUploadedFile("規約(見本).pdf", content, content_type="application/pdf")
    return uploads.stage(upload, by=by, accept=uploads.DOCUMENTS)


@cache
def _approved() -> bytes:
    """Drawn once: many record a 決裁."""
    return pdf.render_html(APPROVED)


@cache
def _charter() -> bytes:
    """Drawn once: many attach it."""
    return pdf.render_html(CHARTER)
