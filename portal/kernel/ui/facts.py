"""Facts: a number never stands alone. It has a date, a definition and a way to its evidence."""

from typing import Any

from django import template
from django.utils.safestring import SafeString, mark_safe

from .html import classes, el, join, sr

register = template.Library()

SUMMARIES = {"": "", "s": "summary--s", "money": "summary--money summary--s"}


@register.simple_block_tag
def facts(content: str, *, small: bool = False) -> SafeString:
    """A few numbers side by side."""
    return el("dl", mark_safe(content), class_=classes("facts", "facts--s" if small else ""))


@register.simple_tag
def fact(label: Any, value: Any, unit: Any = "", *, url: Any = "") -> SafeString:
    """One number with its name, linked to its evidence when there is an address. None reads 「未設定」."""
    if value is None or value == "":
        number: SafeString = el("small", "未設定")
    else:
        number = join([value, el("small", unit) if unit else ""])
    return el("div", join([el("dt", label), el("dd", el("a", number, href=url) if url else number)]))


@register.simple_tag
def bignum(value: Any, unit: Any = "") -> SafeString:
    """The one number of a page. None reads 「未設定」."""
    if value is None or value == "":
        return el("p", "未設定", class_="bignum bignum--none")
    return el("p", join([value, el("small", unit) if unit else ""]), class_="bignum")


@register.simple_block_tag
def summary(content: str, *, kind: str = "") -> SafeString:
    """Items and values. `kind` money: figures at the right."""
    return el("dl", mark_safe(content), class_=classes("summary", SUMMARIES[kind]))


@register.simple_tag
def item(label: Any, value: Any, *, total: bool = False, action: Any = "", url: Any = "") -> SafeString:
    """One line of a summary. An empty value reads 「未入力」; `action` and `url`: a way to change it."""
    shown = value if value not in (None, "") else el("span", "未入力", class_="muted")
    return _row(label, shown, total=total, action=action, url=url)


@register.simple_block_tag
def row(content: str, label: Any, *, total: bool = False, action: Any = "", url: Any = "") -> SafeString:
    """One line of a summary with HTML as its value."""
    return _row(label, mark_safe(content.strip()), total=total, action=action, url=url)


@register.simple_tag
def confirm_list(items: Any, *, kind: str = "") -> SafeString:
    """A summary of (label, value) pairs, for a confirmation page."""
    return el(
        "dl", join(item(label, value) for label, value in items), class_=classes("summary", SUMMARIES[kind])
    )


@register.simple_tag
def formula(rows: Any) -> SafeString:
    """A calculation, line by line: (sign, label, value, kind), kind "", sum or grant (the result)."""
    lines = [
        el(
            "li",
            join([el("span", sign), el("span", label), el("span", value)]),
            class_=f"is-{kind}" if kind else None,
        )
        for sign, label, value, kind in rows
    ]
    return el("ol", join(lines), class_="formula")


@register.simple_block_tag
def table(
    content: str,
    caption: Any,
    *,
    stack: bool = False,
    mid: bool = False,
    hide_caption: bool = False,
    id: str = "",
) -> SafeString:
    """A table that scrolls by keyboard when it is too wide; `stack`: rows become blocks on a phone."""
    name = el("caption", sr(caption) if hide_caption else caption)
    look = classes("table", "table--stack" if stack else "", "table--mid" if mid else "")
    inside = el("table", join([name, mark_safe(content)]), class_=look, id=id)
    return el("div", inside, class_="tablewrap", tabindex="0", role="group", aria_label=caption)


def _row(label: Any, value: Any, *, total: bool, action: Any, url: Any) -> SafeString:
    change = (
        el("p", el("a", join([action, sr(f":{label}")]), href=url), class_="summary__act") if action else ""
    )
    return el(
        "div", join([el("dt", label), el("dd", join([value, change]))]), class_="is-sum" if total else None
    )
