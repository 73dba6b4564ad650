"""Everything menu ① holds about one person, for 開示 (個人情報保護法76条)."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.db.models import Q

from ..models import Advisor, Dispatch, Visit


def rows(user_id: UUID) -> Mapping[str, Sequence[Mapping[str, Any]]]:
    """Their registration as an advisor, and where they requested, ran or took on a dispatch."""
    hands = Q()
    for name in ("created_by", "submitted_by", "proposed_by", "accepted_by", "closed_by", "advisor__user"):
        hands |= Q(**{name: user_id})
    return {
        "アドバイザーの登録": [
            {
                "氏名": row.name,
                "フリガナ": row.kana,
                "紹介": row.profile,
                "分野": row.fields_words,
                "活動の拠点": row.base,
                "謝金の単価": row.fee_words,
                "活動の年度": row.years_words,
            }
            for row in Advisor.objects.filter(user=user_id)
        ],
        "空いている時間": [
            {"始まり": offer.starts_at, "終わり": offer.ends_at}
            for row in Advisor.objects.filter(user=user_id).prefetch_related("offers")
            for offer in row.offers.all()
        ],
        "アドバイザーの派遣": [
            {
                "件名": row.title,
                "申し込んだ": row.submitted_by_id == user_id,
                "打診した": row.proposed_by_id == user_id,
                "引き受けた": row.accepted_by_id == user_id,
                "状態": row.get_state_display(),
            }
            for row in Dispatch.objects.filter(hands).order_by("created_at", "id")
        ],
        "派遣の回": [
            {"派遣": str(row.dispatch), "始まり": row.starts_at, "状態": row.get_state_display()}
            for row in Visit.objects.filter(Q(advisor__user=user_id) | Q(created_by=user_id)).select_related(
                "dispatch"
            )
        ],
    }
