"""PDF from the same HTML and CSS as the screen: tagged (pdf/ua-1), Japanese fonts embedded, no network.

One FontConfiguration a process: making one for each paper costs a quarter more time and grows without end. Fonts are
Debian's packages; the paper says so at the start when one is missing, instead of printing boxes.
"""

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.template.loader import render_to_string
from weasyprint import CSS, HTML
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher, URLFetcherResponse

FOLDER = Path("/usr/share/fonts/truetype")
FONTS: Mapping[str, tuple[str, str, int]] = {
    "BIZUDMincho-Regular.ttf": ("bizud-mincho", "BIZ UDMincho", 400),
    "BIZUDPMincho-Regular.ttf": ("bizud-mincho", "BIZ UDPMincho", 400),
    "BIZUDGothic-Regular.ttf": ("bizud-gothic", "BIZ UDGothic", 400),
    "BIZUDGothic-Bold.ttf": ("bizud-gothic", "BIZ UDGothic", 700),
    "ipamjm.ttf": ("ipamj", "IPAmjMincho", 400),
}
PACKAGES = "fonts-morisawa-bizud-mincho fonts-morisawa-bizud-gothic fonts-ipamj-mincho"


class FontsMissing(RuntimeError):
    """A font of the papers is not installed. Names the packages."""


class ClosedFetcher(URLFetcher):  # type: ignore[misc]
    """Gives the papers' fonts and `data:` images, and refuses everything else: rendering never asks a network."""

    def __init__(self) -> None:
        super().__init__(allowed_protocols={"file", "data"})

    def fetch(self, url: str, headers: Any = None) -> URLFetcherResponse:
        if url.startswith("data:") or url in font_addresses():
            return super().fetch(url, headers)
        raise ValueError("papers fetch nothing")


def render(template: str, context: Mapping[str, Any], *, title: str) -> bytes:
    """The PDF of a template. `title` is the document's title; user text is escaped by the template engine.

    Raises FontsMissing.
    """
    return render_html(render_to_string(template, {**context, "title": title}))


def render_html(html: str) -> bytes:
    """The PDF of a whole HTML page. Raises FontsMissing; refuses every address but fonts and data: images."""
    fonts, faces = _fonts()
    document = HTML(string=html, url_fetcher=ClosedFetcher(), base_url="about:blank")
    pdf = document.write_pdf(font_config=fonts, stylesheets=[faces], pdf_variant="pdf/ua-1", full_fonts=False)
    return bytes(pdf or b"")


@lru_cache(maxsize=1)
def font_addresses() -> frozenset[str]:
    """The file: addresses of the papers' fonts. Raises FontsMissing."""
    paths = [FOLDER / folder / name for name, (folder, _, _) in FONTS.items()]
    missing = [path.name for path in paths if not path.exists()]
    if missing:
        raise FontsMissing(
            f"文書の書体がありません({', '.join(missing)})。次を入れてください: apt-get install {PACKAGES}"
        )
    return frozenset(path.as_uri() for path in paths)


@lru_cache(maxsize=1)
def font_faces() -> str:
    """The @font-face rules of the papers, from the file system. Raises FontsMissing."""
    font_addresses()
    return "\n".join(
        f'@font-face {{ font-family: "{family}"; font-weight: {weight}; src: url("{(FOLDER / folder / name).as_uri()}"); }}'
        for name, (folder, family, weight) in FONTS.items()
    )


@lru_cache(maxsize=1)
def _fonts() -> tuple[FontConfiguration, CSS]:
    """The process's fonts, read once: reading them for each paper would keep every copy."""
    fonts = FontConfiguration()
    return fonts, CSS(
        string=font_faces(), font_config=fonts, url_fetcher=ClosedFetcher(), base_url="about:blank"
    )
