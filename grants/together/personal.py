"""What one person typed into the drafts of ①, ② and ④ while another saved them, for 開示 (個人情報保護法76条)."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from ..models import DraftTyped


def rows(user_id: UUID) -> Mapping[str, Sequence[Mapping[str, Any]]]:
    """What waits to be settled."""
    return {
        "下書きの取り置いた入力": [
            {"ところ": row.get_part_display(), "入力日時": row.typed_at, "内容": row.sent}
            for row in DraftTyped.objects.filter(typed_by=user_id).order_by("typed_at", "id")
        ]
    }
