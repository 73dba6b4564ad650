"""Everything communities hold about one person, as plain rows for 開示 (個人情報保護法76条)."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from .models import Membership, Registration


def personal_data(user_id: UUID) -> Mapping[str, Sequence[Mapping[str, Any]]]:
    """Memberships and registrations, needs included. Two queries."""
    return {"コミュニティへの参加": _memberships(user_id), "催しの申込み": _registrations(user_id)}


def _memberships(user_id: UUID) -> list[dict[str, Any]]:
    rows = Membership.objects.filter(user=user_id).select_related("community").order_by("created_at")
    return [
        {
            "コミュニティ": row.community.name,
            "状態": row.get_state_display(),
            "役割": row.get_role_display(),
            "ひとこと": row.message,
            "名前の公開": "する" if row.show_name else "しない",
            "名前にそえる紹介": row.about,
            "申し込んだ日時": row.created_at,
            "参加した日時": row.joined_at,
            "退会した日時": row.left_at,
        }
        for row in rows
    ]


def _registrations(user_id: UUID) -> list[dict[str, Any]]:
    rows = Registration.objects.filter(user=user_id).select_related("event", "need").order_by("created_at")
    return [
        {
            "催し": row.event.title,
            "状態": row.get_state_display(),
            "氏名": row.name,
            "フリガナ": row.kana,
            "メールアドレス": row.email,
            "電話番号": row.phone,
            "人数": row.party_size,
            "お連れの方": "、".join(row.party_names),
            "参加に必要なこと": row.need.text if hasattr(row, "need") else "",
            "申し込んだ日時": row.created_at,
        }
        for row in rows
    ]
