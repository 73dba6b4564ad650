"""The seed of a lottery: fixed by its seal before the draw, made only at the draw, read by nobody in between.

seed = HMAC-SHA256(a key derived from SECRET_KEY, event and nonce). The database holds the nonce and the seal: whoever
reads it can neither foresee a draw nor change it. Who also has the key of the server could foresee it (docs/adr/0016).
"""

import hmac
import secrets
from collections.abc import Iterator
from hashlib import sha256
from uuid import UUID

from django.conf import settings

from portal.kernel.refusals import Refusal

from . import draw

KEY_IS_GONE = (
    "封をしたときの鍵が、このサーバーにありません。抽選はまだできません。システム管理者に、前の鍵"
    "(SECRET_KEY_FALLBACKS)をもどすよう頼んでください。"
)


def new_nonce() -> str:
    """256 bits that make the seed of this lottery its own."""
    return secrets.token_hex(32)


def seal_of(event: UUID, nonce: str) -> str:
    """What is published when the lottery is set up. The seed is forgotten at once."""
    return draw.seal(_seed(settings.SECRET_KEY, event, nonce))


def seed_of(event: UUID, nonce: str, seal: str) -> str:
    """The seed that belongs to the seal. Raises Refusal when the key with which it was sealed is gone."""
    for key in _keys():
        seed = _seed(key, event, nonce)
        if draw.seal(seed) == seal:
            return seed
    raise Refusal(KEY_IS_GONE, code="key")


def _keys() -> Iterator[str]:
    yield settings.SECRET_KEY
    yield from settings.SECRET_KEY_FALLBACKS


def _seed(key: str, event: UUID, nonce: str) -> str:
    return hmac.new(f"hiroba.lottery:{key}".encode(), f"{event}:{nonce}".encode(), sha256).hexdigest()
