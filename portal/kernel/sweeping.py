"""What `manage.py sweep` and beat do: re-wake waiting jobs and end what has run out."""

from datetime import timedelta

from django.contrib.sessions.models import Session

from . import clock, exports, imports, jobs, ports, uploads
from .actors import JobActor
from .enums import MailState
from .models import OutboxMessage, Submission

KEEP_SUBMISSIONS = timedelta(days=30)
KEEP_STAGED = timedelta(days=2)
KEEP_SECRETS = timedelta(days=1)


def sweep() -> dict[str, int]:
    """End staged files nobody used, once-keys and sessions past their time, secrets never sent. Counts by kind."""
    now = clock.now()
    secrets = OutboxMessage.objects.filter(
        is_secret=True, sealed_body__isnull=False, created_at__lt=now - KEEP_SECRETS
    ).exclude(state=MailState.SENT)
    return {
        "files": uploads.purge_staged(older_than=KEEP_STAGED),
        "exports": exports.sweep(by=JobActor("kernel.sweep")),
        "imports": imports.sweep(by=JobActor("kernel.sweep")),
        "submissions": Submission.objects.filter(created_at__lt=now - KEEP_SUBMISSIONS).delete()[0],
        "secrets": secrets.update(sealed_body=None, state=MailState.FAILED),
        "sessions": Session.objects.filter(expire_date__lt=now).delete()[0],
        "jobs": sum(1 for pk in jobs.due(now).values_list("pk", flat=True)[:500] if jobs.wake(pk)),
    }


def sweep_floors() -> list[tuple[str, int]]:
    """What every floor above ends by itself: (label, how many). Outside a transaction: each takes its own."""
    return [sweeper() for sweeper in ports.sweepers]
