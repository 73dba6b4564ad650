"""Marks and buttons: the smallest pieces. Colour never speaks alone; every mark has a word."""

from datetime import date, datetime
from typing import Any
from zlib import crc32

from django import template
from django.utils.safestring import SafeString, mark_safe

from . import html
from .html import classes, el, join

register = template.Library()

TAGS = {
    "": "",
    "ok": "tag--ok",
    "ng": "tag--ng",
    "warn": "tag--warn",
    "fill": "tag--fill",
    "fill-ok": "tag--fill tag--ok",
    "fill-ng": "tag--fill tag--ng",
}
BUTTONS = {"": "", "line": "button--line", "text": "button--text", "danger": "button--danger"}
SIZES = {"": "", "s": "button--s", "l": "button--l"}
WARDS = ("kita", "higashi", "chuo", "konan", "akiha", "minami", "nishi", "nishikan")

# Drawn on 24 × 24; the tone of the notice colours them. They stand beside words, never alone.
PATHS = {
    "ok": "M12 2a10 10 0 1 0 0 20a10 10 0 0 0 0-20zm-1.6 14.6l-4.3-4.3l1.6-1.6l2.7 2.7l5.9-5.9l1.6 1.6z",
    "info": "M12 2a10 10 0 1 0 0 20a10 10 0 0 0 0-20zm-1.2 8.5h2.4V18h-2.4zM12 6a1.4 1.4 0 1 1 0 2.8A1.4 1.4 0 0 1 12 6z",
    "warn": "M12 2L1 21h22zM10.9 9h2.2v6h-2.2zm1.1 7.4a1.3 1.3 0 1 1 0 2.6a1.3 1.3 0 0 1 0-2.6z",
    "ng": "M8 2h8l6 6v8l-6 6H8l-6-6V8zm2.8 4.5v7h2.4v-7zM12 15a1.4 1.4 0 1 0 0 2.8A1.4 1.4 0 0 0 12 15z",
}
ICONS = {
    name: mark_safe(
        '<svg class="notice__icon" viewBox="0 0 24 24" aria-hidden="true">'
        f'<path fill="currentColor" fill-rule="evenodd" d="{path}"/></svg>'
    )
    for name, path in PATHS.items()
}


@register.simple_tag
def icon(name: str) -> SafeString:
    """One of ok, info, warn, ng. Raises KeyError for another name."""
    return ICONS[name]


@register.simple_tag
def tag(text: Any, kind: str = "") -> SafeString:
    """A state in a frame: 募集中. Raises KeyError for an unknown kind."""
    return el("span", text, class_=classes("tag", TAGS[kind]))


@register.simple_tag
def wardmark(area: Any = None, *, name: str = "", slug: str = "", link: bool = False) -> SafeString:
    """A ward's name with its colour; of any other area the name with 藍."""
    name = name or getattr(area, "name", "")
    slug = slug or getattr(area, "slug", "") or ""
    ward = slug if slug in WARDS else None
    inside = el("a", name, href=f"/wards/{ward}/") if link and ward else name
    return el("span", inside, class_="wardmark", data_ward=ward)


@register.simple_tag
def more(text: Any, url: Any) -> SafeString:
    """The arrow link that leads to all of a list."""
    return el("a", text, class_="more", href=url)


@register.simple_tag
def sr(text: Any) -> SafeString:
    """Words for screen readers only."""
    return html.sr(text)


@register.simple_tag
def button(
    text: Any, url: Any, *, kind: str = "", size: str = "", full: bool = False, about: str = ""
) -> SafeString:
    """A link that looks like a button. `about` completes the words for screen readers: 直す(:寄附)."""
    look = classes("button", BUTTONS[kind], SIZES[size], "button--full" if full else "")
    return el("a", _named(text, about), class_=look, href=url)


@register.simple_tag
def submit(
    text: Any,
    *,
    name: str = "",
    value: Any = "",
    kind: str = "",
    size: str = "",
    full: bool = False,
    form: str = "",
    disabled: bool = False,
    reason: Any = "",
    about: str = "",
    action: str = "",
) -> SafeString:
    """A button that sends its form. With `reason` it is disabled and says beside it what is missing."""
    look = classes("button", BUTTONS[kind], SIZES[size], "button--full" if full else "")
    why = f"why-{crc32(str(reason).encode()):08x}" if reason else None
    control = el(
        "button",
        _named(text, about),
        type="submit",
        class_=look,
        name=name,
        value=value if name else None,
        form=form,
        formaction=action,
        disabled=disabled or bool(reason),
        aria_describedby=why,
    )
    return join([control, el("span", reason, class_="button__why", id=why)]) if reason else control


@register.simple_block_tag
def hint(content: str) -> SafeString:
    """A side note: what will happen, what is kept, why something is asked."""
    return el("p", mark_safe(content.strip()), class_="hint measure")


@register.simple_tag
def chips(items: Any, *, label: str) -> SafeString:
    """Filters as round links. Items: (text, url) or (text, url, current)."""
    rows = [
        el("li", el("a", item[0], href=item[1], aria_current="true" if len(item) > 2 and item[2] else None))
        for item in items
    ]
    return el("ul", join(rows), class_="chips", aria_label=label)


@register.simple_tag
def when(value: date | datetime | None, *, style: str = "") -> SafeString:
    """A <time> with its Japanese reading. `style`: "" 12月5日(土) 18時30分 · full with year and 令和 · day without time."""
    from portal.kernel.templatetags import fmt

    if value is None:
        return html.EMPTY
    if style == "full":
        text = fmt.jdatetime(value) if isinstance(value, datetime) else fmt.jdate(value)
    elif style == "day" or not isinstance(value, datetime):
        text = fmt.jday(value)
    else:
        text = f"{fmt.jday(value)} {fmt.jtime(value)}"
    return el("time", text, datetime=fmt.iso(value))


def _named(text: Any, about: str) -> SafeString:
    return join([text, html.sr(f":{about}") if about else ""])
