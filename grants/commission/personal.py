"""Everything menu ④ holds about one person, for 開示 (個人情報保護法76条)."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.db.models import Q

from ..models import CommissionTheme


def rows(user_id: UUID) -> Mapping[str, Sequence[Mapping[str, Any]]]:
    """Where this person wrote, proposed or judged something."""
    return {"テーマ": _themes(user_id)}


def _themes(user_id: UUID) -> list[dict[str, Any]]:
    mine = Q(created_by=user_id) | Q(proposed_by=user_id) | Q(judged_by=user_id)
    return [
        {
            "テーマ": row.title,
            "作った": row.created_by_id == user_id,
            "提案した": row.proposed_by_id == user_id,
            "選定した": row.judged_by_id == user_id,
        }
        for row in CommissionTheme.objects.filter(mine).order_by("created_at", "id")
    ]
