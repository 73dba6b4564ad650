"""What 事前着手届 hold about one person, for 開示 (個人情報保護法76条)."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.db.models import Q

from ..models import EarlyStart


def rows(user_id: UUID) -> Mapping[str, Sequence[Mapping[str, Any]]]:
    """Where this person filed one or answered it."""
    found = EarlyStart.objects.filter(Q(filed_by=user_id) | Q(answered_by=user_id))
    return {
        "事前着手届": [
            {
                "申請": str(row.application),
                "届け出た": row.filed_by_id == user_id,
                "理由": row.reason,
                "状態": row.get_state_display(),
            }
            for row in found.select_related("application").order_by("filed_at", "id")
        ]
    }
