"""How 間接補助 reads in 履歴."""

from portal.kernel.money import yen
from portal.kernel.ports import AuditLine, audit_presenters, say

audit_presenters.register(
    "grants.subgrant.saved", lambda data: AuditLine(text=f"申請を書いた({yen(data['asked_yen'])})")
)
say(
    "grants.subgrant",
    {
        "started": "間接補助を始めた",
        "writer_named": "書く人を加えた",
        "writer_ended": ("書く人を外した", "warn"),
        "submit": "市町村に申請した",
        "return_for_correction": ("補正を依頼した", "warn"),
        "return_result": ("実績報告を戻した", "warn"),
        "decide": ("交付を決定した", "ok"),
        "refuse": ("交付しないことにした", "warn"),
        "report": "実績を報告した",
        "settle": ("額を確定した", "ok"),
        "withdraw": "取り下げた",
        "revoke": ("決定を取り消した", "warn"),
    },
)
