"""Is it HTML? The parser of html5lib reports every error; ids are unique and what refers to an id finds it."""

from collections import Counter
from typing import Any
from xml.etree.ElementTree import Element

import html5lib
from html5lib.constants import E

REFERENCES = (
    "aria-labelledby",
    "aria-describedby",
    "aria-controls",
    "aria-errormessage",
    "aria-owns",
    "for",
    "headers",
    "list",
)
NOT_AN_ERROR = {"expected-doctype-but-got-start-tag"}  # fragments


def html_errors(source: str | bytes, *, fragment: bool = False) -> list[str]:
    """Return what is wrong with a page (or, with `fragment`, a part of one), one line each; empty means valid."""
    text = source.decode() if isinstance(source, bytes) else source
    parser = html5lib.HTMLParser(namespaceHTMLElements=False)
    tree: Any = parser.parseFragment(text) if fragment else parser.parse(text)
    lines = text.splitlines()
    found = []
    for (line, _column), code, data in parser.errors:
        if not (fragment and code in NOT_AN_ERROR):
            context = lines[line - 1].strip()[:120] if 0 < line <= len(lines) else ""
            found.append(f"line {line}: {E[code] % data} — {context}")
    return found + _broken_ids(list(tree.iter()), whole=not fragment)


def _broken_ids(elements: list[Element], *, whole: bool) -> list[str]:
    ids = Counter(element.get("id") for element in elements if element.get("id") is not None)
    found = [f"id {name!r} is there {count} times" for name, count in ids.items() if count > 1]
    if not whole:
        return found
    for element in elements:
        for attribute in REFERENCES:
            for name in (element.get(attribute) or "").split():
                if name not in ids:
                    found.append(f"{attribute}={name!r} of <{element.tag}> leads nowhere")
        target = element.get("href") or ""
        if element.tag == "a" and target.startswith("#") and len(target) > 1 and target[1:] not in ids:
            found.append(f"href={target!r} leads nowhere")
    return found


def assert_html(source: str | bytes, *, fragment: bool = False) -> None:
    """Fail with the list of errors unless `source` is valid."""
    errors = html_errors(source, fragment=fragment)
    assert not errors, "\n".join(errors)
