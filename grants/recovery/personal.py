"""What the recovery of money holds about one person, for 開示 (個人情報保護法76条)."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.db.models import Q

from ..models import InstalmentPlan, Reclaim, Repayment


def rows(user_id: UUID) -> Mapping[str, Sequence[Mapping[str, Any]]]:
    """Where this person asked for money back, entered it, let it come in instalments or gave it up."""
    mine = Q(ordered_by=user_id) | Q(collected_by=user_id) | Q(cancelled_by=user_id) | Q(ended_by=user_id)
    entered = Repayment.objects.filter(entered_by=user_id).select_related("reclaim__application")
    agreed = InstalmentPlan.objects.filter(agreed_by=user_id).select_related("reclaim__application")
    return {
        "補助金の返還": [
            {"申請": str(row.application), "納期限": row.due_on, "状態": row.get_state_display()}
            for row in Reclaim.objects.filter(mine).select_related("application").order_by("ordered_at", "id")
        ],
        "返還の納入": [
            {"申請": str(row.reclaim.application), "納入された日": row.collected_on}
            for row in entered.order_by("entered_at", "id")
        ],
        "分割納付": [
            {"申請": str(row.reclaim.application), "認めた日時": row.agreed_at, "理由": row.reason}
            for row in agreed.order_by("agreed_at", "id")
        ],
    }
