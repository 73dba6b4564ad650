"""To-dos of the counter: people without a mailbox whom somebody has to call."""

from typing import Any

from django.db.models import Count, Min, QuerySet

from ..queries.counter import open_calls_in
from ..rules import WARD_STAFF
from .rows import branch, for_roles


def _calls(areas: frozenset[str]) -> "QuerySet[Any, Any]":
    """One line an event, the longest waiting first."""
    rows = open_calls_in(areas).order_by().values("registration__event")
    return branch(
        rows, "calls", ref="registration__event", name="registration__event__title", area_code="registration__event__area",
        area_name="registration__event__area__name", count=Count("pk"), at=Min("created_at"), order="desk_at",
    )  # fmt: skip


SOURCES = [for_roles("calls", _calls, *WARD_STAFF)]
