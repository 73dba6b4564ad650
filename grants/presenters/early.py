"""How 事前着手届 read in 履歴."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from portal.kernel.fiscal import wareki
from portal.kernel.ports import AuditLine, audit_presenters, say


def _filed(data: Mapping[str, Any]) -> AuditLine:
    return AuditLine(text=f"{wareki(date.fromisoformat(str(data['starts_on'])))}からの事前着手届を出した")


def _answered(data: Mapping[str, Any]) -> AuditLine:
    on = wareki(date.fromisoformat(str(data["on"])))
    return AuditLine(text=f"事前着手届を{'受理した' if data['accepted'] else '受理しなかった'}({on})")


audit_presenters.register("grants.earlystart.filed", _filed)
audit_presenters.register("grants.earlystart.answered", _answered)
say(
    "grants.earlystart",
    {
        "accept": ("事前着手届が受理された", "ok"),
        "refuse": ("事前着手届は受理されなかった", "warn"),
        "file_again": "事前着手届をもう一度出した",
    },
)
