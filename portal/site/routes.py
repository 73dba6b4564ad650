"""The addresses of the portal by name, as the URL conf has them."""

import re
from collections.abc import Iterator

from django.urls import URLPattern, URLResolver, get_resolver


def patterns() -> dict[str, str]:
    """Route name (「communities:event_detail」) → readable address (「/events/<pk>/」). django-admin's inside is one row."""
    return dict(_walk(get_resolver().url_patterns, "/", ""))


def _walk(entries: list[URLPattern | URLResolver], prefix: str, namespace: str) -> Iterator[tuple[str, str]]:
    for entry in entries:
        address = prefix + _readable(str(entry.pattern))
        if isinstance(entry, URLResolver):
            if entry.app_name == "admin":
                yield "admin:index", address
                continue
            inner = f"{namespace}{entry.namespace}:" if entry.namespace else namespace
            yield from _walk(entry.url_patterns, address, inner)
        elif entry.name:
            yield f"{namespace}{entry.name}", address


def _readable(pattern: str) -> str:
    return re.sub(r"<(?:\w+:)?(\w+)>", r"<\1>", pattern).replace("^", "").replace("$", "")
