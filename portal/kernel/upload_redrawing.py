"""Smaller drawings for pictures that came in before these were kept: in batches, one picture in memory at a time."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

import structlog
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from PIL import Image, UnidentifiedImageError

from . import upload_sizes
from .upload_models import StoredFile

BATCH = 50  # pictures of one call
log = structlog.get_logger("files")


@dataclass(frozen=True, slots=True)
class Drawn:
    """What one batch did. `last`: where the next one goes on; None when there is nothing left."""

    done: int
    skipped: int
    last: UUID | None


def draw_missing(*, after: UUID | None = None, limit: int = BATCH) -> Drawn:
    """Draw the smaller sizes of the next `limit` pictures without them, by key from `after` on.

    Safe twice and beside another run: a picture that has its sizes is not met again, one that somebody holds is passed
    by, what a killed run left beside a picture is replaced. What is lost or cannot be read is skipped, with a line in
    the log that names the row alone.
    """
    rows = StoredFile.objects.filter(content_type__startswith="image/", width__isnull=True)
    if after is not None:
        rows = rows.filter(pk__gt=after)
    keys = list(rows.order_by("pk").values_list("pk", flat=True)[:limit])
    done = sum(_draw_one(key) for key in keys)
    return Drawn(done, len(keys) - done, keys[-1] if keys else None)


def _draw_one(key: UUID) -> bool:
    with transaction.atomic():
        held = StoredFile.objects.select_for_update(skip_locked=True).filter(pk=key, width__isnull=True)
        stored = held.first()
        if stored is None:
            return False
        try:
            with default_storage.open(stored.storage_name, "rb") as file:
                sizes = upload_sizes.draw(file.read())
        except (OSError, ValueError, SyntaxError, UnidentifiedImageError, Image.DecompressionBombError):
            log.error("picture_not_drawn", file=str(key), target=stored.target_type)
            return False
        for width, content in sizes.smaller.items():
            name = upload_sizes.name_of(stored.storage_name, width)
            default_storage.delete(name)
            default_storage.save(name, ContentFile(content))
        stored.width, stored.height, stored.widths = sizes.width, sizes.height, sorted(sizes.smaller)
        stored.save(update_fields=["width", "height", "widths"])
        return True
