"""PDF from HTML and CSS: tagged (pdf/ua-1), Japanese fonts embedded, no network.

A paper is a template that extends pdf/base.html. Nothing is fetched: fonts are our own (pdf_fonts.py), images stand in
the page as data: addresses, CSS is part of the template. Families: "BIZ UDMincho", "BIZ UDPMincho", "BIZ UDGothic"
(also bold), "IPAmjMincho" for rare kanji, "Hiroba Marks" for ☐ ☑ ☒.

The engine is loaded with the first paper: it costs a second that no command, test or web process should pay at start.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.template.loader import render_to_string


class FontsMissing(RuntimeError):
    """A font of the papers is not installed. The message names the packages to install."""


class ForeignAddress(ValueError):
    """A template asks for something outside the page."""


def render(template: str, context: Mapping[str, Any], *, title: str) -> bytes:
    """Return the PDF of a template. `title` is the document's title.

    What people typed is escaped by the template engine. Raises FontsMissing, ForeignAddress.
    """
    return render_html(render_to_string(template, {**context, "title": title}))


def render_html(html: str) -> bytes:
    """Return the PDF of a whole HTML page with `lang` and `title`.

    Characters that no font of ours has become 〓; a kanji with a variation selector is set in IPAmj明朝, which knows
    the forms of the 戸籍. Raises FontsMissing; ForeignAddress for any address that is not data:.
    """
    from .pdf_engine import paper

    return paper(html)


def unprintable(text: str) -> str:
    """Return the characters of `text` that no paper can print, each once, in order. Raises FontsMissing."""
    from .pdf_fonts import unprintable as found

    return found(text)
