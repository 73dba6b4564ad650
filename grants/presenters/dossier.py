"""How the events of 一件書類 and 黒塗り read in 履歴."""

from collections.abc import Mapping
from typing import Any

from portal.kernel.ports import AuditLine, audit_presenters, say

from ..dossier.enums import Ground, MarkKind


def _mark(words: str) -> Any:
    def line(data: Mapping[str, Any]) -> AuditLine:
        what = f"{MarkKind(data['kind']).label}・{Ground(data['ground']).label}"
        return AuditLine(text=f"{words}({what})")

    return line


LINES = {
    "grants.dossier.asked": lambda data: AuditLine(text=f"一件書類 第{data['number']}号を頼んだ"),
    "grants.dossier.made": lambda data: AuditLine(text=f"一件書類ができた({data['pages']}ページ)", tone="ok"),
    "grants.redaction.started": lambda data: AuditLine(text=f"黒塗りの写し {data['number']}を始めた"),
    "grants.redaction.marked": _mark("黒塗りの印を付けた"),
    "grants.redaction.unmarked": _mark("黒塗りの印を消した"),
    "grants.redaction.filed": lambda data: AuditLine(
        text=f"{data['marks']}の印で{data['places']}か所を黒塗りにした"
    ),
}
for event, present in LINES.items():
    audit_presenters.register(event, present)
say(
    "grants.redaction",
    {"make": ("黒塗りの写しの作成を始めた", ""), "finish": ("黒塗りの写しができた", "ok")},
)
