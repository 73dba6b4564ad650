"""What carry-overs hold about one person, for 開示 (個人情報保護法76条)."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.db.models import Q

from ..models import CarryOver


def rows(user_id: UUID) -> Mapping[str, Sequence[Mapping[str, Any]]]:
    """Where this person asked for a carry-over, declined one or took one back."""
    mine = Q(requested_by=user_id) | Q(declined_by=user_id) | Q(taken_back_by=user_id)
    return {
        "繰越し": [
            {
                "申請": str(row.application),
                "申請した": row.requested_by_id == user_id,
                "理由": row.reason,
                "状態": row.get_state_display(),
            }
            for row in CarryOver.objects.filter(mine)
            .select_related("application")
            .order_by("requested_at", "id")
        ]
    }
