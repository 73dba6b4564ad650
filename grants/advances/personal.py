"""What advance payments hold about one person, for 開示 (個人情報保護法76条)."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.db.models import Q

from ..models import Advance


def rows(user_id: UUID) -> Mapping[str, Sequence[Mapping[str, Any]]]:
    """Where this person asked for an advance, declined one or took one back."""
    mine = Q(requested_by=user_id) | Q(declined_by=user_id) | Q(taken_back_by=user_id)
    return {
        "概算払": [
            {
                "申請": str(row.application),
                "請求した": row.requested_by_id == user_id,
                "理由": row.reason,
                "状態": row.get_state_display(),
            }
            for row in Advance.objects.filter(mine)
            .select_related("application")
            .order_by("requested_at", "id")
        ]
    }
