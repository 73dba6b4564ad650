"""Reads of working groups with their problems and measures."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db.models import Count, Prefetch, Q, QuerySet
from django.db.models.functions import JSONObject

from portal.accounts.scope import Scope
from portal.kernel.ports import SearchHit

from .. import moderation
from ..enums import PUBLIC_COMMUNITY
from ..models import Initiative, Measure, Problem, WorkingGroup
from ..rules import READERS
from .communities import communities_visible_to


def groups_visible_to(scope: Scope) -> QuerySet[WorkingGroup]:
    """Those of wards, and of the communities one sees. A hidden one is left to its organisers and the area's staff."""
    seen = Q(community__isnull=True) | Q(community__in=communities_visible_to(scope).values("pk"))
    theirs = Q(community__in=scope.standing("organiser")) | Q(area__in=scope.areas(*READERS))
    return WorkingGroup.objects.filter(
        seen, ~moderation.is_hidden_here(WorkingGroup) | theirs
    ).select_related("community__area__parent", "area__parent", "theme")


def problems_of(group: WorkingGroup, *, keeps_hidden: bool = False) -> QuerySet[Problem]:
    """Its problems with their measures, each told whether its initiative is hidden. Two queries, however many.

    `keeps_hidden`: for those who write in it, hidden ones too, with `is_hidden`; else without them.
    """
    measures = Measure.objects.annotate(
        initiative_hidden=moderation.is_hidden_here(Initiative, "initiative"),
        is_hidden=moderation.is_hidden_here(Measure),
    ).select_related("initiative")
    problems = group.problems.annotate(is_hidden=moderation.is_hidden_here(Problem))
    if not keeps_hidden:
        measures, problems = measures.filter(is_hidden=False), problems.filter(is_hidden=False)
    measures = measures.order_by("created_at", "id")
    return problems.prefetch_related(Prefetch("measures", measures)).order_by("created_at", "id")


def group_rows(rows: QuerySet[WorkingGroup], limit: int) -> QuerySet[WorkingGroup, Any]:
    """Public groups of `rows` as JSON, for ArraySubquery: {pk, name, theme, host, problems, measures, done}."""
    shown = moderation.shown(
        rows.filter(Q(community__isnull=True) | Q(community__state__in=PUBLIC_COMMUNITY))
    )
    problem = ~moderation.is_hidden_here(Problem, "problems")
    measure = problem & ~moderation.is_hidden_here(Measure, "problems__measures")
    moving = Q(problems__measures__state__in=("doing", "done"))
    return (
        shown.order_by("created_at", "id")
        .annotate(
            problem_count=Count("problems", filter=problem, distinct=True),
            measure_count=Count("problems__measures", filter=measure, distinct=True),
            done_count=Count("problems__measures", filter=measure & moving, distinct=True),
        )
        .values(
            json=JSONObject(
                pk="id", name="name", theme="theme__name", host="community__name", problems="problem_count",
                measures="measure_count", done="done_count",
            )
        )[:limit]
    )  # fmt: skip


def group_hits(ids: Sequence[str], scope: Scope) -> Mapping[str, SearchHit]:
    """Groups as search shows them."""
    return {
        str(row.pk): SearchHit(
            title=row.name,
            url=row.get_absolute_url(),
            meta=row.host_name,
            place=row.area.name,
            ward_slug=row.area.slug,
        )
        for row in groups_visible_to(scope).filter(pk__in=ids)
    }
