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

ports.say(
    "grants.commissioncall",
    {
        "started": "公募要領の下書きを作った",
        "saved": "公募要領を直した",
        "publish": ("公募を始めた", "ok"),
        "close": "締め切った",
        "open_panel": "審査を始めた",
        "announce": ("結果を公表した", "ok"),
        "void": ("公募を取りやめた", "warn"),
    },
)
ports.say("grants.commissionquestion", {"asked": "質問を受けた", "answer": ("回答を公開した", "ok")})
