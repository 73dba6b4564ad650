"""What the kernel's sweep does for student supporters: reminds a student whose report is due, once at each stage."""

from datetime import date

from django.db import transaction

from portal.kernel import clock
from portal.kernel.models import OutboxMessage

from ..dispatch.sweeping import AT_ONCE, EARLIEST_HOUR, KEPT_UP, LATEST_HOUR, stage_of
from ..models import Placement, SupporterTerms
from . import mails, queries
from .enums import REPORT_DAYS, PlacementState

NAME = "学生サポーターの報告の催促"


def remind_reports() -> tuple[str, int]:
    """For the kernel's sweep: of how many activities a student was reminded. Nothing at night."""
    now = clock.now()
    if not EARLIEST_HOUR <= now.astimezone(clock.JST).hour < LATEST_HOUR:
        return NAME, 0
    today = clock.today_jst()
    found = [(row, due_on, stage) for row, due_on in _waiting() if (stage := stage_of(due_on, today))]
    sent = _sent([row for row, _, _ in found])
    fresh = [one for one in found if f"placement:{one[0].pk}:{mails.due_key(one[2])}" not in sent]
    for row, due_on, stage in fresh:
        with transaction.atomic():
            mails.report_due(row, stage, due_on)
    return NAME, len(fresh)


def _waiting() -> list[tuple[Placement, date]]:
    """Activities that are over and not reported, of the last three months, with the day their report is due. Two queries."""
    today = clock.today_jst()
    rows = queries.with_placement(Placement.objects.filter(state=PlacementState.ACCEPTED)).filter(
        last_on__lte=today, last_on__gte=today - KEPT_UP
    )
    days = dict(SupporterTerms.objects.values_list("authority_id", "report_days"))
    return [
        (row, row.due_on(days.get(row.supporter.authority_id, REPORT_DAYS), row.last_on))  # type: ignore[attr-defined]
        for row in rows.order_by("last_on", "id")[:AT_ONCE]
    ]


def _sent(rows: list[Placement]) -> set[str]:
    """The keys of the reminders that were written, without their address. One query."""
    messages = OutboxMessage.objects.filter(
        template="grants/supporters/mail/report_due",
        about_type="grants.placement",
        about_id__in=[str(row.pk) for row in rows],
    )
    return {key.rpartition(":")[0] for key in messages.values_list("key", flat=True)}
