"""The last arrow of the thread: from a counted collaboration to the number it is part of."""

from collections.abc import Iterable
from typing import Any

from django.urls import reverse

from communities.enums import CollaborationState
from communities.models import Collaboration
from portal.accounts.scope import Scope
from portal.kernel.fiscal import FiscalYear
from portal.kernel.ports import Edge


def edges(obj: Any, scope: Scope) -> Iterable[Edge]:
    """From a counted collaboration to the number of its year. No query."""
    if not (isinstance(obj, Collaboration) and obj.state == CollaborationState.COUNTED):
        return
    year, place = FiscalYear(obj.fiscal_year), obj.lead_area
    query = f"?ward={place.slug}" if place.slug else ""
    yield Edge(
        kind="協働数",
        title=f"{year.label}の協働数",
        note=f"{place.name}の1件として数えています",
        url=f"{reverse('indicators:collaborations', args=[obj.fiscal_year])}{query}#records",
    )
