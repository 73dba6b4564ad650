"""Bars: SVG with widths that the server computes. The figure always stands in text too."""

from typing import Any

from django import template
from django.utils.safestring import SafeString, mark_safe

from .html import classes, el, join

register = template.Library()

SIZES = {"": "", "s": "meter--s", "l": "meter--l"}
KEYS = {
    "fill": "meter__fill",
    "wait": "meter__wait",
    "used": "meter__used",
    "base": "meter__base",
    "edge": "meter__edge",
    "k1": "k1",
    "k2": "k2",
    "k3": "k3",
    "k4": "k4",
    "k5": "k5",
    "k6": "k6",
}


@register.simple_tag
def meter(
    value: Any, of: Any, *, label: str, size: str = "", wait: Any = 0, used: Any = 0, mark: Any = None
) -> SafeString:
    """`used` (before), `value` and `wait` (after) as parts of `of`; `mark` is a threshold. `label` says it in words."""
    amount, whole, waiting, before = (float(n or 0) for n in (value, of, wait, used))
    scale = max(whole, amount + waiting + before) or 1.0

    def share(number: float) -> float:
        return round(100 * number / scale, 1)

    start, width = share(before), min(share(amount), 100.0)
    parts = [_rect("meter__base", 0, 100)]
    if before:
        parts.append(_rect("meter__used", 0, start))
    if amount > 0:
        parts.append(_rect("meter__fill", start, width))
        if 1 < start + width < 100:
            parts.append(_rect("meter__edge", start + width - 0.8, 0.8))
    if waiting:
        parts.append(_rect("meter__wait", start + width, share(waiting)))
    threshold = whole if waiting and mark is None else mark
    if threshold is not None:
        at = share(float(threshold))
        parts += [_rect("meter__gap", at - 0.5, 1.6), _rect("meter__mark", at, 0.6)]
    drawing = mark_safe("".join(parts))
    return el(
        "svg",
        drawing,
        class_=classes("meter", SIZES[size]),
        viewBox="0 0 100 10",
        preserveAspectRatio="none",
        role="img",
        aria_label=label,
    )


@register.simple_tag
def seats(*, taken: int, capacity: int | None, waiting: int = 0) -> SafeString:
    """The seats of an event in a line: a bar and the words. Without a capacity there is nothing to fill."""
    if capacity is None:
        return mark_safe("申込み不要")
    left = max(capacity - taken, 0)
    words = (
        f"あと {left}席(定員{capacity}人)"
        if left
        else f"満席 キャンセル待ち {waiting}人"
        if waiting
        else "満席"
    )
    return join(
        [meter(min(taken, capacity), capacity, label=f"定員{capacity}人のうち{taken}人", size="s"), words]
    )


@register.simple_block_tag
def legend(content: str) -> SafeString:
    """What the colours of a bar mean."""
    return el("ul", mark_safe(content), class_="legend")


@register.simple_tag
def key(kind: str, text: Any) -> SafeString:
    """One line of a legend."""
    return el("li", join([swatch(kind), text]))


def swatch(kind: str) -> SafeString:
    """The little square of a colour."""
    square = mark_safe(f'<rect class="{KEYS[kind]}" width="14" height="14"/>')
    return el("svg", square, class_="usekey", viewBox="0 0 14 14", aria_hidden="true")


@register.simple_tag
def queue(waiting: int, place: int = 0) -> SafeString:
    """People in a line, with one's own place. More than twelve are drawn as twelve and said in words."""
    shown = min(waiting, 12)
    people = []
    for number in range(1, shown + 1):
        mine = number == place
        text = f'<text y="60" text-anchor="middle">{place}番目</text>' if mine else ""
        look = ' class="is-me"' if mine else ""
        people.append(
            f'<g{look} transform="translate({number * 40 - 20} 0)"><circle cy="12" r="9"/>'
            f'<path d="M-13 44V36q0-12 13-12t13 12v8z"/>{text}</g>'
        )
    label = f"キャンセル待ち{waiting}人" + (f"のうち、あなたは{place}番目" if place else "")
    return el(
        "svg",
        mark_safe("".join(people)),
        class_="queue",
        viewBox=f"0 0 {max(shown, 7) * 40} 62",
        role="img",
        aria_label=label,
    )


def _rect(kind: str, x: float, width: float) -> str:
    place = f' x="{_n(x)}"' if x else ""
    return f'<rect class="{kind}"{place} width="{_n(max(width, 0))}" height="10"/>'


def _n(number: float) -> str:
    return f"{number:.1f}".rstrip("0").rstrip(".")
