"""How the events of the student supporters read in 履歴."""

from portal.kernel import ports
from portal.kernel.ports import AuditLine

ports.say(
    "grants.supporter",
    {
        "applied": "登録を申し込んだ",
        "changed": "登録の内容を直した",
        "guardian_asked": "保護者に同意のリンクを送った",
        "consented": ("保護者が同意した", "ok"),
        "consent_filed": ("保護者の同意書を確かめて保管した", "ok"),
        "register": ("登録した", "ok"),
        "refuse": ("登録しないことにした", "warn"),
        "leave": ("登録をやめた", "warn"),
        "days_offered": "活動できる日を出した",
        "day_withdrawn": "活動できる日を取り下げた",
    },
)
ports.say("grants.supporterterms", {"settled": "学生サポーターの決まりを直した"})
ports.audit_presenters.register(
    "grants.supportrequest.asked",
    lambda data: AuditLine(text=f"学生サポーターを{data['people']}人募った"),
)
ports.say("grants.supportrequest", {"close": "募集を終えた", "withdraw": ("募集を取り下げた", "warn")})
ports.audit_presenters.register(
    "grants.placement.proposed", lambda data: AuditLine(text=f"学生に{data['days']}日の活動を打診した")
)
ports.say(
    "grants.placement",
    {
        "accept": ("引き受けた", "ok"),
        "decline": ("引き受けなかった", "warn"),
        "call_off": ("活動を取りやめた", "warn"),
        "report": ("活動を報告した", "ok"),
        "send_back": ("報告を直すよう求めた", "warn"),
        "confirm": ("活動を確認した", "ok"),
    },
)
ports.say(
    "grants.placementday",
    {
        "record": "活動を記録した",
        "confirm": ("活動の日を確認した", "ok"),
        "drop": ("この日の活動を取りやめた", "warn"),
    },
)
