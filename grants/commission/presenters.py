"""How the events of menu ④ read in 履歴."""

from portal.kernel import ports
from portal.kernel.ports import AuditLine

ports.say(
    "grants.commissiontheme",
    {
        "started": "テーマの下書きを作った",
        "propose": ("テーマを提案した", "ok"),
        "select": ("テーマを選定した", "ok"),
        "decline": ("テーマを選定しなかった", "warn"),
    },
)
ports.audit_presenters.register(
    "grants.commissiontheme.saved",
    lambda data: AuditLine(text=f"テーマを保存した({data['revision']}回目)"),
)
