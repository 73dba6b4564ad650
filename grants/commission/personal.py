"""Everything menu ④ holds about one person, for 開示 (個人情報保護法76条)."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.db.models import Q

from ..models import CommissionCall, CommissionQuestion, CommissionTheme


def rows(user_id: UUID) -> Mapping[str, Sequence[Mapping[str, Any]]]:
    """Where this person wrote, proposed or judged something."""
    return {
        "テーマ": _themes(user_id),
        "企画提案の公募": _calls(user_id),
        "公募への質問": _questions(user_id),
    }


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


def _calls(user_id: UUID) -> list[dict[str, Any]]:
    mine = Q(created_by=user_id) | Q(published_by=user_id) | Q(panel_by=user_id)
    mine |= Q(announced_by=user_id) | Q(voided_by=user_id)
    return [
        {"業務の名称": row.title, "状態": row.get_state_display()}
        for row in CommissionCall.objects.filter(mine).order_by("created_at", "id")
    ]


def _questions(user_id: UUID) -> list[dict[str, Any]]:
    found = CommissionQuestion.objects.filter(Q(asked_by=user_id) | Q(answered_by=user_id))
    return [
        {
            "公募": str(row.call),
            "書いたこと": row.text if row.asked_by_id == user_id else row.answer,
            "名前": row.asker_name if row.asked_by_id == user_id else "",
            "メールアドレス": row.email if row.asked_by_id == user_id else "",
        }
        for row in found.select_related("call").order_by("asked_at", "id")
    ]
