"""What is done to PDFs that exist already, by poppler's programs: count, join, read, draw. Files in, files out.

Every program runs by its whole path, without a shell, with a limit of time and of memory: the files are what people sent.
"""

from __future__ import annotations

import html
import re
import subprocess
from dataclasses import dataclass
from pathlib import Path

BIN = Path("/usr/bin")
LIMITED = "/usr/bin/prlimit"  # of util-linux, which every Debian has
SECONDS = 120
MEMORY = 2 * 1024**3  # bytes of address space of one program
_PAGES = re.compile(r"^Pages:\s+(\d+)$", re.MULTILINE)
_ENCRYPTED = re.compile(r"^Encrypted:\s+yes", re.MULTILINE)
_WORD = re.compile(
    r'<word xMin="([-\d.]+)" yMin="([-\d.]+)" xMax="([-\d.]+)" yMax="([-\d.]+)">(.*?)</word>', re.DOTALL
)


class BrokenPdf(ValueError):
    """A file that poppler cannot open: damaged, locked, or no PDF at all."""


class PopplerMissing(RuntimeError):
    """The package poppler-utils is not installed."""


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle on a page in points (1/72 inch) from its upper left corner."""

    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Word:
    """Characters that stand together, and where."""

    text: str
    box: Box


def page_count(file: Path) -> int:
    """How many pages. Raises BrokenPdf (also for a locked file and one without a page), PopplerMissing."""
    told = _run("pdfinfo", str(file))
    found = _PAGES.search(told)
    if found is None or _ENCRYPTED.search(told) or int(found[1]) < 1:
        raise BrokenPdf(file.name)
    return int(found[1])


def join(files: list[Path], to: Path) -> None:
    """One PDF of all pages in order. Raises BrokenPdf, PopplerMissing."""
    if len(files) == 1:
        to.write_bytes(files[0].read_bytes())
        return
    _run("pdfunite", *map(str, files), str(to))


def text(file: Path, *, page: int | None = None) -> str:
    """The text that can be taken out of the file, or of one page. Raises BrokenPdf, PopplerMissing."""
    return _run("pdftotext", "-raw", *_only(page), str(file), "-")


def words(file: Path, page: int) -> list[Word]:
    """The words of a page with their places, in reading order. Raises BrokenPdf, PopplerMissing."""
    told = _run("pdftotext", "-bbox", *_only(page), str(file), "-")
    return [
        Word(html.unescape(found[5]), Box(*(float(found[number]) for number in range(1, 5))))
        for found in _WORD.finditer(told)
    ]


def text_in(file: Path, page: int, box: Box) -> str:
    """The text of which at least a part stands inside the rectangle. Raises BrokenPdf, PopplerMissing."""
    fine = 4  # places are whole numbers there: a quarter of a point is fine enough
    left, top = int(box.left * fine), int(box.top * fine)
    wide, high = int((box.right - box.left) * fine), int((box.bottom - box.top) * fine)
    if wide < 1 or high < 1:
        return ""
    place = ["-r", str(72 * fine), "-x", str(left), "-y", str(top), "-W", str(wide), "-H", str(high)]
    return _run("pdftotext", "-raw", *place, *_only(page), str(file), "-")


def draw(file: Path, page: int, *, dpi: int, to: Path) -> Path:
    """The page as a PNG of so many dots an inch; `to` has no ending. Raises BrokenPdf, PopplerMissing."""
    _run("pdftoppm", "-png", "-r", str(dpi), "-singlefile", *_only(page), str(file), str(to))
    return to.with_name(f"{to.name}.png")


def _only(page: int | None) -> list[str]:
    return [] if page is None else ["-f", str(page), "-l", str(page)]


def _run(program: str, *words: str) -> str:
    if not (BIN / program).exists():
        raise PopplerMissing("poppler-utils is not installed: apt-get install poppler-utils")
    try:
        done = subprocess.run(  # noqa: S603 - a fixed program, no shell; the words are paths and numbers of ours
            [LIMITED, f"--as={MEMORY}", str(BIN / program), *words],
            capture_output=True,
            timeout=SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired as late:
        raise BrokenPdf(f"{program}: more than {SECONDS} seconds") from late
    if done.returncode:
        raise BrokenPdf(f"{program}: {done.returncode}")
    return done.stdout.decode("utf-8", "replace")
