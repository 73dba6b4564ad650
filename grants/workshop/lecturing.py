"""The time of lecturers who are advisors of ①: kept from the agreement on, free again when the workshop does not come about."""

from datetime import datetime

from communities.saving import change, locked
from portal.kernel.refusals import Refusal

from ..dispatch.enums import VisitState
from ..models import Advisor, Visit, Workshop, WorkshopLecturer

BUSY = "{0}さんには、その時間に別の予定があります。"


def keep_times(workshop: Workshop) -> None:
    """Keep the time of the plan for every lecturer of the register. Within the caller's transaction, the case locked.

    Locks the advisors in the order of their keys, so that a visit of ① set at the same moment ends before or sees it.
    Raises Refusal where one is booked.
    """
    rows = list(
        workshop.lecturers.filter(advisor__isnull=False).select_related("advisor").order_by("advisor")
    )
    for row in rows:
        if row.advisor is not None and workshop.starts_at and workshop.ends_at:
            locked(row.advisor)
            check_visits(row.advisor, workshop.starts_at, workshop.ends_at)
            change(row, {"kept_from": workshop.starts_at, "kept_until": workshop.ends_at})


def free_times(workshop: Workshop) -> None:
    """Their time is free again."""
    for row in workshop.lecturers.filter(kept_from__isnull=False):
        change(row, {"kept_from": None, "kept_until": None})


def lock_free(advisor: Advisor, starts_at: datetime, ends_at: datetime) -> None:
    """For a visit of ①: lock the advisor, whom no workshop may keep at that time. After the case is locked. Raises Refusal."""
    locked(advisor)
    check_workshops(advisor, starts_at, ends_at)


def check_free(workshop: Workshop) -> None:
    """Before consulting: no lecturer of the register is booked at that time elsewhere. Raises Refusal."""
    if workshop.starts_at is None or workshop.ends_at is None:
        return
    for row in workshop.lecturers.filter(advisor__isnull=False).select_related("advisor"):
        if row.advisor is not None:
            check_visits(row.advisor, workshop.starts_at, workshop.ends_at)
            check_workshops(row.advisor, workshop.starts_at, workshop.ends_at, but=workshop)


def check_visits(advisor: Advisor, starts_at: datetime, ends_at: datetime) -> None:
    """No visit of ① lies in the time. Raises Refusal."""
    booked = Visit.objects.filter(advisor=advisor, starts_at__lt=ends_at, ends_at__gt=starts_at)
    if booked.exclude(state=VisitState.CANCELLED).exists():
        raise Refusal(BUSY.format(advisor.name), code="booked")


def check_workshops(
    advisor: Advisor, starts_at: datetime, ends_at: datetime, but: Workshop | None = None
) -> None:
    """No workshop keeps the time. Raises Refusal."""
    kept = WorkshopLecturer.objects.filter(
        advisor=advisor, kept_from__lt=ends_at, kept_until__gt=starts_at
    ).exclude(workshop=but)
    if kept.exists():
        raise Refusal(BUSY.format(advisor.name), field="starts_at", code="booked")
