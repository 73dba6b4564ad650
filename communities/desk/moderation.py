"""To-dos about what was reported and what is asked again."""

from typing import Any

from django.db.models import QuerySet

from ..enums.people import HidingState, ReportState
from ..models import Hiding, Report
from ..rules import WARD_STAFF
from .rows import branch, for_roles


def _flags(areas: frozenset[str]) -> "QuerySet[Any, Any]":
    """Reports that nobody answered yet, oldest first."""
    rows = Report.objects.filter(state=ReportState.OPEN, area__in=areas).order_by("created_at", "id")
    return branch(
        rows, "flags", ref="pk", note="reason", area_code="area", area_name="area__name", at="created_at"
    )


def _appeals(areas: frozenset[str]) -> "QuerySet[Any, Any]":
    """Appeals to decide. Who hid it sees it too: another officer decides."""
    rows = Hiding.objects.filter(state=HidingState.APPEALED, area__in=areas).order_by("appealed_at", "id")
    return branch(
        rows, "appeals", ref="pk", name="title", area_code="area", area_name="area__name", at="appealed_at"
    )


SOURCES = [for_roles("flags", _flags, *WARD_STAFF), for_roles("appeals", _appeals, *WARD_STAFF)]
