"""What events give to the floors below: their jobs, and how they read in 履歴. Imported once by apps.py."""

from collections.abc import Mapping
from typing import Any

from portal.kernel import ports
from portal.kernel.ports import AuditLine, audit_presenters

from .. import event_jobs
from ..personal import events as personal_events
from ..telling import notices

ports.job_handlers.register("communities.tell_notice", notices.tell_notice)
ports.job_handlers.register("communities.publish_event", event_jobs.publish_due)
ports.job_handlers.register("communities.thank", notices.thank)
ports.personal_data.register("communities.events", personal_events.personal_data)


@audit_presenters.register("communities.event.repeated")
def _repeated(data: Mapping[str, Any]) -> AuditLine:
    return AuditLine(text=f"シリーズにしました(全{data['count']}回)")


LINES = {
    "event.postpone": ("催しを延期にしました", "warn"),
    "event.resume": ("新しい日で公開しました", "ok"),
    "event.report": ("報告しました", "ok"),
    "event.report_changed": ("報告を直しました", ""),
    "event.photo_added": ("写真を載せました", ""),
    "event.photo_removed": ("写真を消しました", ""),
    "event.survey_set": ("アンケートを用意しました", ""),
    "event.thanked": ("お礼のメールを送りました", ""),
    "eventsurvey.answered": ("アンケートに答えました", ""),
    "pitch.asked": ("ピッチを申し込みました", ""),
    "pitch.accept": ("ピッチを受け入れました", "ok"),
    "pitch.decline": ("ピッチをお断りしました", "warn"),
    "pitch.withdraw": ("ピッチを取りやめました", ""),
    "pitch.moved": ("ピッチの順番を変えました", ""),
}


def _say(name: str, text: str, tone: str) -> None:
    line = AuditLine(text=text, tone=tone)
    audit_presenters.register(f"communities.{name}", lambda data: line)


for _name, (_text, _tone) in LINES.items():
    _say(_name, _text, _tone)
