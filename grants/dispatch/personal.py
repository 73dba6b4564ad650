"""Everything menu ① holds about one person, for 開示 (個人情報保護法76条)."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.db.models import Q

from ..models import Advisor, Dispatch, Visit, VisitMove, VisitReport

HANDS = (
    "created_by",
    "submitted_by",
    "proposed_by",
    "accepted_by",
    "closed_by",
    "withdrawn_by",
    "saved_by",
    "advisor__user",
)


def rows(user_id: UUID) -> Mapping[str, Sequence[Mapping[str, Any]]]:
    """Their registration as an advisor, and where they requested, ran or took on a dispatch."""
    hands = _any_of(user_id, *HANDS)
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
                "取り下げた": row.withdrawn_by_id == user_id,
                "状態": row.get_state_display(),
            }
            for row in Dispatch.objects.filter(hands).order_by("created_at", "id")
        ],
        **_reports(user_id),
        "派遣の回": [
            {"派遣": str(row.dispatch), "始まり": row.starts_at, "状態": row.get_state_display()}
            for row in Visit.objects.filter(
                Q(advisor__user=user_id) | Q(created_by=user_id) | Q(held_by=user_id)
            ).select_related("dispatch")
        ],
    }


def _reports(user_id: UUID) -> dict[str, Sequence[Mapping[str, Any]]]:
    """What they reported of visits, the days they moved."""
    return {
        "派遣の報告": [
            {
                "派遣": str(row.visit),
                "助言の内容": row.content,
                "成果と、これから": row.outcome,
                "報告した日時": row.created_at,
            }
            for row in VisitReport.objects.filter(written_by=user_id).select_related("visit__dispatch")
        ],
        "派遣の日程の変更": [
            {
                "派遣": str(row.visit),
                "変更前": row.before_starts_at,
                "変更後": row.starts_at,
                "理由": row.reason,
            }
            for row in VisitMove.objects.filter(moved_by=user_id).select_related("visit__dispatch")
        ],
    }


def _any_of(user_id: UUID, *names: str) -> Q:
    """Where one of these columns is the person."""
    found = Q()
    for name in names:
        found |= Q(**{name: user_id})
    return found
