"""Pages as a person uses them: what a form holds is read from the page and sent back, changed."""

from typing import Any

import html5lib
from django.http import HttpResponse
from django.test import Client


def form_of(response: Any, *, action: str = "") -> dict[str, list[str]]:
    """What the page's own POST form (or the one that leads to `action`) would send, without its buttons."""
    tree: Any = html5lib.parse(response.content.decode(), namespaceHTMLElements=False)
    form = next(
        node
        for node in tree.iter("form")
        if node.get("method") == "post" and (node.get("action") or "") == action
    )
    sent: dict[str, list[str]] = {}
    for node in form.iter():
        name = node.get("name")
        if not name or node.get("disabled") is not None:
            continue
        if node.tag == "input" and node.get("type") in {"radio", "checkbox"}:
            if node.get("checked") is not None:
                sent.setdefault(name, []).append(node.get("value", "on"))
        elif node.tag == "input" and node.get("type") not in {"file", "submit"}:
            sent.setdefault(name, []).append(node.get("value", ""))
        elif node.tag == "textarea":
            sent.setdefault(name, []).append((node.text or "").removeprefix("\n"))
        elif node.tag == "select":
            chosen = [option for option in node.iter("option") if option.get("selected") is not None]
            options = chosen or list(node.iter("option"))[:1]
            sent[name] = [option.get("value", "") for option in options]
    return sent


def send(client: Client, url: str, *, action: str = "", **changes: Any) -> HttpResponse:
    """Open `url`, change some boxes of its form, send it. `action`: of the form, where it is not the page itself."""
    data = {**form_of(client.get(url), action=action), **changes}
    return client.post(action or url, data)  # type: ignore[return-value]


def text_of(response: Any) -> str:
    return " ".join(response.content.decode().split())
