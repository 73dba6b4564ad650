"""The fonts of the papers: Debian's BIZ UD明朝 and ゴシック, IPAmj明朝 for rare kanji of names, three drawn marks.

A paper looks the same on every machine: rendering sees these files and no other font of the system. What none of them
can print is shown as 〓, the printer's own mark for a missing character, and `unprintable` tells it beforehand.
"""

from __future__ import annotations

import os
import re
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont
from weasyprint.text.fonts import FontConfiguration

from .pdf import FontsMissing

FOLDERS = (Path("/usr/share/fonts"), Path("/usr/local/share/fonts"))
FILES: Mapping[str, str] = {  # file → Debian package
    "BIZUDMincho-Regular.ttf": "fonts-morisawa-bizud-mincho",
    "BIZUDPMincho-Regular.ttf": "fonts-morisawa-bizud-mincho",
    "BIZUDGothic-Regular.ttf": "fonts-morisawa-bizud-gothic",
    "BIZUDGothic-Bold.ttf": "fonts-morisawa-bizud-gothic",
    "ipamjm.ttf": "fonts-ipamj-mincho",
}
NAMES = ("BIZ-UDMincho", "BIZ-UDPMincho", "BIZ-UDGothic", "BIZ-UDGothic-Bold", "IPAmjMincho", "Hiroba-Marks")
MARKS = "☐☑☒"
MISSING = "〓"
_SETTINGS = """<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig><dir>{folder}/fonts</dir><cachedir>{folder}/cache</cachedir></fontconfig>"""
# Characters that print nothing by themselves: white space, joiners, variation selectors.
_UNSEEN = re.compile(
    r"[\s\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff\U000e0100-\U000e01ef]"
)


@dataclass(frozen=True, slots=True)
class Fonts:
    """The fonts of this process, read once: reading them for each paper costs time and memory that never comes back."""

    configuration: FontConfiguration
    printable: frozenset[int]
    folder: tempfile.TemporaryDirectory[str]


@lru_cache(maxsize=1)
def fonts() -> Fonts:
    """Return the fonts of this process. Raises FontsMissing."""
    paths = font_paths()
    folder = tempfile.TemporaryDirectory(prefix="hiroba-fonts-")
    inside = Path(folder.name) / "fonts"
    inside.mkdir()
    for path in paths:
        (inside / path.name).symlink_to(path)
    _draw_marks(inside / "HirobaMarks.ttf")
    return Fonts(_configuration(Path(folder.name)), _printable(paths), folder)


@lru_cache(maxsize=1)
def font_paths() -> tuple[Path, ...]:
    """Return where the files lie. Raises FontsMissing, naming the Debian packages that bring what is not there."""
    found = {
        path.name: path
        for root in FOLDERS
        if root.is_dir()
        for path in root.rglob("*.ttf")
        if path.name in FILES
    }
    missing = [name for name in FILES if name not in found]
    if missing:
        packages = " ".join(dict.fromkeys(FILES[name] for name in missing))
        raise FontsMissing(
            f"書類の書体({'、'.join(missing)})がありません。次を実行してください: apt-get install {packages}"
        )
    return tuple(found[name] for name in FILES)


def _printable(paths: tuple[Path, ...]) -> frozenset[int]:
    """All BIZ UD fonts know the same characters (a test holds them to it), so that one of them is read."""
    known = {ord(mark) for mark in MARKS}
    for path in paths:
        if path.name in ("BIZUDMincho-Regular.ttf", "ipamjm.ttf"):
            with TTFont(path, lazy=True) as font:
                known |= set(font.getBestCmap())
    return frozenset(known)


def unprintable(text: str) -> str:
    """Return the characters of `text` that no paper can print, each once, in order. Raises FontsMissing."""
    known = fonts().printable
    return "".join(dict.fromkeys(char for char in _UNSEEN.sub("", text) if ord(char) not in known))


def printed(html: str) -> str:
    """Return the page with 〓 for each character that cannot be printed. Raises FontsMissing."""
    lost = unprintable(html)
    return html.translate(dict.fromkeys(map(ord, lost), MISSING)) if lost else html


def _configuration(folder: Path) -> FontConfiguration:
    """A configuration that knows our folder alone. Fontconfig reads the variable while it is made, and only then."""
    (folder / "fonts.conf").write_text(_SETTINGS.format(folder=folder), encoding="utf-8")
    before = os.environ.get("FONTCONFIG_FILE")
    os.environ["FONTCONFIG_FILE"] = str(folder / "fonts.conf")
    try:
        return FontConfiguration()
    finally:
        if before is None:
            del os.environ["FONTCONFIG_FILE"]
        else:
            os.environ["FONTCONFIG_FILE"] = before


def _draw_marks(path: Path) -> None:
    """Write a font of the three boxes that the BIZ UD fonts lack. As text they stay readable, copyable, searchable."""
    names = [".notdef", "box", "tick", "cross"]
    builder = FontBuilder(1000, isTTF=True)
    builder.setupGlyphOrder(names)
    builder.setupCharacterMap(dict(zip(map(ord, MARKS), names[1:], strict=True)))
    strokes: dict[str, list[list[tuple[int, int]]]] = {
        ".notdef": [],
        "box": [],
        "tick": [[(240, 400), (300, 450), (440, 270), (700, 650), (760, 600), (450, 150)]],
        "cross": [
            [(250, 180), (200, 230), (700, 730), (750, 680)],
            [(200, 680), (250, 730), (750, 230), (700, 180)],
        ],
    }
    builder.setupGlyf({name: _outline(name != ".notdef", strokes[name]) for name in names})
    builder.setupHorizontalMetrics(dict.fromkeys(names, (1000, 80)))
    builder.setupHorizontalHeader(ascent=880, descent=-120)
    builder.setupNameTable({"familyName": "Hiroba Marks", "styleName": "Regular", "psName": "HirobaMarks"})
    builder.setupOS2(sTypoAscender=880, sTypoDescender=-120, usWinAscent=880, usWinDescent=120)
    builder.setupPost()
    builder.save(path)


def _outline(boxed: bool, strokes: list[list[tuple[int, int]]]) -> object:
    pen = TTGlyphPen(None)
    square = [[(80, 0), (80, 840), (920, 840), (920, 0)], [(140, 60), (860, 60), (860, 780), (140, 780)]]
    for points in (square if boxed else []) + strokes:
        pen.moveTo(points[0])
        for point in points[1:]:
            pen.lineTo(point)
        pen.closePath()
    return pen.glyph()
