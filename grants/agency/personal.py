"""What the 委託先 of ① holds about one person, for 開示 (個人情報保護法76条)."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.db.models import Q

from ..models import AgencyContract, AgencyStatement


def rows(user_id: UUID) -> Mapping[str, Sequence[Mapping[str, Any]]]:
    """Where this person registered a contract, wrote, submitted or checked a 精算書."""
    mine = Q(created_by=user_id) | Q(submitted_by=user_id) | Q(checked_by=user_id)
    statements = AgencyStatement.objects.filter(mine).select_related("contract__organisation")
    return {
        "委託先の契約": [
            {"契約番号": row.number, "契約日": row.signed_on}
            for row in AgencyContract.objects.filter(created_by=user_id).order_by("created_at", "id")
        ],
        "精算書": [
            {
                "精算書": str(row),
                "提出した": row.submitted_by_id == user_id,
                "確認した": row.checked_by_id == user_id,
            }
            for row in statements.order_by("created_at", "id")
        ],
    }
