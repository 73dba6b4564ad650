"""Building small pieces of HTML in Python, escaped by default. Leaves of the kit are written so, because lists have many."""

from collections.abc import Iterable
from typing import Any

from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe

VOID = frozenset({"img", "input", "br", "hr"})
EMPTY = mark_safe("")


def el(name: str, content: Any = "", /, **attributes: Any) -> SafeString:
    """One element. Attribute names: `class_`, `for_`, `aria_label` → aria-label. None and False are left out.

    Text content and values are escaped; a SafeString is taken as it is.
    """
    opening = f"<{name}{attrs(attributes)}>"
    if name in VOID:
        return mark_safe(opening)
    return mark_safe(f"{opening}{conditional_escape(content)}</{name}>")


def attrs(attributes: dict[str, Any]) -> str:
    """` name="value"` for each attribute that has a value."""
    out = []
    for name, value in attributes.items():
        if value is None or value is False or (value == "" and name != "alt"):
            continue
        label = name.rstrip("_").replace("_", "-")
        out.append(f" {label}" if value is True else f' {label}="{conditional_escape(value)}"')
    return "".join(out)


def join(parts: Iterable[Any], between: str = "") -> SafeString:
    """The parts one after another, each escaped unless it is safe already."""
    return mark_safe(between.join(conditional_escape(part) for part in parts if part not in (None, "")))


def classes(base: str, *names: str) -> str:
    """Class names separated by blanks, the empty ones left out."""
    return " ".join(name for name in (base, *names) if name)


def sr(text: Any) -> SafeString:
    """Text for screen readers only."""
    return el("span", text, class_="sr")
