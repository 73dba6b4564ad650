"""To-dos of the counter: people without a mailbox whom somebody has to call."""

from typing import Any

from django.db.models import Count, Min, QuerySet

from portal.accounts.scope import Scope

from ..queries.counter import open_calls_in
from ..rules import WARD_STAFF
from .rows import Source, branch


def _calls(scope: Scope) -> "QuerySet[Any, Any] | None":
    """One line an event, the longest waiting first."""
    areas = scope.areas(*WARD_STAFF)
    if not areas:
        return None
    rows = open_calls_in(areas).order_by().values("registration__event")
    return branch(
        rows, "calls", ref="registration__event", name="registration__event__title", area_code="registration__event__area",
        area_name="registration__event__area__name", count=Count("pk"), at=Min("created_at"), order="desk_at",
    )  # fmt: skip


SOURCES = [Source("calls", _calls)]
