"""How 回覧板, saved searches and calendars read in 履歴."""

from collections.abc import Mapping
from typing import Any

from portal.kernel.ports import AuditLine, audit_presenters


@audit_presenters.register("communities.circular.made")
def _made(data: Mapping[str, Any]) -> AuditLine:
    return AuditLine(text=f"第{data['edition']}版をつくりました({data['events']}件・{data['number']})")
