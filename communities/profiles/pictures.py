"""Photographs of people, small: what was sent is drawn anew once more, cut square, and kept in that form alone."""

import io
import secrets

from django.core.files.storage import default_storage
from django.db import models
from PIL import Image, ImageOps

from portal.kernel import uploads
from portal.kernel.models import StoredFile
from portal.kernel.refusals import Refusal

SIDE = 480  # pixels


def keep_square(sent: StoredFile, target: models.Model) -> StoredFile:
    """A square JPEG of `sent` (already redrawn by uploads.stage), kept for `target`. The larger one is swept.

    Raises Refusal when the storage has lost what was sent.
    """
    try:
        kept = default_storage.open(sent.storage_name, "rb")
    except FileNotFoundError:
        raise Refusal(
            "写真のファイルが失われました。もう一度選んでください。", field="photo", code="lost"
        ) from None
    with kept as file, Image.open(file) as picture:
        plain = picture.convert("RGBA")
        paper = Image.new("RGBA", plain.size, "white")
        small = ImageOps.fit(Image.alpha_composite(paper, plain).convert("RGB"), (SIDE, SIDE))
    out = io.BytesIO()
    small.save(out, format="JPEG", quality=85, optimize=True)
    token = secrets.token_hex(20)
    return uploads.keep(
        out.getvalue(), name=f"photos/{token[:2]}/{token}", filename="photo.jpg", content_type="image/jpeg",
        target=target,
    )  # fmt: skip
