"""Smaller drawings of a kept picture, for telephones and lists: drawn once, when it comes in.

They have no row of their own: `StoredFile.widths` names them, they lie beside the original's bytes, are handed out by
the same view under the same rule, and end with it.
"""

from __future__ import annotations

import io
from dataclasses import dataclass, field

from PIL import Image

WIDTHS = (160, 480, 1_200)  # pixels: a face, a telephone or a list, a page
CONTENT_TYPE = "image/webp"
_QUALITY = 80


@dataclass(frozen=True, slots=True)
class Sizes:
    """How large a picture is, and its smaller drawings by their width."""

    width: int | None = None
    height: int | None = None
    smaller: dict[int, bytes] = field(default_factory=dict)


def draw(content: bytes) -> Sizes:
    """The sizes of a picture that has been redrawn already. A drawing that would save nothing is left out."""
    with Image.open(io.BytesIO(content)) as picture:
        width, height = picture.size
        picture.draft("RGB", (WIDTHS[-1], WIDTHS[-1] * height // width or 1))
        plain = picture.convert("RGBA" if "A" in picture.getbands() else "RGB")
    smaller: dict[int, bytes] = {}
    for wanted in sorted((each for each in WIDTHS if each < width), reverse=True):
        plain = plain.resize((wanted, max(1, round(height * wanted / width))), Image.Resampling.LANCZOS)
        out = io.BytesIO()
        plain.save(out, format="WEBP", quality=_QUALITY, method=4)
        if out.tell() < len(content):
            smaller[wanted] = out.getvalue()
    return Sizes(width, height, smaller)


def name_of(storage_name: str, width: int) -> str:
    """Where the drawing of this width lies."""
    return f"{storage_name}.{width}"
