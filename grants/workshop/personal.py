"""Everything menu ② holds about one person, for 開示 (個人情報保護法76条)."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.db.models import Q

from ..models import Workshop, WorkshopLecturer, WorkshopReport

HANDS = ("created_by", "submitted_by", "town_agreed_by", "office_agreed_by", "reported_by", "closed_by")


def rows(user_id: UUID) -> Mapping[str, Sequence[Mapping[str, Any]]]:
    """The workshops they planned, agreed to, reported or closed, and those they speak at."""
    mine = Q()
    for name in HANDS:
        mine |= Q(**{name: user_id})
    return {
        "ワークショップ": [
            {
                "名前": row.title,
                "作った": row.created_by_id == user_id,
                "提出した": row.submitted_by_id == user_id,
                "合意した": user_id in (row.town_agreed_by_id, row.office_agreed_by_id),
                "状態": row.get_state_display(),
            }
            for row in Workshop.objects.filter(mine).order_by("created_at", "id")
        ],
        "ワークショップの講師": [
            {
                "ワークショップ": row.workshop.title,
                "話すこと": row.topic,
                "謝金(円)": row.fee_yen,
                "旅費(円)": row.travel_yen,
                "日時を確かめた日時": row.confirmed_at,
            }
            for row in WorkshopLecturer.objects.filter(
                Q(user=user_id) | Q(advisor__user=user_id)
            ).select_related("workshop")
        ],
        "ワークショップの報告": [
            {
                "ワークショップ": row.workshop.title,
                "成果": row.outcome,
                "次の取組": row.next_step,
                "報告した日時": row.created_at,
            }
            for row in WorkshopReport.objects.filter(written_by=user_id).select_related("workshop")
        ],
    }
