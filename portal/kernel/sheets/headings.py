"""Headings: in which rows they stand (merged ones too), and which column is meant for what, guessed from its words."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from ..names import search_key
from .cells import Row

LOOKED_AT = 20  # rows among which the headings are looked for
DEEPEST = 3  # rows that a merged heading may take
_MARKS = re.compile(r"必須|任意|[\s*＊※・:：/／()（）\[\]【】「」<>_\-]")


@dataclass(frozen=True, slots=True)
class Layout:
    """`first` and `depth`: the rows of the headings, counted as in the sheet. `labels` and `columns` count from 0."""

    first: int
    depth: int
    labels: list[str]
    columns: dict[str, int] = field(default_factory=dict)


def guess(head: Sequence[Row], synonyms: Mapping[str, Sequence[str]]) -> Layout:
    """Find the headings by how many of the wanted columns their words name. Without any: the first row, nothing mapped.

    Of equals the upper and the shallower one counts. A row of one cell is the title of the sheet, not the top of
    a heading over several rows. `synonyms`: what each wanted column may be called.
    """
    best, most = None, 0
    wanted = {name: [key for word in words if (key := _key(word))] for name, words in synonyms.items()}
    for place, row in enumerate(head[:LOOKED_AT]):
        for depth in range(1, DEEPEST + 1):
            layout = read(head, row.number, depth)
            if layout is None or place + depth > len(head) or (depth > 1 and _is_title(row)):
                continue
            columns, score = _matched(layout.labels, wanted)
            if score > most:
                best, most = Layout(layout.first, layout.depth, layout.labels, columns), score
    if best is None:
        return read(head, head[0].number, 1) if head else Layout(1, 1, [])  # type: ignore[return-value]
    return best


def match(labels: Sequence[str], synonyms: Mapping[str, Sequence[str]]) -> dict[str, int]:
    """Which of the labels is meant for which wanted column; each is used once."""
    return _matched(labels, {name: [_key(word) for word in words] for name, words in synonyms.items()})[0]


def read(head: Sequence[Row], first: int, depth: int) -> Layout | None:
    """The labels of the headings in these rows: an upper merged cell goes before what stands below it.

    None when there is no such row.
    """
    rows = [row for row in head if first <= row.number < first + depth]
    if not rows or rows[0].number != first:
        return None
    width = max(len(row.cells) for row in rows)
    parts: list[list[str]] = [[] for _ in range(width)]
    for row in rows:
        upper = row is not rows[-1]
        spread = ""
        for place in range(width):
            text = " ".join(row.text(place).split())
            if text:
                spread = text
            elif upper and spread and not parts[place] and _is_under(rows, row, place):
                text = spread  # a cell merged over several columns keeps its words in the first
            if text and text not in parts[place]:
                parts[place].append(text)
    return Layout(first, depth, [" ".join(words) for words in parts])


def _is_title(row: Row) -> bool:
    return sum(1 for place in range(len(row.cells)) if row.text(place)) < 2


def _is_under(rows: Sequence[Row], row: Row, place: int) -> bool:
    return any(lower.text(place) for lower in rows if lower.number > row.number)


def _matched(labels: Sequence[str], wanted: Mapping[str, Sequence[str]]) -> tuple[dict[str, int], int]:
    keys = [(_key(label), _key(label.rsplit(" ", 1)[-1])) for label in labels]
    found: list[tuple[int, int, int, str]] = []
    for name, words in wanted.items():
        for place, (whole, last) in enumerate(keys):
            quality = _quality(whole, last, words)
            if quality:
                found.append((quality, -place, len(name), name))
    columns: dict[str, int] = {}
    score = 0
    for quality, place, _, name in sorted(found, reverse=True):
        if name not in columns and -place not in columns.values():
            columns[name] = -place
            score += 3 if quality >= 1000 else 2
    return columns, score


def _quality(whole: str, last: str, words: Sequence[str]) -> int:
    """1000 and more: the very word; less: the longest word that is part of it."""
    if not whole:
        return 0
    if whole in words:
        return 1100
    if last in words:
        return 1000
    return max((len(word) for word in words if len(word) > 1 and word in whole), default=0)


def _key(label: str) -> str:
    return search_key(_MARKS.sub("", label)).replace(" ", "")
