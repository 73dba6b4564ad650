"""How 取消し and 返還 read in 履歴."""

from portal.kernel.money import yen
from portal.kernel.ports import AuditLine, audit_presenters, say

LINES = {
    "grants.revocation.drafted": lambda data: AuditLine(
        text=f"交付決定の取消しを起案した(支払済み {yen(data['paid_yen'])})"
    ),
    "grants.reclaim.ordered": lambda data: AuditLine(
        text=f"{yen(data['amount_yen'])}の納入通知を出した", tone="warn"
    ),
    "grants.reclaim.received": lambda data: AuditLine(
        text=f"{yen(data['amount_yen'])}の納入を記録した(残りの返還額 {yen(data['left_yen'])})", tone="ok"
    ),
    "grants.reclaim.instalments": lambda data: AuditLine(
        text=f"{yen(data['amount_yen'])}を{data['times']}回で納める分割納付を認めた"
    ),
}
for event, present in LINES.items():
    audit_presenters.register(event, present)
say(
    "grants.reclaim",
    {
        "collect": ("納入を記録した", "ok"),
        "cancel": ("納入通知を取りやめた", "warn"),
        "end": ("納入された額で返還を終わりにした", "warn"),
    },
)
