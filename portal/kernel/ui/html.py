"""Building small pieces of HTML in Python, escaped by default. Leaves of the kit are written so, because lists have many.

Plain strings and safe strings take a short way; everything else goes through Django's own `conditional_escape`.
"""

from collections.abc import Iterable
from functools import lru_cache
from html import escape
from typing import Any

from django.utils.html import conditional_escape
from django.utils.safestring import SafeString

VOID = frozenset({"img", "input", "br", "hr"})
EMPTY = SafeString("")


def el(name: str, content: Any = "", /, **attributes: Any) -> SafeString:
    """One element. Attribute names: `class_`, `for_`, `aria_label` → aria-label. None, False and "" are left out.

    Text content and values are escaped; a SafeString is taken as it is. An empty `alt` is kept.
    """
    opening = f"<{name}{attrs(attributes)}>"
    if name in VOID:
        return SafeString(opening)
    return SafeString(f"{opening}{esc(content)}</{name}>")


def attrs(attributes: dict[str, Any]) -> str:
    """` name="value"` for each attribute that has a value."""
    out = ""
    for name, value in attributes.items():
        if value is None or value is False or (value == "" and name != "alt"):
            continue
        out += f" {_label(name)}" if value is True else f' {_label(name)}="{esc(value)}"'
    return out


def join(parts: Iterable[Any]) -> SafeString:
    """The parts one after another, each escaped unless it is safe already. None and "" are left out."""
    return SafeString("".join([esc(part) for part in parts if part is not None and part != ""]))


def esc(value: Any) -> str:
    """The value as HTML text."""
    kind = type(value)
    if kind is SafeString:
        return value  # type: ignore[no-any-return]
    if kind is str:
        return escape(value)
    return str(conditional_escape(value))


def classes(base: str, *names: str) -> str:
    """Class names separated by blanks, the empty ones left out."""
    return " ".join([name for name in (base, *names) if name])


def sr(text: Any) -> SafeString:
    """Text for screen readers only."""
    return el("span", text, class_="sr")


@lru_cache(maxsize=200)
def _label(name: str) -> str:
    return name.rstrip("_").replace("_", "-")
