"""WeasyPrint with our fonts and behind a closed door. Use pdf.py; this module is slow to load."""

from __future__ import annotations

import re
import threading
from typing import Any

from weasyprint import HTML
from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

from .pdf import ForeignAddress
from .pdf_fonts import fonts, printed

# Relative addresses become absolute ones of nowhere, so that they are refused instead of silently missing.
BASE_URL = "https://paper.invalid/"
_LOCK = threading.Lock()  # Pango's font map is one a process, and not made for two threads at once
_NOT_TEXT = re.compile(r"(<(?:title|style)\b.*?</(?:title|style)>|<[^>]*>)", re.DOTALL | re.IGNORECASE)
_VARIANT = re.compile(r"(.[\U000e0100-\U000e01ef])")


class ClosedFetcher(URLFetcher):  # type: ignore[misc]
    """Gives what stands in the page itself (data:) and refuses, and remembers, every other address."""

    def __init__(self) -> None:
        super().__init__(allowed_protocols={"data"})
        self.refused: list[str] = []

    def fetch(self, url: str, headers: Any = None) -> URLFetcherResponse:
        if url.startswith("data:"):
            return super().fetch(url, headers)
        self.refused.append(url)
        raise FatalURLFetchingError(url)


def paper(html: str) -> bytes:
    """Return the PDF of a page; see pdf.render_html. One at a time in a process."""
    page = with_variants(printed(html))
    fetcher = ClosedFetcher()
    made: bytes | None = None
    with _LOCK:
        try:
            document = HTML(string=page, url_fetcher=fetcher, base_url=BASE_URL)
            made = document.write_pdf(font_config=fonts().configuration, pdf_variant="pdf/ua-1")
        except FatalURLFetchingError:
            made = None
    if fetcher.refused or made is None:  # inside an SVG the engine swallows the refusal
        raise ForeignAddress(
            f"a paper fetches nothing, but its template asks for {', '.join(fetcher.refused)}"
        )
    return made


def with_variants(html: str) -> str:
    """Mark kanji with variation selectors, in text alone: never in a tag, the title or the style."""
    if not _VARIANT.search(html):
        return html
    return "".join(
        piece if piece.startswith("<") else _VARIANT.sub(r'<span class="variant">\1</span>', piece)
        for piece in _NOT_TEXT.split(html)
    )
