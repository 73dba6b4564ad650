"""How acquired property reads in 履歴."""

from portal.kernel.fiscal import parse_date, wareki
from portal.kernel.money import yen
from portal.kernel.ports import AuditLine, audit_presenters, say


def _listed(data: dict) -> AuditLine:  # type: ignore[type-arg]
    until = wareki(parse_date(str(data["until_on"])[:10]))
    return AuditLine(text=f"{yen(data['amount_yen'])}の財産を台帳に載せた(制限は{until}まで)")


audit_presenters.register("grants.asset.listed", _listed)  # type: ignore[arg-type]
audit_presenters.register(
    "grants.asset.years_set",
    lambda data: AuditLine(text=f"処分制限期間を{data['before']}年から{data['years']}年にした", tone="warn"),
)
say(
    "grants.asset",
    {
        "changed": "台帳の行を直した",
        "removed": ("台帳から外した", "warn"),
        "end": "処分制限期間が終わった",
        "dispose": ("承認を受けて処分した", "ok"),
    },
)
say(
    "grants.disposal",
    {
        "written": "処分の内容を書いた",
        "ask": "処分の承認を申請した",
        "draft_answer": "処分を承認するか起案した",
        "send_back": ("起案を差し戻した", "warn"),
        "approve": ("処分を承認した", "ok"),
        "refuse": ("処分を承認しないことにした", "warn"),
        "withdraw": "処分の申請を取り下げた",
        "lapse": "制限期間が終わり、承認が要らなくなった",
    },
)
