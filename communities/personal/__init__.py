"""Everything communities hold about one person, as plain rows for 開示 (個人情報保護法76条)."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.db.models import Model

from ..models import (
    Attendance,
    CityRole,
    Collaboration,
    CollaborationYear,
    Community,
    Event,
    Invitation,
    Membership,
    OrganisationMember,
    OrganisationMerge,
    PhoneCall,
    PlatformStage,
    Post,
    ProxyEntry,
    Registration,
)
from ..queries.asks import EXTRAS_WITH, extras_in_words

# What a person did or is named for, beside their own rows: model, its field, in words, where the name of the thing is.
DEEDS: tuple[tuple[type[Model], str, str, str], ...] = (
    (Community, "published_by", "公開したコミュニティ", "name"),
    (Event, "needs_officer", "参加に必要なことを読む催し", "title"),
    (Event, "needs_deputy", "参加に必要なことを読む催し(2人目)", "title"),
    (ProxyEntry, "received_by", "代わりに申込みを受け付けた催し", "registration__event__title"),
    (PhoneCall, "called_by", "申込みの方に電話で知らせた催し", "registration__event__title"),
    (Attendance, "seen_by", "当日の受付をした催し", "registration__event__title"),
    (Membership, "answered_by", "参加の申込みに返事をしたコミュニティ", "community__name"),
    (CityRole, "set_by", "市の役割を決めたコミュニティ", "community__name"),
    (Invitation, "invited_by", "人を招いたコミュニティ", "community__name"),
    (OrganisationMember, "confirmed_by", "団体として手続きする人を確かめた主体", "organisation__name"),
    (OrganisationMerge, "merged_by", "まとめた主体", "gone__name"),
    (OrganisationMerge, "undone_by", "まとめたのをもどした主体", "gone__name"),
    (Post, "author", "書いた投稿", "title"),
    (Post, "published_by", "公開した投稿", "title"),
    (Collaboration, "submitted_by", "提出した協働", "initiative__title"),
    (Collaboration, "ward_confirmed_by", "区で確認した協働", "initiative__title"),
    (Collaboration, "counted_by", "協働数に数えた協働", "initiative__title"),
    (Collaboration, "returned_by", "差し戻した協働", "initiative__title"),
    (CollaborationYear, "locked_by", "締めた年度", "fiscal_year"),
    (PlatformStage, "set_by", "ステージを決めたコミプラ", "platform__name"),
    (PlatformStage, "confirmed_by", "ステージを確認したコミプラ", "platform__name"),
)


def personal_data(user_id: UUID) -> Mapping[str, Sequence[Mapping[str, Any]]]:
    """Memberships, registrations with needs, and what the person did as organiser or officer. Three queries, and one for each deed."""
    return {
        "コミュニティへの参加": _memberships(user_id),
        "催しの申込み": _registrations(user_id),
        "世話人や職員としての記録": _deeds(user_id),
        "主体の人": _acting(user_id),
    }


def _deeds(user_id: UUID) -> list[dict[str, Any]]:
    return [
        {"内容": words, "名前": str(name)}
        for model, field, words, path in DEEDS
        for name in model._default_manager.filter(**{field: user_id})
        .order_by("pk")
        .values_list(path, flat=True)
    ]


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
    rows = (
        Registration.objects.filter(user=user_id)
        .select_related("event", "need", "attendance", *EXTRAS_WITH)
        .prefetch_related("answers__question")
        .order_by("created_at")
    )
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
            "そのほかに答えたこと": "、".join(
                f"{label}: {value}" for label, value in extras_in_words(row, row.answers.all())
            ),
            "当日に来た人数": row.attendance.people_count if hasattr(row, "attendance") else "",
            "利用目的に同意した日時": row.consented_at,
            "申し込んだ日時": row.created_at,
            "取り消した日時": row.cancelled_at,
        }
        for row in rows
    ]


def _acting(user_id: UUID) -> list[dict[str, Any]]:
    rows = OrganisationMember.objects.filter(user=user_id).select_related("organisation", "authority")
    return [
        {
            "主体": row.organisation.name,
            "記録した団体": row.authority.name,
            "申し出": row.said_at,
            "確認": row.confirmed_at,
        }
        for row in rows.order_by("said_at", "id")
    ]
