"""What the kernel's sweep does for menu ②: reminds the 窓口 whose report of a workshop is due, once at each stage."""

from django.db import transaction

from portal.kernel import clock
from portal.kernel.models import OutboxMessage

from ..dispatch.sweeping import AT_ONCE, EARLIEST_HOUR, KEPT_UP, LATEST_HOUR, stage_of
from ..models import Workshop
from . import mails
from .enums import WorkshopState


def remind_reports() -> tuple[str, int]:
    """For the kernel's sweep: of how many workshops somebody was reminded. Nothing at night."""
    now = clock.now()
    if not EARLIEST_HOUR <= now.astimezone(clock.JST).hour < LATEST_HOUR:
        return "ワークショップの報告の催促", 0
    today = clock.today_jst()
    found = [
        (row, stage)
        for row in _waiting()
        if row.report_due_on is not None and (stage := stage_of(row.report_due_on, today))
    ]
    sent = _sent([row for row, _ in found])
    fresh = [(row, stage) for row, stage in found if f"workshop:{row.pk}:{mails.due_key(stage)}" not in sent]
    for row, stage in fresh:
        with transaction.atomic():
            mails.report_due(row, stage)
    return "ワークショップの報告の催促", len(fresh)


def _waiting() -> list[Workshop]:
    """Decided ones that are over, of the last three months. One query."""
    now = clock.now()
    rows = Workshop.objects.filter(
        state=WorkshopState.DECIDED, ends_at__lte=now, ends_at__gte=now - KEPT_UP
    ).select_related("menu", "municipality", "office")
    return list(rows.order_by("ends_at", "id")[:AT_ONCE])


def _sent(rows: list[Workshop]) -> set[str]:
    """The keys of the reminders that were written, without their address. One query."""
    messages = OutboxMessage.objects.filter(
        template="grants/mail/workshop_report_due",
        about_type="grants.workshop",
        about_id__in=[str(row.pk) for row in rows],
    )
    return {key.rpartition(":")[0] for key in messages.values_list("key", flat=True)}
