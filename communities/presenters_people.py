"""How the events of profiles, letters and moderation read in 履歴."""

from portal.kernel.ports import AuditLine, audit_presenters

LINES = {
    "profile.saved": "プロフィールを書きました",
    "profile.opened": "プロフィールを公開しました",
    "profile.closed": "プロフィールの公開をやめました",
}


def _say(name: str, text: str) -> None:
    line = AuditLine(text=text)
    audit_presenters.register(f"communities.{name}", lambda data: line)


for _name, _text in LINES.items():
    _say(_name, _text)
