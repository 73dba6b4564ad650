"""How the events of payments read in 履歴."""

from collections.abc import Mapping
from typing import Any

from portal.kernel.money import yen
from portal.kernel.ports import AuditLine, audit_presenters, say


def _ordered(data: Mapping[str, Any]) -> AuditLine:
    withheld = f"(源泉徴収 {yen(data['withheld_yen'])})" if data["withheld_yen"] else ""
    return AuditLine(text=f"{yen(data['gross_yen'])}の支出命令を出した{withheld}")


audit_presenters.register("grants.payment.ordered", _ordered)
audit_presenters.register(
    "grants.payment.numbered", lambda data: AuditLine(text=f"支出命令番号 {data['number']}を記録した")
)
say(
    "grants.payment",
    {"pay": ("支払いを記録した", "ok"), "cancel": ("支出命令を取り消した", "warn")},
)
