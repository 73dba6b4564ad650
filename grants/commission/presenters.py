"""How the events of menu ④ read in 履歴."""

from portal.kernel import ports
from portal.kernel.ports import AuditLine

from .enums import ProposalPart

ports.say(
    "grants.commissiontheme",
    {
        "started": "テーマの下書きを作った",
        "propose": ("テーマを提案した", "ok"),
        "select": ("テーマを選定した", "ok"),
        "discard": "下書きを取りやめた",
        "take_back": ("提案を取り下げた", "warn"),
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
        "frozen": ("採点がそろい、確定した", "ok"),
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
ports.say(
    "grants.proposal",
    {
        "started": "企画提案の下書きを作った",
        "attached": "書類を添付した",
        "detached": "添付した書類を外した",
        "submit": ("企画提案を提出した", "ok"),
        "qualify": ("資格があると認めた", "ok"),
        "disqualify": ("資格がないとした", "warn"),
        "score": "採点がそろった",
        "adopt": ("採択した", "ok"),
        "place_reserve": "次点とした",
        "reject": "採択しなかった",
        "asked_up": "繰上げを知らせた",
        "take_up": ("繰上げを受けた", "ok"),
        "lapse": ("返事の期限が過ぎた", "warn"),
        "withdraw": ("企画提案を取り下げた", "warn"),
    },
)
ports.audit_presenters.register(
    "grants.proposal.saved",
    lambda data: AuditLine(text=f"{ProposalPart(data['part']).label}を保存した"),
)
ports.say("grants.panelseat", {"seated": "審査委員を委嘱した", "left": "審査委員が外れた"})
ports.say("grants.panelinterest", {"declared": "利害関係を申告した", "ruled": "利害関係を判断した"})
ports.say(
    "grants.scoresheet",
    {
        "saved": "採点票を保存した",
        "seal": "採点票を提出した",
        "reopen": "採点票を書きなおした",
        "freeze": "採点が確定した",
    },
)
ports.say(
    "grants.proposal", {"opinion_written": "市町村の意見を書いた", "tie_decided": "同点の順を合議で決めた"}
)
