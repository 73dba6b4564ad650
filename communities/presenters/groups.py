"""How working groups read in 履歴."""

from collections.abc import Mapping
from typing import Any

from portal.kernel.ports import AuditLine, audit_presenters, say

from ..models.groups import TakerKind

LINES = {
    "workinggroup.started": "部会をつくりました",
    "workinggroup.edited": "部会の内容を直しました",
    "workinggroup.problem_written": "課題を書きました",
    "measure.start": "対応策を実施にうつしました",
    "measure.achieve": "対応策ができました",
    "measure.drop": "対応策を見送りました",
    "measure.resume": "対応策をもう一度検討します",
}
say("communities", LINES)


@audit_presenters.register("communities.workinggroup.measure_written")
def _measure(data: Mapping[str, Any]) -> AuditLine:
    return AuditLine(text=f"対応策を書きました(担い手 {TakerKind(data['taker']).label})")
