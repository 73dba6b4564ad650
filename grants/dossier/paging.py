"""A page of a blacked-out copy as its officer sees it: what is marked is black, a grid tells the places."""

from io import BytesIO
from pathlib import Path

from PIL import Image, ImageDraw

from portal.kernel import poppler

from ..models import Redaction
from .blacking import covered, original

DPI = 80
LINES = (150, 190, 230)
NUMBERS = (60, 100, 160)


def page_picture(redaction: Redaction, page: int, folder: Path) -> bytes:
    """The PNG of one page, with a line at every tenth of its width and height. `folder` is emptied by the caller."""
    source = original(redaction, folder)
    words = poppler.words(source, page)
    picture = covered(source, page, redaction.marks.all(), words, folder / "page", DPI)
    _grid(picture)
    out = BytesIO()
    picture.save(out, "PNG")
    return out.getvalue()


def _grid(picture: Image.Image) -> None:
    brush = ImageDraw.Draw(picture)
    for tenth in range(1, 10):
        across, down = picture.width * tenth // 10, picture.height * tenth // 10
        brush.line((across, 0, across, picture.height), fill=LINES)
        brush.line((0, down, picture.width, down), fill=LINES)
        brush.text((across + 2, 2), f"{tenth}0%", fill=NUMBERS)
        brush.text((2, down + 2), f"{tenth}0%", fill=NUMBERS)
