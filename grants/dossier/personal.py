"""What 一件書類 and 黒塗り hold about one person, for 開示 (個人情報保護法76条)."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.db.models import Q

from ..models import Dossier, Redaction, RedactionMark


def rows(user_id: UUID) -> Mapping[str, Sequence[Mapping[str, Any]]]:
    """What this person put together, copied and marked."""
    copies = Redaction.objects.filter(Q(started_by=user_id) | Q(making_by=user_id)).select_related("dossier")
    marks = RedactionMark.objects.filter(written_by=user_id).select_related("redaction__dossier")
    return {
        "一件書類": [
            {"申請": str(row.application), "番号": row.number, "頼んだ日時": row.created_at}
            for row in Dossier.objects.filter(asked_by=user_id).select_related("application")
        ],
        "黒塗りの写し": [
            {"一件書類": str(row.dossier), "開示請求": row.request_label, "状態": row.get_state_display()}
            for row in copies
        ],
        "黒塗りの印": [
            {"写し": str(row.redaction), "種類": row.get_kind_display(), "理由": row.get_ground_display()}
            for row in marks
        ],
    }
