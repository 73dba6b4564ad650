"""To-dos about seats: on the last day people who wait are called, because no mail would be answered in time (当日対応)."""

from typing import Any

from django.db.models import F, IntegerField, QuerySet
from django.db.models.functions import Cast

from portal.accounts.scope import Scope

from ..queries.seats import last_day_events
from ..rules import WARD_STAFF
from .rows import Source, branch


def _last_day(scope: Scope) -> "QuerySet[Any, Any] | None":
    """Events so near that no offer goes out any more, with free seats and people who wait."""
    areas = scope.areas(*WARD_STAFF)
    if not areas:
        return None
    return branch(
        last_day_events(areas), "last_day", ref="pk", name="title", area_code="area", area_name="area__name", at="starts_at",
        count=Cast(F("seats__waiting_count"), IntegerField()),
    )  # fmt: skip


SOURCES = [Source("last_day", _last_day)]
