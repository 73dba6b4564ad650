"""What 間接補助 holds about one person, for 開示 (個人情報保護法76条)."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.db.models import Q

from ..models import SubGrant, SubGrantWriter


def rows(user_id: UUID) -> Mapping[str, Sequence[Mapping[str, Any]]]:
    """Where this person writes for a コミプラ, applied or decided."""
    mine = SubGrant.objects.filter(Q(submitted_by=user_id) | Q(decided_by=user_id)).order_by(
        "created_at", "id"
    )
    named = (
        SubGrantWriter.objects.filter(user=user_id).select_related("subgrant").order_by("created_at", "id")
    )
    return {
        "間接補助を書く人": [
            {"事業": str(row.subgrant), "加わった日時": row.created_at, "外れた日時": row.ended_at}
            for row in named
        ],
        "間接補助": [
            {
                "事業": str(row),
                "申請した": row.submitted_by_id == user_id,
                "決めた": row.decided_by_id == user_id,
            }
            for row in mine
        ],
    }
