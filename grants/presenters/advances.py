"""How advance payments read in 履歴."""

from collections.abc import Callable, Mapping
from typing import Any

from portal.kernel.money import yen
from portal.kernel.ports import AuditLine, audit_presenters, say


def _numbered(words: str) -> Callable[[Mapping[str, Any]], AuditLine]:
    return lambda data: AuditLine(text=words.format(data["number"], yen(data["amount_yen"])))


audit_presenters.register("grants.advance.requested", _numbered("第{}回の概算払 {}を請求した"))
audit_presenters.register("grants.advance.drafted", _numbered("第{}回の概算払 {}を起案した"))
say(
    "grants.advance",
    {
        "grant": ("概算払が認められた", "ok"),
        "decline": ("概算払を行わないことにした", "warn"),
        "take_back": "概算払の請求を取り下げた",
        "fall": ("申請とともに、概算払が終わった", "warn"),
    },
)
