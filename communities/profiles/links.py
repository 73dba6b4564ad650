"""Addresses that people put beside their name: https only, a real host, nothing that hides where it leads."""

import ipaddress
import re
from urllib.parse import urlsplit

from django.core.exceptions import ValidationError

MOST = 5
_HOST = re.compile(r"^(?=.{4,120}$)([a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,24}$")
ANY = re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)


def clean_link(text: str) -> str:
    """The address as it is kept. Raises ValidationError, with what to do, for anything but https:// and a public host."""
    link = text.strip()
    if any(char.isspace() or not char.isprintable() or char in "<>\"'\\" for char in link) or len(link) > 200:
        raise ValidationError("リンクは、1行に一つ、200字までで入力してください。", code="link")
    try:
        parts = urlsplit(link)
        host, port = (parts.hostname or ""), parts.port
    except ValueError:
        raise ValidationError(
            "リンクを読み取れません。https:// から入力してください。", code="link"
        ) from None
    if parts.scheme != "https":
        raise ValidationError("リンクは、https:// で始まるものだけを載せられます。", code="scheme")
    if parts.username is not None or port is not None or _is_number(host) or not _HOST.match(_plain(host)):
        raise ValidationError("リンク先の名前を確かめてください。例:https://example.jp/", code="host")
    return link


def count(text: str) -> int:
    """How many addresses of pages stand in a text."""
    return len(ANY.findall(text))


def _plain(host: str) -> str:
    try:
        return host.encode("idna").decode()
    except UnicodeError:
        return ""


def _is_number(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True
