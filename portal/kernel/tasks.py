"""Celery tasks of the kernel: each only knocks on a door that the rest of the kernel opens."""

import uuid

from celery import shared_task
from django.db import transaction

from . import audit, clock, jobs, outages, sweeping


@shared_task(name="kernel.run_job")
def run_job(pk: str) -> None:
    """Run one job if it is free and due."""
    jobs.run(uuid.UUID(pk))


@shared_task(name="kernel.wake_jobs")
def wake_jobs() -> None:
    """Wake what waits or was abandoned, and note that beat is alive."""
    outages.beat()
    for pk in jobs.due(clock.now()).values_list("pk", flat=True)[:500]:
        if not jobs.wake(pk):
            break


@shared_task(name="kernel.seal_audit")
def seal_audit() -> None:
    """Seal the audit entries that wait."""
    while audit.seal() == audit.SEAL_BATCH:
        pass


@shared_task(name="kernel.sweep")
def sweep() -> None:
    """End what has run out."""
    with transaction.atomic():
        sweeping.sweep()
    sweeping.sweep_floors()
