"""Where a term stands on a page, so that nothing of it stays readable beside the black. Reads files only."""

from __future__ import annotations

import unicodedata
from pathlib import Path

from portal.kernel import poppler
from portal.kernel.poppler import Box, Word

PAD = 0.5  # of a full-width character, to both sides
EDGE = 1.0  # points around every box: strokes reach over their line


def boxes_of(term: str, file: Path, page: int, words: list[Word]) -> list[Box]:
    """The rectangles that cover `term` on the page, spaces and width of characters aside; empty when it is not there.

    A part of a word is covered alone only where what is left of it says, read again, nothing of the term; else the word
    is covered whole. A term may run from one word or line into the next.
    """
    wanted = _folded(term)
    letters = [
        (fold, number, at)
        for number, word in enumerate(words)
        for at, char in enumerate(word.text)
        for fold in _folded(char)
    ]
    line = "".join(fold for fold, _, _ in letters)
    found: list[Box] = []
    start = line.find(wanted) if wanted else -1
    while start >= 0:
        spans: dict[int, list[int]] = {}
        for _, number, at in letters[start : start + len(wanted)]:
            spans.setdefault(number, []).append(at)
        found += [
            _box(file, page, words[number], min(places), max(places) + 1) for number, places in spans.items()
        ]
        start = line.find(wanted, start + 1)
    return found


def _box(file: Path, page: int, word: Word, first: int, last: int) -> Box:
    """The part of a word from character `first` to before `last`, or the whole word where that is not safe."""
    whole = Box(word.box.left - EDGE, word.box.top - EDGE, word.box.right + EDGE, word.box.bottom + EDGE)
    if (first, last) == (0, len(word.text)):
        return whole
    widths = [_width(char) for char in word.text]
    one = (word.box.right - word.box.left) / sum(widths)
    left = word.box.left + one * (sum(widths[:first]) - (PAD if first else 0))
    right = word.box.left + one * (sum(widths[:last]) + (PAD if last < len(widths) else 0))
    part = Box(max(left, whole.left), whole.top, min(right, whole.right), whole.bottom)
    before = poppler.text_in(file, page, Box(whole.left, word.box.top, part.left, word.box.bottom))
    after = poppler.text_in(file, page, Box(part.right, word.box.top, whole.right, word.box.bottom))
    safe = _folded(word.text[:first]).startswith(_folded(before)) and _folded(word.text[last:]).endswith(
        _folded(after)
    )
    return part if safe else whole


def _folded(text: str) -> str:
    """For comparing: NFKC, case aside, no spaces."""
    return "".join(unicodedata.normalize("NFKC", text).casefold().split())


def _width(char: str) -> float:
    return 1.0 if unicodedata.east_asian_width(char) in "FWA" else 0.55
