"""The arrows of the thread that the grants know: a コミプラ and the applications for its projects."""

from collections.abc import Iterable
from typing import Any

from communities.models import Platform
from portal.accounts.scope import Scope
from portal.kernel.ports import Edge

from . import queries
from .models import Application
from .rules import MUNICIPAL

SHOWN = 10


def edges(obj: Any, scope: Scope) -> Iterable[Edge]:
    """From a コミプラ to the applications that `scope` may see; from an application to its コミプラ. One query at most."""
    if isinstance(obj, Platform):
        found = (
            queries.visible_to(scope)
            .filter(platform=obj)
            .select_related("menu", "call")
            .order_by("-created_at", "id")
        )
        for row in found[:SHOWN]:
            yield Edge(kind="補助金", title=str(row), url=_address(row, scope), note=row.get_state_display())
    elif isinstance(obj, Application) and obj.platform is not None:
        yield Edge(
            kind="コミプラ",
            title=obj.platform.name,
            url=obj.platform.get_absolute_url(),
            note=obj.platform.get_stage_display(),
        )


def _address(row: Application, scope: Scope) -> str:
    own = row.municipality_id in scope.areas(*MUNICIPAL)
    return row.get_absolute_url() if own else row.get_staff_url()
