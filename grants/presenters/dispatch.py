"""How the events of menu ① read in 履歴."""

from portal.kernel.ports import AuditLine, audit_presenters, say

say(
    "grants",
    {
        "advisor.registered": "アドバイザーを登録した",
        "advisor.changed": "アドバイザーの登録を直した",
        "advisoroffer.offered": "空いている時間を出した",
        "advisoroffer.withdrawn": "空いている時間を取り下げた",
        "dispatch.started": "派遣の申込みの下書きを作った",
        "dispatch.submit": ("派遣を申し込んだ", "ok"),
        "dispatch.return_for_correction": ("補正を依頼した", "warn"),
        "dispatch.propose": "アドバイザーに打診した",
        "dispatch.accept": ("アドバイザーが引き受けた", "ok"),
        "dispatch.decline": ("アドバイザーが引き受けなかった", "warn"),
        "visit.kept_free": "仮の予定を入れた",
        "visit.drop": "予定を取りやめた",
    },
)
audit_presenters.register(
    "grants.dispatch.saved", lambda data: AuditLine(text=f"申込みの内容を保存した({data['revision']}回目)")
)
