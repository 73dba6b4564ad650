"""Mail from one address: `smtp://`, `submission://` (STARTTLS), `smtps://` (TLS), `file:///folder` or `console://`."""

from typing import Any
from urllib.parse import unquote, urlsplit

_BACKENDS = "django.core.mail.backends"
_PORTS = {"smtp": 25, "submission": 587, "smtps": 465}


def from_url(url: str) -> dict[str, Any]:
    """Return Django's EMAIL_* settings for `url`. Raises ValueError for a scheme that is not known."""
    parts = urlsplit(url)
    if parts.scheme == "console":
        return {"EMAIL_BACKEND": f"{_BACKENDS}.console.EmailBackend"}
    if parts.scheme == "file":
        return {
            "EMAIL_BACKEND": f"{_BACKENDS}.filebased.EmailBackend",
            "EMAIL_FILE_PATH": unquote(parts.path),
        }
    if parts.scheme in _PORTS:
        return {
            "EMAIL_BACKEND": f"{_BACKENDS}.smtp.EmailBackend",
            "EMAIL_HOST": parts.hostname or "localhost",
            "EMAIL_PORT": parts.port or _PORTS[parts.scheme],
            "EMAIL_HOST_USER": unquote(parts.username or ""),
            "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
            "EMAIL_USE_TLS": parts.scheme == "submission",
            "EMAIL_USE_SSL": parts.scheme == "smtps",
        }
    raise ValueError(
        f"EMAIL_URL: {parts.scheme}:// は使えません。smtp、submission、smtps、file、consoleのどれかにします。"
    )
