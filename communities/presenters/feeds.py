"""How 回覧板, saved searches and calendars read in 履歴."""

from collections.abc import Mapping
from typing import Any

from portal.kernel.ports import AuditLine, audit_presenters, say

LINES = {
    "savedsearch.saved": "お知らせの条件を保存しました",
    "savedsearch.changed": "お知らせの条件を変えました",
    "savedsearch.stopped": "お知らせを止めました",
    "savedsearch.ended": "お知らせの条件をやめました",
    "personalcalendar.opened": "自分のカレンダーをつくりました",
    "personalcalendar.renewed": "カレンダーのアドレスをつくり直しました",
    "personalcalendar.closed": "カレンダーへのお届けをやめました",
}
say("communities", LINES)


@audit_presenters.register("communities.circular.made")
def _made(data: Mapping[str, Any]) -> AuditLine:
    return AuditLine(text=f"第{data['edition']}版をつくりました({data['events']}件・{data['number']})")


@audit_presenters.register("communities.digest.made")
def _digest(data: Mapping[str, Any]) -> AuditLine:
    return AuditLine(text=f"まとめのお知らせをつくりました({data['count']}件)")
