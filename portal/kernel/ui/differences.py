"""What changed since last time, word by word, readable by eye and by ear."""

import re
from difflib import SequenceMatcher

from django import template
from django.utils.safestring import SafeString

from .html import el, join, sr

register = template.Library()

_PIECES = re.compile(r"\d[\d,]*|[A-Za-z]+|[ぁ-ん]+|[ァ-ヶー]+|[一-龠々]+|\s+|.", re.DOTALL)


@register.simple_tag
def diff(before: str | None, after: str | None) -> SafeString:
    """`after` with what was added and what was taken away since `before`. Equal texts come back plain."""
    old, new = _PIECES.findall(before or ""), _PIECES.findall(after or "")
    parts = []
    for kind, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "equal":
            parts.append("".join(new[c:d]))
            continue
        if b > a:
            parts.append(el("del", join([sr("消された所 "), "".join(old[a:b]), sr(" ここまで ")])))
        if d > c:
            parts.append(el("ins", join([sr("足された所 "), "".join(new[c:d]), sr(" ここまで ")])))
    return el("span", join(parts), class_="diff")
