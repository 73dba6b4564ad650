"""What working groups give to the floors below: permissions, 履歴, search, who sees them. Imported once by apps.py."""

from collections.abc import Mapping
from typing import Any

import rules

from portal.kernel import permissions, ports
from portal.kernel.actors import Actor
from portal.kernel.ports import AuditLine, audit_presenters

from ..models import Measure, Problem
from ..models.groups import TakerKind
from ..queries.groups import group_hits, groups_visible_to
from ..rules import community_lives, is_organiser, is_ward_staff

LINES = {
    "workinggroup.started": "部会をつくりました",
    "workinggroup.edited": "部会の内容を直しました",
    "workinggroup.problem_written": "課題を書きました",
    "measure.start": "対応策を実施にうつしました",
    "measure.achieve": "対応策ができました",
    "measure.drop": "対応策を見送りました",
    "measure.resume": "対応策をもう一度検討します",
}


@rules.predicate
def keeps_group(actor: Actor, obj: Any) -> bool:
    """The organisers of its community and the staff of its area; for a ward's group the staff alone."""
    group = obj.problem.group if isinstance(obj, Measure) else obj.group if isinstance(obj, Problem) else obj
    return bool(((is_ward_staff | is_organiser) & community_lives).test(actor, group))


permissions.define(
    "communities.start_group",
    (is_ward_staff | is_organiser) & community_lives,
    reason="部会をつくれるのは、世話人と地域の担当者だけです。",
)
permissions.define(
    "communities.edit_group", keeps_group, reason="部会を直せるのは、世話人と地域の担当者だけです。"
)
ports.visible.register("communities.workinggroup", groups_visible_to)
ports.search_sources.register("group", group_hits)


def _say(name: str, text: str) -> None:
    line = AuditLine(text=text)
    audit_presenters.register(f"communities.{name}", lambda data: line)


for _name, _text in LINES.items():
    _say(_name, _text)


@audit_presenters.register("communities.workinggroup.measure_written")
def _measure(data: Mapping[str, Any]) -> AuditLine:
    return AuditLine(text=f"対応策を書きました(担い手 {TakerKind(data['taker']).label})")
