"""The switch 「やさしい日本語」: a link with ?easy=1, remembered in the session until ?easy=0."""

from typing import Any

from django.http import HttpRequest

KEY = "easy"


def remember(request: HttpRequest) -> bool:
    """Whether this visitor reads plain Japanese; what the address says is kept. Sets `request.easy` for templates."""
    wish = request.GET.get("easy")
    if wish in ("0", "1") and (wish == "1") != bool(request.session.get(KEY)):
        request.session[KEY] = wish == "1"
    on = bool(request.session.get(KEY))
    request.easy = on  # type: ignore[attr-defined]
    return on


def text_of(row: Any) -> str:
    """The plain text of a community or event loaded with its `easy`; empty where none was written."""
    found = getattr(row, "easy", None)
    return str(found.text) if found is not None else ""
