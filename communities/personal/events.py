"""What events hold about one person."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from ..models import EventReport, Pitch


def personal_data(user_id: UUID) -> Mapping[str, Sequence[Mapping[str, Any]]]:
    """Pitches and reports of one person. Two queries."""
    pitches = Pitch.objects.filter(user=user_id).select_related("event").order_by("created_at")
    reports = EventReport.objects.filter(reported_by=user_id).select_related("event").order_by("created_at")
    return {
        "ピッチの申込み": [
            {
                "催し": row.event.title, "話す人": row.name, "題": row.title, "ひとこと": row.note,
                "状態": row.get_state_display(), "申し込んだ日時": row.created_at,
            }
            for row in pitches
        ],
        "報告した催し": [{"催し": row.event.title, "報告した日時": row.reported_at} for row in reports],
    }  # fmt: skip
