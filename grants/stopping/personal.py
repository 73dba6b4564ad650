"""What 廃止 hold about one person, for 開示 (個人情報保護法76条)."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.db.models import Q

from ..models import StopRequest


def rows(user_id: UUID) -> Mapping[str, Sequence[Mapping[str, Any]]]:
    """Where this person asked to stop a project, answered it or took it back."""
    mine = Q(requested_by=user_id) | Q(declined_by=user_id) | Q(taken_back_by=user_id)
    found = StopRequest.objects.filter(mine).select_related("application").order_by("requested_at", "id")
    return {
        "廃止": [
            {
                "申請": str(row.application),
                "申請した": row.requested_by_id == user_id,
                "理由": row.reason,
                "状態": row.get_state_display(),
            }
            for row in found
        ]
    }
