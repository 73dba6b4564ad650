"""What payments hold about one person, for 開示 (個人情報保護法76条)."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.db.models import Q

from ..models import Payment


def rows(user_id: UUID) -> Mapping[str, Sequence[Mapping[str, Any]]]:
    """What was paid to them, and what they ordered, entered or cancelled."""
    mine = Q(payee_user=user_id) | Q(ordered_by=user_id) | Q(paid_by=user_id) | Q(cancelled_by=user_id)
    return {
        "支払い": [
            {
                "件名": row.title,
                "受け取った": row.payee_user_id == user_id,
                "支払額": row.gross_yen if row.payee_user_id == user_id else None,
                "源泉徴収額": row.withheld_yen if row.payee_user_id == user_id else None,
                "支払日": row.paid_on,
                "状態": row.get_state_display(),
            }
            for row in Payment.objects.filter(mine).order_by("ordered_on", "id")
        ]
    }
