"""The thread person → community → event → initiative → collaboration → number, as far as communities know it."""

from collections.abc import Iterator
from typing import Any

from portal.accounts.scope import Scope
from portal.kernel.fiscal import FiscalYear
from portal.kernel.ports import Edge

from . import queries
from .models import Collaboration, Community, Event, Initiative


def thread_edges(obj: Any, scope: Scope) -> Iterator[Edge]:
    """The arrows from one row, up and down the thread. At most one query, on rows loaded as their pages load them."""
    if isinstance(obj, Event) and obj.host_community:
        yield _community(obj.host_community)
    elif isinstance(obj, Initiative):
        yield from of_initiative(obj)
        for row in queries.collaborations_shown_on(obj, scope)[:20]:
            label = FiscalYear(row.fiscal_year).label
            yield Edge(kind="協働", title=row.partner_label, url=row.get_absolute_url(), note=label)
    elif isinstance(obj, Collaboration):
        yield from of_collaboration(obj)


def of_initiative(initiative: Initiative) -> list[Edge]:
    """Where an initiative comes from. No query."""
    return [_community(initiative.community)]


def of_collaboration(row: Collaboration) -> list[Edge]:
    """Where a collaboration comes from, and the number it is part of. No query."""
    initiative = row.initiative
    edges = [
        _community(initiative.community),
        Edge(kind="取組", title=initiative.title, url=initiative.get_absolute_url()),
    ]
    if row.counted_at:
        label = FiscalYear(row.fiscal_year).label
        url = f"/indicators/collaborations/{row.fiscal_year}/"
        edges.append(Edge(kind="協働数", title=f"{label}の協働数", url=url))
    return edges


def _community(community: Community) -> Edge:
    return Edge(kind="コミュニティ", title=community.name, url=community.get_absolute_url())
