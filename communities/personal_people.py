"""What profiles, letters and moderation hold about one person, for 開示 (個人情報保護法76条)."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from . import queries
from .enums_people import OPEN_FIELDS
from .models import Profile


def personal_data(user_id: UUID) -> Mapping[str, Sequence[Mapping[str, Any]]]:
    """The profile with who sees each field."""
    return {"プロフィール": _profile(user_id)}


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
