"""A figure: what was measured, against what, and what it should be. One table for people, one file for machines."""

import json
import os
import platform
import unicodedata
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from statistics import median

RESULTS = Path(__file__).parent / "results.json"


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """`value` and `floor` in `unit`; `ratio` is the median of the per-round ratios where there are rounds.

    `goal` is what we want, `limit` what must not be passed; both bound `ratio`, or `value` where there is no floor.
    None means: told, not judged.
    """

    name: str
    title: str
    value: float
    unit: str
    floor: float | None = None
    ratio: float | None = None
    goal: float | None = None
    limit: float | None = None

    @property
    def judged(self) -> float:
        return self.value if self.ratio is None else self.ratio

    @property
    def verdict(self) -> str:
        if self.limit is not None and self.judged > self.limit:
            return "上限をこえる"
        if self.goal is not None:
            return "目標どおり" if self.judged <= self.goal else "上限のうち"
        return "上限のうち" if self.limit is not None else "参考"

    @property
    def is_over(self) -> bool:
        return self.limit is not None and self.judged > self.limit


def compared(
    name: str,
    title: str,
    times: Sequence[float],
    floors: Sequence[float],
    *,
    goal: float | None = None,
    limit: float | None = None,
) -> Figure:
    """A figure in milliseconds from the rounds of two pages fetched in turn."""
    ratios = [one / floor for one, floor in zip(times, floors, strict=True)]
    return Figure(
        name=name,
        title=title,
        value=median(times) * 1000,
        unit="ms",
        floor=median(floors) * 1000,
        ratio=median(ratios),
        goal=goal,
        limit=limit,
    )


def table(figures: Sequence[Figure]) -> str:
    """One table: figure, floor, ratio."""
    head = ("項目", "値", "床", "比", "目標", "上限", "")
    rows = [head, *(_row(figure) for figure in figures)]
    widths = [max(_width(row[column]) for row in rows) for column in range(len(head))]
    lines = []
    for row in rows:
        cells = [
            _left(row[0], widths[0]),
            *(_right(cell, width) for cell, width in zip(row[1:6], widths[1:6], strict=True)),
        ]
        lines.append("  ".join([*cells, row[6]]).rstrip())
    lines.insert(1, "─" * sum(widths[:6]) + "─" * 20)
    return "\n".join(lines)


def write(figures: Sequence[Figure], *, rounds: int, path: Path = RESULTS) -> None:
    """bench/results.json: the figures and what they were taken on."""
    machine = {
        "cpus": os.cpu_count(),
        "python": platform.python_version(),
        "system": platform.platform(),
        "load": round(os.getloadavg()[2], 1),  # of the last quarter of an hour: who else was at work
    }
    taken = {
        "taken_at": datetime.now(UTC).isoformat(timespec="seconds"),
        "rounds": rounds,
        "machine": machine,
    }
    rows = [asdict(figure) | {"verdict": figure.verdict} for figure in figures]
    path.write_text(json.dumps(taken | {"figures": rows}, ensure_ascii=False, indent=1) + "\n")


def _row(figure: Figure) -> tuple[str, ...]:
    def bound(value: float | None) -> str:
        return "" if value is None else f"{value:g}" + ("×" if figure.ratio is not None else "")

    return (
        f"{figure.name} {figure.title}",
        f"{figure.value:,.1f} {figure.unit}".replace(".0 件", " 件"),
        "" if figure.floor is None else f"{figure.floor:,.1f}",
        "" if figure.ratio is None else f"{figure.ratio:.2f}×",
        bound(figure.goal),
        bound(figure.limit),
        figure.verdict,
    )


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in text)


def _left(text: str, width: int) -> str:
    return text + " " * (width - _width(text))


def _right(text: str, width: int) -> str:
    return " " * (width - _width(text)) + text
