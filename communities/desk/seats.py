"""To-dos about seats: on the last day people who wait are called, because no mail would be answered in time (当日対応)."""

from typing import Any

from django.db.models import F, IntegerField, QuerySet
from django.db.models.functions import Cast

from ..queries.seats import last_day_events
from ..rules import WARD_STAFF
from .rows import branch, for_roles


def _last_day(areas: frozenset[str]) -> "QuerySet[Any, Any]":
    """Events so near that no offer goes out any more, with free seats and people who wait."""
    return branch(
        last_day_events(areas), "last_day", ref="pk", name="title", area_code="area", area_name="area__name", at="starts_at",
        count=Cast(F("seats__waiting_count"), IntegerField()),
    )  # fmt: skip


SOURCES = [for_roles("last_day", _last_day, *WARD_STAFF)]
