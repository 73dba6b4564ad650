"""How the retention reads in 履歴."""

from datetime import date

from portal.kernel.fiscal import wareki
from portal.kernel.ports import AuditLine, audit_presenters, say

from ..retention.enums import HoldKind


def _day(text: str) -> str:
    return wareki(date.fromisoformat(text[:10]))


audit_presenters.register(
    "grants.hold.set",
    lambda data: AuditLine(text=f"廃棄を保留にした({HoldKind(data['kind']).label})", tone="warn"),
)
audit_presenters.register(
    "grants.hold.ended", lambda data: AuditLine(text=f"保留を解いた({HoldKind(data['kind']).label})")
)
audit_presenters.register(
    "grants.termextension.made",
    lambda data: AuditLine(text=f"保存期間を{_day(data['until_on'])}まで延ばした"),
)
audit_presenters.register(
    "grants.discard.erased",
    lambda data: AuditLine(text=f"廃棄した({data['rows']}行、ファイル{data['files']}件)", tone="warn"),
)
say(
    "grants.discard",
    {"proposed": "廃棄を申し出た", "approve": ("廃棄を承認した", "warn"), "decline": "廃棄しないことにした"},
)
