"""Reads of carry-overs. One is seen by who sees its file."""

from ..models import Application, CarryOver
from .enums import CarryState


def of_file(application: Application) -> list[CarryOver]:
    """The carry-overs of one file, the newest first. One query."""
    rows = CarryOver.objects.filter(application=application).select_related("approval", "requested_by")
    return list(rows.order_by("-requested_at", "-id"))


def requested(application: Application) -> CarryOver | None:
    """The one that has no answer yet. One query."""
    return application.carry_overs.filter(state=CarryState.REQUESTED).select_related("approval").first()
