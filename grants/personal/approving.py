"""What 決裁 hold about one person, for 開示 (個人情報保護法76条)."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.db.models import Q

from ..models import Application, Approval, ApprovalStep, LetterBatch, SigningDeputy


def rows(user_id: UUID) -> Mapping[str, Sequence[Mapping[str, Any]]]:
    """Where this person drafted, recorded, sent back or signed a 決裁, decided a file, or stands for somebody."""
    ended = Q(drafted_by=user_id) | Q(signed_by=user_id) | Q(sent_back_by=user_id)
    pressed = Q(signed_by=user_id) | Q(seen_by=user_id)
    stood = Q(holder=user_id) | Q(deputy=user_id)
    return {
        "補助金の決裁": [
            {
                "件名": row.title,
                "内容": row.get_matter_display(),
                "起案した": row.drafted_by_id == user_id,
                "状態": row.get_state_display(),
            }
            for row in Approval.objects.filter(ended).order_by("drafted_at", "id")
        ],
        "補助金の決裁の印": [
            {"件名": row.approval.title, "職": row.title, "押した日時": row.signed_at, "代決": row.deputised}
            for row in ApprovalStep.objects.filter(pressed)
            .select_related("approval")
            .order_by("signed_at", "id")
        ],
        "決定した申請": [
            {"事業の名称": str(row), "決定した日時": row.decided_at}
            for row in Application.objects.filter(decided_by=user_id).order_by("decided_at", "id")
        ],
        "一括の手続き": [
            {"内容": row.heading, "起案番号": row.record_number, "頼んだ日時": row.created_at}
            for row in LetterBatch.objects.filter(asked_by=user_id).order_by("created_at", "id")
        ],
        "代決": [
            {"役職": row.get_role_display(), "いつから": row.starts_on, "いつまで": row.ends_on}
            for row in SigningDeputy.objects.filter(stood).order_by("starts_on", "id")
        ],
    }
