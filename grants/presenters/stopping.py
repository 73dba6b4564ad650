"""How 廃止 read in 履歴."""

from collections.abc import Mapping
from typing import Any

from portal.kernel.money import yen
from portal.kernel.ports import AuditLine, audit_presenters, say

from ..stopping.enums import StopKind


def _requested(data: Mapping[str, Any]) -> AuditLine:
    kind = StopKind(str(data["kind"])).label
    return AuditLine(text=f"廃止を申請した({kind}、精算の見込額 {yen(int(data['keep_yen']))})")


def _drafted(data: Mapping[str, Any]) -> AuditLine:
    return AuditLine(text="廃止の承認を起案した" if data["granted"] else "廃止の不承認を起案した")


audit_presenters.register("grants.stoprequest.requested", _requested)
audit_presenters.register("grants.stoprequest.drafted", _drafted)
say(
    "grants.application",
    {
        "request_stop": "廃止を申請した",
        "approve_stop": ("廃止が承認された", "warn"),
        "refuse_stop": ("廃止は承認されなかった", "warn"),
        "take_back_stop": "廃止の申請を取り下げた",
    },
)
say(
    "grants.stoprequest",
    {
        "grant": ("廃止が承認された", "ok"),
        "decline": ("廃止は承認されなかった", "warn"),
        "take_back": "廃止の申請を取り下げた",
    },
)
