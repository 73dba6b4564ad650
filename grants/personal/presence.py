"""Which files a person has open."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from ..models import Presence
from ..models.presence import FILES


def rows(user_id: UUID) -> Mapping[str, Sequence[Mapping[str, Any]]]:
    """Where they were last seen; kept for a day."""
    seen = Presence.objects.filter(user=user_id).select_related(*FILES).order_by("seen_at", "id")
    return {
        "開いていた申請": [
            {"申請": str(row.file), "ところ": row.get_place_display(), "最後の日時": row.seen_at}
            for row in seen
        ]
    }
