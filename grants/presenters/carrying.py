"""How carry-overs read in 履歴."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from portal.kernel.fiscal import wareki
from portal.kernel.ports import AuditLine, audit_presenters, say


def _until(words: str) -> Callable[[Mapping[str, Any]], AuditLine]:
    return lambda data: AuditLine(text=words.format(wareki(date.fromisoformat(str(data["ends_on"])))))


audit_presenters.register("grants.carryover.requested", _until("{}までの繰越しを申請した"))
audit_presenters.register("grants.carryover.drafted", _until("{}までの繰越しの承認を起案した"))
say("grants.application", {"carry_over": ("次の年度に繰り越した", "ok")})
say(
    "grants.carryover",
    {
        "grant": ("繰越しが承認された", "ok"),
        "decline": ("繰越しは承認されなかった", "warn"),
        "take_back": "繰越しの申請を取り下げた",
        "fall": ("申請とともに、繰越しの申請が終わった", "warn"),
    },
)
