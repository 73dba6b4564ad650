"""To-dos about what was reported and what is asked again."""

from typing import Any

from django.db.models import QuerySet

from portal.accounts.scope import Scope

from ..enums.people import HidingState, ReportState
from ..models import Hiding, Report
from ..rules import WARD_STAFF
from .rows import Source, branch


def _flags(scope: Scope) -> "QuerySet[Any, Any] | None":
    """Reports that nobody answered yet, oldest first."""
    areas = scope.areas(*WARD_STAFF)
    if not areas:
        return None
    rows = Report.objects.filter(state=ReportState.OPEN, area__in=areas).order_by("created_at", "id")
    return branch(
        rows, "flags", ref="pk", note="reason", area_code="area", area_name="area__name", at="created_at"
    )


def _appeals(scope: Scope) -> "QuerySet[Any, Any] | None":
    """Appeals to decide. Who hid it sees it too: another officer decides."""
    areas = scope.areas(*WARD_STAFF)
    if not areas:
        return None
    rows = Hiding.objects.filter(state=HidingState.APPEALED, area__in=areas).order_by("appealed_at", "id")
    return branch(
        rows, "appeals", ref="pk", name="title", area_code="area", area_name="area__name", at="appealed_at"
    )


SOURCES = [Source("flags", _flags), Source("appeals", _appeals)]
