"""Celery only wakes what the database already holds: a job is a row, a message is a knock on the door.

Run the worker and beat with PROCESS=worker, so that they use WORKER_DATABASE_URL.
"""

import os
from typing import Any

from celery import Celery
from celery.signals import task_postrun, task_prerun, worker_process_init

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings.base")

app = Celery("portal")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
app.add_defaults(
    lambda: {
        "beat_schedule": {
            "wake-jobs": {"task": "kernel.wake_jobs", "schedule": 15.0},
            "seal-audit": {"task": "kernel.seal_audit", "schedule": 60.0},
            "sweep": {"task": "kernel.sweep", "schedule": 300.0},
            "plan-reminders": {"task": "communities.plan_reminders", "schedule": 600.0},
            "discard-unconfirmed": {"task": "accounts.discard_unconfirmed", "schedule": 6 * 3600.0},
        }
    }
)


@worker_process_init.connect
@task_prerun.connect
@task_postrun.connect
def close_connections(**_: Any) -> None:
    """A worker keeps no connection between tasks: a pooler or a restart may have closed it."""
    from django.db import connections

    for connection in connections.all(initialized_only=True):
        if not connection.in_atomic_block:
            connection.close()
