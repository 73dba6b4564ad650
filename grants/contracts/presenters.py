"""How the events of a contract read in 履歴."""

from portal.kernel import ports

ports.say(
    "grants.contract",
    {
        "opened": "契約の協議を始めた",
        "saved": "契約の条件を保存した",
        "quoted": "見積りを出した",
        "attached": "契約の書類を提出した",
        "met": "協議を記録した",
        "amendment_asked": "契約の変更を申し出た",
        "amendment_withdrawn": "変更の申出を取り下げた",
        "amendment_declined": ("変更しないと答えた", "warn"),
        "amended": ("契約を変更した", "ok"),
        "sign": ("契約を結んだ", "ok"),
        "start": "着手を届け出た",
        "report": "中間報告を出した",
        "complete": "完了を届け出た",
        "rework": ("手直しを求めた", "warn"),
        "inspect": ("検査に合格とした", "ok"),
        "invoice": "請求した",
        "pay": ("支払いが済んだ", "ok"),
        "close": ("契約を終えた", "ok"),
        "terminate": ("契約を打ち切った", "warn"),
    },
)

ports.say(
    "grants.partialwork",
    {
        "opened": "出来形の検査を始めた",
        "inspect": "出来形を検査した",
        "drop": ("出来形を支払わないことにした", "warn"),
        "decide": ("出来形の支払いを決めた", "ok"),
        "send_back": ("出来形の検査をやりなおすことにした", "warn"),
        "invoice": "出来形を請求した",
        "pay": ("出来形の支払いが済んだ", "ok"),
    },
)

ports.say(
    "grants.amendment",
    {
        "agree": ("変更契約を結んだ", "ok"),
        "decline": ("変更しないと答えた", "warn"),
        "withdraw": "変更の申出を取り下げた",
    },
)
