"""What the recovery of money holds about one person, for 開示 (個人情報保護法76条)."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.db.models import Q

from ..models import Reclaim


def rows(user_id: UUID) -> Mapping[str, Sequence[Mapping[str, Any]]]:
    """Where this person asked for money back, entered it or gave it up."""
    mine = Q(ordered_by=user_id) | Q(collected_by=user_id) | Q(cancelled_by=user_id)
    return {
        "補助金の返還": [
            {"申請": str(row.application), "納期限": row.due_on, "状態": row.get_state_display()}
            for row in Reclaim.objects.filter(mine).select_related("application").order_by("ordered_at", "id")
        ]
    }
