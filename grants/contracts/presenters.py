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
