"""How the events of menu ② read in 履歴."""

from portal.kernel import ports
from portal.kernel.ports import AuditLine

from ..enums import Applicant
from .enums import Side

ports.say(
    "grants.workshop",
    {
        "submit": ("開催計画を出した", "ok"),
        "return_for_correction": ("補正を依頼した", "warn"),
        "agree": ("両者が計画に合意した", "ok"),
        "decide": ("開催を決定した", "ok"),
        "refuse": ("開催しないことを決定した", "warn"),
        "change": ("計画を変える協議を始めた", "warn"),
        "report": ("実施を報告した", "ok"),
        "close": ("終了した", "ok"),
        "discard": "下書きを取りやめた",
        "cancel": ("開催を取りやめた", "warn"),
    },
)
ports.say("grants.workshoplecturer", {"date_confirmed": ("講師が日時を確かめた", "ok")})
ports.say("grants.workshopreport", {"written": "実施報告を書いた"})
ports.audit_presenters.register(
    "grants.workshop.started",
    lambda data: AuditLine(text=f"開催計画の下書きを作った({Applicant(data['applicant']).label}の計画)"),
)
ports.audit_presenters.register(
    "grants.workshop.saved", lambda data: AuditLine(text=f"計画の内容を保存した({data['revision']}回目)")
)
ports.audit_presenters.register(
    "grants.workshop.agreed_by_one",
    lambda data: AuditLine(text=f"{Side(data['side']).label}が計画に合意した"),
)
