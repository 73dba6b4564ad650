"""How running an event, and the time after it, read in 履歴."""

from collections.abc import Mapping
from typing import Any

from portal.kernel.ports import AuditLine, audit_presenters, say


@audit_presenters.register("communities.event.repeated")
def _repeated(data: Mapping[str, Any]) -> AuditLine:
    return AuditLine(text=f"シリーズにしました(全{data['count']}回)")


LINES = {
    "event.postpone": ("催しを延期にしました", "warn"),
    "event.resume": ("新しい日で公開しました", "ok"),
    "event.report": ("報告しました", "ok"),
    "event.report_changed": "報告を直しました",
    "event.recorded": ("活動記録に載せました", "ok"),
    "event.photo_added": "写真を載せました",
    "event.photo_removed": "写真を消しました",
    "event.sketch_set": "会場の案内図を載せました",
    "event.sketch_removed": "会場の案内図を消しました",
    "event.survey_set": "アンケートを用意しました",
    "event.thanked": "お礼のメールを送りました",
    "eventsurvey.answered": "アンケートに答えました",
    "pitch.asked": "ピッチを申し込みました",
    "pitch.accept": ("ピッチを受け入れました", "ok"),
    "pitch.decline": ("ピッチをお断りしました", "warn"),
    "pitch.withdraw": "ピッチを取りやめました",
    "pitch.moved": "ピッチの順番を変えました",
}
say("communities", LINES)
