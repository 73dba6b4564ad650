"""Everything the student supporters' part holds about one person, for 開示 (個人情報保護法76条)."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.db.models import Q

from ..models import Placement, PlacementDay, Supporter, SupportRequest


def rows(user_id: UUID) -> Mapping[str, Sequence[Mapping[str, Any]]]:
    """Their entry with days, activities and guardian; and what they asked for or confirmed as staff."""
    return {
        "学生サポーターの登録": [_entry(row) for row in Supporter.objects.filter(user=user_id)],
        "学生サポーターの活動": [
            {
                "活動": row.request.title,
                "状態": row.get_state_display(),
                "したこと": row.work,
                "感じたこと・学んだこと": row.learned,
            }
            for row in Placement.objects.filter(supporter__user=user_id).select_related("request")
        ],
        "学生サポーターの活動の日": [
            {
                "日": day.on,
                "状態": day.get_state_display(),
                "時間": day.hours_words,
                "交通費(円)": day.travel_yen,
            }
            for day in PlacementDay.objects.filter(supporter__user=user_id)
        ],
        "学生サポーターの募集": [
            {"活動": row.title, "状態": row.get_state_display()}
            for row in SupportRequest.objects.filter(created_by=user_id)
        ],
        "学生サポーターの打診と確認": [
            {
                "活動": str(row.request),
                "打診した": row.proposed_by_id == user_id,
                "確認した": row.confirmed_by_id == user_id,
            }
            for row in Placement.objects.filter(
                Q(proposed_by=user_id) | Q(confirmed_by=user_id)
            ).select_related("request")
        ],
        "学生サポーターの登録の確認": [
            {"登録した日時": row.registered_at} for row in Supporter.objects.filter(registered_by=user_id)
        ],
    }


def _entry(row: Supporter) -> dict[str, Any]:
    return {
        "氏名": row.name,
        "フリガナ": row.kana,
        "生年月日": row.birth_on,
        "学校": row.school,
        "学年": row.grade,
        "電話番号": row.phone,
        "手伝えること": row.fields_words,
        "やってみたいこと": row.wish,
        "保護者の氏名": row.guardian_name,
        "保護者の電話番号": row.guardian_phone,
        "保護者のメールアドレス": row.guardian_email,
        "保護者が同意した日時": row.consented_at,
        "活動できる日": [offer.on for offer in row.offers.all()],
        "状態": row.get_state_display(),
    }
