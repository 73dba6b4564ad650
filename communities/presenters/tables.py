"""How bringing tables in and taking lists out reads in 履歴."""

from portal.kernel.ports import AuditLine, audit_presenters

LINES = {
    "community.withdrawn": "まとめての登録を取り消し、コミュニティを消しました",
    "event.withdrawn": "まとめての登録を取り消し、催しを消しました",
}
for _name, _text in LINES.items():
    audit_presenters.register(f"communities.{_name}", lambda data, text=_text: AuditLine(text=text))
