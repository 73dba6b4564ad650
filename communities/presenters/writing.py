"""How the events of posts and records of activity read in 履歴."""

from collections.abc import Mapping
from typing import Any

from portal.kernel.ports import AuditLine, audit_presenters, say

from ..enums import PhotoConsent

LINES = {
    "post.written": "投稿を書きました",
    "post.edited": "投稿を直しました",
    "post.publish": ("投稿を公開しました", "ok"),
    "post.hold": "投稿の確認を世話人に頼みました",
    "post.release": ("投稿を確かめて公開しました", "ok"),
    "post.give_back": ("投稿を書いた人にもどしました", "warn"),
    "post.withdraw": "投稿を取り下げました",
    "post.take_down": ("世話人か担当者が、投稿を取り下げました", "ng"),
    "post.reopen": "投稿を下書きにもどしました",
    "post.photo_removed": "投稿の写真を消しました",
    "activity.logged": "活動を記録しました",
    "activity.edited": "活動の記録を直しました",
    "activity.withdraw": ("活動の記録を取り下げました", "warn"),
    "activity.restore": "活動の記録を公開にもどしました",
    "activity.photo_removed": "活動の記録の写真を消しました",
}
say("communities", LINES)


def _photo(data: Mapping[str, Any]) -> AuditLine:
    return AuditLine(text=f"写真を加えました({PhotoConsent(data['consent']).label})")


audit_presenters.register("communities.post.photo_added", _photo)
audit_presenters.register("communities.activity.photo_added", _photo)
