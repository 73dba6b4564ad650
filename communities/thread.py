"""The thread person → community → event → initiative → collaboration → number, as far as communities know it."""

from collections.abc import Iterator
from typing import Any

from portal.accounts.scope import Scope
from portal.kernel.ports import Edge

from .models import Collaboration, Community, Event, Initiative


def thread_edges(obj: Any, scope: Scope) -> Iterator[Edge]:
    """Where a row comes from. No query, on rows loaded as their pages load them; what grew out of it, pages list."""
    if isinstance(obj, Event) and obj.host_community:
        yield _community(obj.host_community)
    elif isinstance(obj, Initiative):
        yield _community(obj.community)
    elif isinstance(obj, Collaboration):
        yield _community(obj.initiative.community)
        yield Edge(kind="取組", title=obj.initiative.title, url=obj.initiative.get_absolute_url())


def _community(community: Community) -> Edge:
    return Edge(kind="コミュニティ", title=community.name, url=community.get_absolute_url())
