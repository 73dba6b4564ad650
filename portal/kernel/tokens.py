"""Access tokens: HMAC(key, purpose, id, version). Never stored, never logged, ended by raising the version.

A token is rebuilt whenever it is needed, so a replayed request gives the same link.
"""

import base64
import binascii
import hmac
from hashlib import sha256
from uuid import UUID

from django.conf import settings

_MAC = 16


class BadToken(Exception):
    """The token was not made by us, or not for this purpose."""


def make(purpose: str, pk: UUID, version: int) -> str:
    """A token for `purpose` on the object `pk` at `version` (0 to 65535). 46 characters, safe in addresses."""
    body = pk.bytes + version.to_bytes(2, "big")
    return base64.urlsafe_b64encode(body + _mac(settings.SECRET_KEY, purpose, body)).decode().rstrip("=")


def read(purpose: str, token: str) -> tuple[UUID, int]:
    """The (id, version) a token stands for. The caller compares the version. Raises BadToken."""
    try:
        raw = base64.b64decode(token + "=" * (-len(token) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError) as problem:
        raise BadToken(purpose) from problem
    if len(raw) != 18 + _MAC:
        raise BadToken(purpose)
    body, mac = raw[:18], raw[18:]
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    if not any(hmac.compare_digest(mac, _mac(key, purpose, body)) for key in keys):
        raise BadToken(purpose)
    return UUID(bytes=body[:16]), int.from_bytes(body[16:], "big")


def _mac(key: str, purpose: str, body: bytes) -> bytes:
    return hmac.new(f"hiroba.token:{key}".encode(), purpose.encode() + b"\0" + body, sha256).digest()[:_MAC]
