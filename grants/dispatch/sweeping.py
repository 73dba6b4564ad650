"""What the kernel's sweep does for menu ①: reminds the side whose report of a visit is due, once at each stage."""

from collections.abc import Iterator
from datetime import date, timedelta

from django.db import transaction

from portal.kernel import clock
from portal.kernel.models import OutboxMessage

from ..models import Visit
from . import mails
from .enums import Side, VisitState

EARLIEST_HOUR, LATEST_HOUR = 8, 21  # JST; nobody's telephone rings at night
SOON, LATE_AGAIN = timedelta(days=3), timedelta(days=7)
KEPT_UP = timedelta(days=90)  # after that the office asks by itself
AT_ONCE = 500


def remind_reports() -> tuple[str, int]:
    """For the kernel's sweep: how many visits somebody was reminded of. Nothing at night."""
    now = clock.now()
    if not EARLIEST_HOUR <= now.astimezone(clock.JST).hour < LATEST_HOUR:
        return "派遣の報告の催促", 0
    today = clock.today_jst()
    found = [(visit, side, stage) for visit in _waiting() for side, stage in _due(visit, today)]
    sent = _sent(found)
    fresh = [row for row in found if _key(*row) not in sent]
    for visit, side, stage in fresh:
        with transaction.atomic():
            mails.report_due(visit, side, stage)
    return "派遣の報告の催促", len(fresh)


def stage_of(due_on: date, today: date) -> str:
    """soon (three days before), due, late, late7; empty while there is time."""
    if today >= due_on + LATE_AGAIN:
        return "late7"
    if today > due_on:
        return "late"
    if today == due_on:
        return "due"
    return "soon" if today >= due_on - SOON else ""


def _waiting() -> list[Visit]:
    """Held visits that lack a report, of the last three months. Two queries."""
    held = Visit.objects.filter(state=VisitState.HELD, ends_at__gte=clock.now() - KEPT_UP)
    rows = held.select_related(
        "advisor__user", "dispatch__menu", "dispatch__municipality", "dispatch__office"
    )
    return list(rows.prefetch_related("reports").order_by("ends_at", "id")[:AT_ONCE])


def _due(visit: Visit, today: date) -> Iterator[tuple[str, str]]:
    stage = stage_of(visit.report_due_on, today)
    written = {report.side for report in visit.reports.all()}
    if stage:
        yield from ((side.value, stage) for side in Side if side not in written)


def _key(visit: Visit, side: str, stage: str) -> str:
    return f"dispatch:{visit.dispatch_id}:{mails.due_key(visit, side, stage)}"


def _sent(found: list[tuple[Visit, str, str]]) -> set[str]:
    """Of these reminders, those of which any mail was written. One query."""
    about = {str(visit.dispatch_id) for visit, _, _ in found}
    rows = OutboxMessage.objects.filter(
        template="grants/mail/visit_report_due", about_type="grants.dispatch", about_id__in=about
    )
    return {key.rpartition(":")[0] for key in rows.values_list("key", flat=True)}
