"""To-dos from 対応記録: what one has promised, and promises whose holder has left."""

from typing import Any

from django.db.models import Q, QuerySet

from portal.accounts.scope import Scope

from ..models import Contact
from ..models.contacts import ContactState
from ..queries.contacts import noting_areas
from .rows import Source, branch


def _promises(scope: Scope) -> "QuerySet[Any, Any] | None":
    """Mine, and those of my office that nobody holds."""
    areas = noting_areas(scope)
    if not areas:
        return None
    mine = Q(holder=scope.user_id) | Q(holder__isnull=True)
    rows = Contact.objects.filter(mine, state=ContactState.OPEN, area__in=areas).order_by("due_on", "pk")
    return branch(
        rows, "promises", ref="pk", name="promise", note="subject_title", area_code="area", area_name="area__name",
        due_on="due_on",
    )  # fmt: skip


SOURCES = [Source("promises", _promises)]
