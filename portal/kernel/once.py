"""Once: a form carries a signed key, and what it did is written with that key in the same transaction.

The same payload again leads to the same result; the same key for something else is refused. What is kept is a
reference to the object, never an address with a token.
"""

import hashlib
import secrets
from collections.abc import Iterable
from typing import Any

from django.apps import apps
from django.core import signing
from django.core.files.uploadedfile import UploadedFile
from django.db import IntegrityError, models, transaction
from django.http import QueryDict

from .actors import Actor
from .models import Submission
from .refusals import Refusal

FIELD = "once"
IGNORED = frozenset({FIELD, "csrfmiddlewaretoken", "preview"})
MAX_AGE = 60 * 60 * 24 * 7  # a form left open for a week
_SALT = "kernel.once"


def new_key(actor: Actor, purpose: str) -> str:
    """A fresh signed key for one form of `purpose` shown to `actor`."""
    return signing.dumps([secrets.token_urlsafe(16), purpose, _holder(actor)], salt=_SALT)


def read_key(raw: str, actor: Actor, purpose: str) -> str | None:
    """The nonce inside `raw`, or None when it is not ours, not for this form, or another person's."""
    try:
        nonce, for_purpose, holder = signing.loads(raw, salt=_SALT, max_age=MAX_AGE)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    return nonce if for_purpose == purpose and holder == _holder(actor) else None


def payload_hash(data: QueryDict | dict[str, Any], files: Any = None) -> str:
    """SHA-256 of what was sent: all fields in order of name, and the bytes of the files."""
    digest = hashlib.sha256()
    lists: Iterable[tuple[str, list[Any]]] = (
        data.lists() if isinstance(data, QueryDict) else [(key, [value]) for key, value in data.items()]
    )
    for name, values in sorted(lists):
        if name.rsplit("-", 1)[-1] not in IGNORED:
            digest.update(repr((name, [str(value) for value in values])).encode("utf-8", "surrogatepass"))
    for name, uploads in sorted(files.lists() if files else []):
        for upload in uploads:
            digest.update(f"{name}:{upload.name}".encode("utf-8", "surrogatepass") + _file_digest(upload))
    return digest.hexdigest()


class Claim:
    """A place in the book of submissions. Make it inside the action's transaction."""

    def __init__(self, nonce: str, actor: Actor, payload: str) -> None:
        """Take the key, waiting for a twin that is still under way. Raises Refusal when it was used for another payload."""
        self.replayed = False
        try:
            with transaction.atomic():
                self.row = Submission.objects.create(key=nonce, actor_ref=actor.ref, payload_hash=payload)
        except IntegrityError:
            self.row = Submission.objects.get(key=nonce)
            self.replayed = True
            if self.row.payload_hash != payload:
                raise Refusal(
                    "この画面の内容は、すでに一度受け付けています。直した内容を送るには、もう一度ボタンを押してください。",
                    code="used",
                ) from None

    def result(self) -> models.Model | None:
        """The object the first submission made. None when it has gone since."""
        if not self.row.result_type:
            return None
        rows: models.QuerySet[models.Model] = apps.get_model(self.row.result_type)._default_manager.all()
        return rows.filter(pk=self.row.result_id).first()

    def settle(self, result: Any) -> None:
        """Note what came out of it."""
        if isinstance(result, models.Model):
            self.row.result_type, self.row.result_id = result._meta.label_lower, str(result.pk)
            self.row.save(update_fields=["result_type", "result_id"])


def _holder(actor: Actor) -> str:
    """Visitors get their session with the first write, so a visitor's key is bound to the form alone."""
    return actor.ref if actor.kind == "user" else actor.kind


def _file_digest(upload: "UploadedFile[Any]") -> bytes:
    digest = hashlib.sha256()
    for chunk in upload.chunks():
        digest.update(chunk)
    upload.seek(0)
    return digest.digest()
