"""What missed deadlines hold about one person, for 開示 (個人情報保護法76条)."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.db.models import Q

from ..models import Admission, CallExtension


def rows(user_id: UUID) -> Mapping[str, Sequence[Mapping[str, Any]]]:
    """Where this person asked to be accepted after a deadline, judged that, or extended a call."""
    mine = Admission.objects.filter(Q(asked_by=user_id) | Q(judged_by=user_id)).select_related("call")
    return {
        "締切のあとの受理": [
            {
                "募集": row.call.title,
                "申し出た日時": row.asked_at if row.asked_by_id == user_id else None,
                "事情": row.asked_reason if row.asked_by_id == user_id else "",
                "判断した日時": row.judged_at if row.judged_by_id == user_id else None,
                "状態": row.get_state_display(),
            }
            for row in mine.order_by("created_at", "id")
        ],
        "締切の延長": [
            {"募集": row.call.title, "新しい締切": row.closes_at, "理由": row.reason}
            for row in CallExtension.objects.filter(extended_by=user_id).select_related("call")
        ],
    }
