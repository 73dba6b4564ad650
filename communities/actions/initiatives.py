"""Initiatives: a line is enough to start; stages follow.

i = start_initiative(by=organiser, community=c, title="地場産マルシェ", summary="駅前の広場で、月に一度ひらく。")
move_initiative(by=organiser, initiative=i, step="consider")
"""

from typing import Any

from django.db import transaction

from portal.kernel import audit, permissions
from portal.kernel.actors import Actor
from portal.kernel.refusals import Refusal

from .. import indexing, workflow
from ..models import Community, Initiative
from ..saving import change, insert, locked


@transaction.atomic
def start_initiative(
    *, by: Actor, community: Community, title: str, summary: str, story: str = ""
) -> Initiative:
    """Write down a new initiative of a public community, at stage 思いつき."""
    permissions.require(by, "communities.start_initiative", community)
    if not community.is_public:
        raise Refusal("コミュニティが公開されてから、取組を書けます。", code="host")
    initiative = insert(
        Initiative(community=community, area_id=community.area_id, title=title, summary=summary, story=story)
    )
    audit.record("communities.initiative.started", by=by, target=initiative, data={"community": community.pk})
    indexing.put_initiative(initiative)
    return initiative


@transaction.atomic
def edit_initiative(*, by: Actor, initiative: Initiative, **fields: Any) -> Initiative:
    """Change title, summary, story."""
    if unknown := set(fields) - {"title", "summary", "story"}:
        raise TypeError(f"not fields of an initiative: {sorted(unknown)}")
    locked(initiative)
    permissions.require(by, "communities.move_initiative", initiative)
    changed = change(initiative, fields)
    if changed:
        audit.record("communities.initiative.edited", by=by, target=initiative, data={"fields": changed})
        indexing.put_initiative(initiative)
    return initiative


@transaction.atomic
def move_initiative(*, by: Actor, initiative: Initiative, step: str, note: str = "") -> Initiative:
    """`step`: consider, prepare, run, become_independent, finish, or end (with a note)."""
    return workflow.INITIATIVE.apply(initiative, step, by=by, note=note)
