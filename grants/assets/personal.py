"""What acquired property holds about one person, for 開示 (個人情報保護法76条)."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.db.models import Q

from ..models import Asset, Disposal


def rows(user_id: UUID) -> Mapping[str, Sequence[Mapping[str, Any]]]:
    """Where this person listed a piece, wrote or asked for a 処分."""
    wishes = Disposal.objects.filter(Q(written_by=user_id) | Q(asked_by=user_id)).select_related("asset")
    return {
        "取得財産の台帳": [
            {"財産": str(row), "取得した日": row.acquired_on, "状態": row.get_state_display()}
            for row in Asset.objects.filter(listed_by=user_id).order_by("created_at", "id")
        ],
        "財産処分": [
            {"処分": str(row), "申請した": row.asked_by_id == user_id, "状態": row.get_state_display()}
            for row in wishes.order_by("created_at", "id")
        ],
    }
