"""How the events of menu ① read in 履歴."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from portal.kernel import clock
from portal.kernel.fiscal import wareki
from portal.kernel.ports import AuditLine, audit_presenters, say

from ..dispatch.enums import Side

say(
    "grants",
    {
        "advisor.registered": "アドバイザーを登録した",
        "advisor.changed": "アドバイザーの登録を直した",
        "advisoroffer.offered": "空いている時間を出した",
        "advisoroffer.withdrawn": "空いている時間を取り下げた",
        "dispatch.started": "派遣の申込みの下書きを作った",
        "drafttyped.kept": "同時に書いた入力を取り置いた",
        "drafttyped.settled": "取り置いた入力を片づけた",
        "dispatch.submit": ("派遣を申し込んだ", "ok"),
        "dispatch.return_for_correction": ("補正を依頼した", "warn"),
        "dispatch.propose": "アドバイザーに打診した",
        "dispatch.accept": ("アドバイザーが引き受けた", "ok"),
        "dispatch.decline": ("アドバイザーが引き受けなかった", "warn"),
        "dispatch.discard": "下書きを取りやめた",
        "dispatch.withdraw": ("申込みを取り下げた", "warn"),
        "visit.kept_free": "仮の予定を入れた",
        "visit.drop": "予定をなくした",
        "visit.fix": "予定を決めた",
        "visit.call_off": ("この回を取りやめた", "warn"),
        "visit.hold": "実施を記録した",
        "visit.complete": ("両方の報告がそろった", "ok"),
        "dispatch.decide": ("派遣を決定した", "ok"),
        "dispatch.refuse": ("派遣しないことを決定した", "warn"),
        "dispatch.close": ("終了した", "ok"),
        "dispatch.cancel": ("派遣を取りやめた", "warn"),
    },
)
audit_presenters.register(
    "grants.dispatch.saved", lambda data: AuditLine(text=f"申込みの内容を保存した({data['revision']}回目)")
)


def _day(text: str) -> str:
    at = datetime.fromisoformat(text.replace("Z", "+00:00")).astimezone(clock.JST)
    return f"{wareki(at.date())} {at.hour}時{at.minute:02d}分"


def _moved(data: Mapping[str, Any]) -> AuditLine:
    return AuditLine(text=f"{_day(data['before'])}から、{_day(data['starts_at'])}に動かした")


audit_presenters.register(
    "grants.visit.dated", lambda data: AuditLine(text=f"{_day(data['starts_at'])}に日程を入れた")
)
audit_presenters.register("grants.visit.moved", _moved)
audit_presenters.register(
    "grants.visitreport.written", lambda data: AuditLine(text=f"{Side(data['side']).label}が報告した")
)
