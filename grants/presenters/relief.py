"""How the events around a missed deadline read in 履歴."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from portal.kernel import clock
from portal.kernel.fiscal import wareki
from portal.kernel.ports import AuditLine, audit_presenters, say

from ..relief.enums import AdmissionKind


def _extended(data: Mapping[str, Any]) -> AuditLine:
    until = datetime.fromisoformat(data["closes_at"]).astimezone(clock.JST)
    return AuditLine(
        text=f"締切を延ばした(受け付けない時刻 {wareki(until.date())} {until:%H:%M})", tone="warn"
    )


def _admitted(data: Mapping[str, Any]) -> AuditLine:
    return AuditLine(text=f"{AdmissionKind(data['kind']).label}を受理した", tone="ok")


audit_presenters.register("grants.call.extended", _extended)
audit_presenters.register("grants.admission.admitted", _admitted)
say(
    "grants.admission",
    {
        "asked": ("締切のあとの受理を申し出た", "warn"),
        "admit": ("締切のあとの受理を認めた", "ok"),
        "decline": ("締切のあとの受理を認めなかった", "warn"),
        "used": ("受理を、この申請のものとした", ""),
    },
)
