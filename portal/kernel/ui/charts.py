"""Charts drawn by the server as SVG. Every chart has a table twin with the same figures."""

from collections.abc import Sequence
from typing import Any

from django import template
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe

from .bars import swatch
from .html import classes, el, join
from .marks import WARDS

register = template.Library()

BAR, STEP = 24, 34


@register.simple_tag
def ward_bars(rows: Any, *, label: str, unit: str = "件", table: bool = True) -> SafeString:
    """One bar a ward in its colour. Rows: (slug, name, value) or (slug, name, value, url)."""
    data = [(row[0], row[1], row[2] or 0, row[3] if len(row) > 3 else "") for row in rows]
    top = max([value for _, _, value, _ in data] + [1])
    bars = []
    for number, (slug, name, value, _) in enumerate(data):
        y = 8 + number * STEP
        ward = f' data-ward="{slug}"' if slug in WARDS else ""
        width = round(410 * value / top, 1)
        bars.append(
            f'<g{ward}><text x="60" y="{y + 17}" text-anchor="end">{_t(name)}</text>'
            f'<rect class="wardbar" x="72" y="{y}" width="{width:g}" height="{BAR}"/>'
            f'<text class="val" x="{80 + width:g}" y="{y + 17}">{value:,}</text></g>'
        )
    said = f"{label}。" + "、".join(f"{name}{value:,}{unit}" for _, name, value, _ in data)
    drawing = _svg("".join(bars), 540, 16 + len(data) * STEP, said)
    if not table:
        return drawing
    body = [(name, [_link(value, unit, url)]) for _, name, value, url in data]
    return join([drawing, _twin(label, ["区", unit], body)])


@register.simple_tag
def year_bars(
    rows: Any,
    *,
    label: str,
    unit: str = "件",
    target: int | None = None,
    target_label: str = "目標",
    table: bool = True,
) -> SafeString:
    """One column a year. Rows: (label, value or None, is_current). None is shown as 「未設定」, never as zero."""
    data = list(rows)
    top = _ceiling(max([value or 0 for _, value, _ in data] + [target or 0, 1]))
    slot = 486 / max(len(data), 1)
    parts = [_grid(top, n) for n in range(4)]
    for number, (name, value, current) in enumerate(data):
        parts.append(_column(name, value, bool(current), 44 + slot * number, slot, top))
    if target:
        y = _y(target, top)
        x = 44 + slot * (len(data) - 1)
        words = f"{target_label} {target:,}{unit}"
        parts.append(
            f'<path class="target" d="M{x:g} {y:g}h{slot:g}"/>'
            f'<text x="{x + slot / 2:g}" y="{y - 10:g}" text-anchor="middle">{_t(words)}</text>'
        )
    parts.append('<path class="axis" d="M44 222H530"/>')
    read = [f"{name} " + (f"{value:,}{unit}" if value is not None else "未設定") for name, value, _ in data]
    said = f"{label}。" + "、".join([*read, *([f"{target_label}{target:,}{unit}"] if target else [])])
    drawing = _svg("".join(parts), 540, 262, said)
    body = [(name, [f"{value:,}" if value is not None else "未設定"]) for name, value, _ in data]
    return join([drawing, _twin(label, ["年度", unit], body)]) if table else drawing


@register.simple_tag
def stacked_bars(
    rows: Any, series: Sequence[str], *, label: str, unit: str = "件", table: bool = True
) -> SafeString:
    """One bar a row, split by up to six series. Rows: (name, [values in the order of the series])."""
    data = [(name, [value or 0 for value in values]) for name, values in rows]
    top = max([sum(values) for _, values in data] + [1])
    height = 36
    parts = []
    for number, (name, values) in enumerate(data):
        y, x = 10 + number * height, 84.0
        parts.append(f'<text x="72" y="{y + 18}" text-anchor="end">{_t(name)}</text>')
        for place, value in enumerate(values):
            width = 900 * value / top
            if value:
                parts.append(
                    f'<rect class="k{place + 1}" x="{x:g}" y="{y}" width="{max(width - 2, 2):.1f}" height="26"/>'
                )
            x = round(x + width, 1)
        parts.append(f'<text class="val" x="{x + 10:g}" y="{y + 18}">{sum(values):,}</text>')
    parts.append(f'<path class="axis" d="M84 0V{len(data) * height + 10}"/>')
    said = f"{label}。" + "、".join(f"{name} 計{sum(values):,}{unit}" for name, values in data)
    drawing = _svg("".join(parts), 1100, len(data) * height + 12, said)
    colours = el(
        "ul",
        join(el("li", join([swatch(f"k{n + 1}"), text])) for n, text in enumerate(series)),
        class_="legend",
    )
    body = [(name, [f"{value:,}" for value in [*values, sum(values)]]) for name, values in data]
    wide = el("div", drawing, class_="chartwrap", tabindex="0", role="group", aria_label=label)
    return join([wide, colours, _twin(label, ["", *series, "計"], body) if table else ""])


def _svg(inside: str, width: int, height: int, said: str) -> SafeString:
    return el(
        "svg", mark_safe(inside), class_="chart", viewBox=f"0 0 {width} {height}", role="img", aria_label=said
    )


def _twin(caption: str, heads: Sequence[Any], body: Sequence[tuple[Any, Sequence[Any]]]) -> SafeString:
    first, *others = heads
    top = el(
        "tr",
        join(
            [
                el("th", first, scope="col") if first else mark_safe("<td></td>"),
                *[el("th", text, scope="col", class_="num") for text in others],
            ]
        ),
    )
    rows = [
        el("tr", join([el("th", name, scope="row"), *[el("td", value, class_="num") for value in values]]))
        for name, values in body
    ]
    inside = join([el("caption", caption, class_="sr"), el("thead", top), el("tbody", join(rows))])
    frame = el(
        "div",
        el("table", inside, class_="table"),
        class_="tablewrap",
        tabindex="0",
        role="group",
        aria_label=caption,
    )
    return el("details", join([el("summary", "表で見る"), frame]), class_="twin")


def _column(name: str, value: int | None, current: bool, x: float, slot: float, top: int) -> str:
    middle = x + slot / 2
    under = f'<text x="{middle:g}" y="246" text-anchor="middle">{_t(name)}</text>'
    if value is None:
        return f'<text class="muted" x="{middle:g}" y="212" text-anchor="middle">未設定</text>{under}'
    y, width = _y(value, top), min(slot * 0.6, 70)
    return (
        f'<rect class="{classes("k1" if current else "k6")}" x="{middle - width / 2:g}" y="{y:g}" width="{width:g}"'
        f' height="{222 - y:g}"/><text class="val" x="{middle:g}" y="{y - 8:g}" text-anchor="middle">{value:,}</text>{under}'
    )


def _grid(top: int, step: int) -> str:
    value = top * step // 3
    y = _y(value, top)
    return (
        f'<path class="grid" d="M44 {y:g}H530"/>'
        f'<text class="muted" x="36" y="{y + 5:g}" text-anchor="end">{value:,}</text>'
    )


def _y(value: int, top: int) -> float:
    return round(222 - 186 * value / top, 1)


def _ceiling(number: int) -> int:
    """The next round number that three grid lines divide evenly."""
    for step in (3, 6, 15, 30, 60, 90, 150, 300, 600, 900, 1500, 3000, 6000, 9000, 15000, 30000):
        if number <= step:
            return step
    return -(-number // 30000) * 30000


def _link(value: int, unit: str, url: str) -> Any:
    text = f"{value:,}"
    return el("a", text, href=url) if url and value else text


def _t(text: Any) -> str:
    return str(conditional_escape(text))
