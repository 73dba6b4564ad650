"""Working groups: start, write problems and measures, say who takes them.

g = start_group(by=organiser, community=c, name="教育", theme=theme)      # or by=officer, area=ward
p = write_problem(by=organiser, group=g, title="放課後の居場所がない")
m = write_measure(by=organiser, problem=p, title="寺子屋をひらく", taker_kind="community", taker_name="にしかんみらいBASE")
"""

from typing import Any

from django.db import transaction

from portal.areas.models import Area
from portal.kernel import audit, permissions
from portal.kernel.actors import Actor
from portal.kernel.refusals import Refusal

from .. import workflow
from ..indexing import groups as indexing_groups
from ..models import Community, Measure, Problem, Theme, WorkingGroup
from ..models.groups import TakerKind
from ..saving import change, insert, locked


@transaction.atomic
def start_group(
    *,
    by: Actor,
    name: str,
    community: Community | None = None,
    area: Area | None = None,
    theme: Theme | None = None,
    summary: str = "",
) -> WorkingGroup:
    """A group of a community, or of a ward when no community is given. Raises PermissionDenied, Refusal."""
    if (community is None) == (area is None):
        raise TypeError("a group belongs to a community or to an area")
    host = community or area
    permissions.require(by, "communities.start_group", host)
    if community is not None and not community.is_public:
        raise Refusal("コミュニティが公開されてから、部会をつくれます。", code="host")
    code = community.area_id if community else area.pk  # type: ignore[union-attr]
    group = insert(WorkingGroup(community=community, area_id=code, name=name, theme=theme, summary=summary))
    audit.record("communities.workinggroup.started", by=by, target=group, data={"area": code})
    indexing_groups.put_group(group)
    return group


@transaction.atomic
def edit_group(*, by: Actor, group: WorkingGroup, **fields: Any) -> WorkingGroup:
    """Change name, theme, summary."""
    if unknown := set(fields) - {"name", "theme", "summary"}:
        raise TypeError(f"not fields of a group: {sorted(unknown)}")
    locked(group)
    permissions.require(by, "communities.edit_group", group)
    if changed := change(group, fields):
        audit.record("communities.workinggroup.edited", by=by, target=group, data={"fields": changed})
        indexing_groups.put_group(group)
    return group


@transaction.atomic
def write_problem(
    *, by: Actor, group: WorkingGroup, title: str, detail: str = "", problem: Problem | None = None
) -> Problem:
    """Write a problem down, or put `problem` right."""
    locked(group)
    permissions.require(by, "communities.edit_group", group)
    if problem is None:
        problem = insert(Problem(group=group, title=title, detail=detail))
    else:
        locked(problem)
        change(problem, {"title": title, "detail": detail})
    audit.record("communities.workinggroup.problem_written", by=by, target=group)
    indexing_groups.put_group(group)
    return problem


@transaction.atomic
def write_measure(
    *,
    by: Actor,
    problem: Problem,
    title: str,
    taker_kind: str = TakerKind.OPEN,
    taker_name: str = "",
    measure: Measure | None = None,
    **more: Any,
) -> Measure:
    """Write a measure and who takes it, or put `measure` right. `more`: initiative, of the same community.

    Raises ValidationError for a taker without a name, Refusal for another community's initiative.
    """
    group = problem.group
    locked(group)
    permissions.require(by, "communities.edit_group", group)
    if set(more) - {"initiative"}:
        raise TypeError(f"not fields of a measure: {sorted(more)}")
    initiative = more.get("initiative")
    if initiative is not None and initiative.community_id != group.community_id:
        raise Refusal("この部会のコミュニティの取組ではありません。", field="initiative", code="other")
    fields = {"title": title, "taker_kind": taker_kind, "taker_name": taker_name, "initiative": initiative}
    if measure is None:
        measure = insert(Measure(problem=problem, **fields))
    else:
        locked(measure)
        change(measure, fields)
    audit.record("communities.workinggroup.measure_written", by=by, target=group, data={"taker": taker_kind})
    indexing_groups.put_group(group)
    return measure


@transaction.atomic
def move_measure(*, by: Actor, measure: Measure, step: str, note: str = "") -> Measure:
    """`step`: start, achieve, drop (with a note), resume."""
    return workflow.MEASURE.apply(measure, step, by=by, note=note)
