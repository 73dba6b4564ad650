"""What profiles, letters and moderation hold about one person, for 開示 (個人情報保護法76条)."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.db.models import Q

from .. import queries
from ..enums.people import OPEN_FIELDS, Side
from ..models import Exchange, Hiding, Profile, Report


def personal_data(user_id: UUID) -> Mapping[str, Sequence[Mapping[str, Any]]]:
    """The profile with who sees each field, what was reported, hidden and decided. Seven queries."""
    return {
        "プロフィール": _profile(user_id),
        "ひろばを通した連絡": _letters(user_id),
        "知らせと非表示の記録": [*_reports(user_id), *_hidings(user_id)],
    }


def _letters(user_id: UUID) -> list[dict[str, Any]]:
    """What this person wrote, and from whom something came: the other's words are the other's."""
    rows = Exchange.objects.filter(Q(sender=user_id) | Q(recipient=user_id)).prefetch_related("letters")
    return [
        {
            "内容": "送った" if (letter.side == Side.SENDER) == (row.sender_id == user_id) else "届いた",
            "メッセージ": letter.text,
            "日時": letter.created_at,
        }
        for row in rows.order_by("created_at", "id")
        for letter in sorted(row.letters.all(), key=lambda each: each.created_at)
    ]


def _reports(user_id: UUID) -> list[dict[str, Any]]:
    return [
        {
            "内容": "送った知らせ" if row.user_id == user_id else "答えた知らせ",
            "対象": row.object_type,
            "理由": row.get_reason_display(),
            "くわしいこと": row.text if row.user_id == user_id else "",
            "状態": row.get_state_display(),
            "日時": row.created_at,
        }
        for row in Report.objects.filter(Q(user=user_id) | Q(answered_by=user_id)).order_by(
            "created_at", "id"
        )
    ]


def _hidings(user_id: UUID) -> list[dict[str, Any]]:
    """What one hid, appealed against or decided; and the hiding of one's own profile."""
    mine = Q(hidden_by=user_id) | Q(appealed_by=user_id) | Q(decided_by=user_id)
    own = Profile.objects.filter(user=user_id).values("pk")
    mine |= Q(object_type=Profile._meta.label_lower, object_id__in=own)
    return [
        {
            "内容": "非表示",
            "対象": row.title,
            "理由": row.reason,
            "異議": row.appeal,
            "状態": row.get_state_display(),
            "日時": row.created_at,
        }
        for row in Hiding.objects.filter(mine).order_by("created_at", "id")
    ]


def _profile(user_id: UUID) -> list[dict[str, Any]]:
    profile = queries.profile_of(user_id)
    if profile is None:
        return []
    fields = {name: Profile._meta.get_field(name).verbose_name for name in OPEN_FIELDS}
    values = {
        "areas": "、".join(profile.area_names), "themes": "、".join(profile.theme_names),
        "links": "、".join(profile.links), "photo": profile.photo.filename if profile.photo else "",
    }  # fmt: skip
    row: dict[str, Any] = {"フリガナ": profile.kana, "公開した日時": profile.opened_at}
    for name, label in fields.items():
        row[str(label)] = values.get(name, getattr(profile, name))
        row[f"{label}を見せる相手"] = getattr(profile, f"get_{name}_seen_display")()
    row["連絡を受け取る"] = "はい" if profile.takes_letters else "いいえ"
    return [row]
