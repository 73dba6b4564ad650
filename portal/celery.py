"""Celery only wakes what the database already holds: a job is a row, a message is a knock on the door."""

import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings.base")
os.environ.setdefault("PROCESS", "worker")

from celery import Celery  # noqa: E402
from django.conf import settings  # noqa: E402

app = Celery("portal")
app.conf.update(
    broker_url=f"redis+socket://{settings.REDIS_URL.removeprefix('unix://')}".replace("?db=", "?virtual_host=")
    if settings.REDIS_URL.startswith("unix://")
    else settings.REDIS_URL,
    task_ignore_result=True,
    task_acks_late=True,
    task_reject_on_worker_lost=True,
    worker_prefetch_multiplier=1,
    task_publish_retry=False,
    broker_transport_options={"socket_timeout": 5, "socket_connect_timeout": 1, "visibility_timeout": 3600},
    broker_connection_retry_on_startup=True,
    worker_hijack_root_logger=False,
    timezone="Asia/Tokyo",
    beat_schedule={
        "wake-jobs": {"task": "kernel.wake_jobs", "schedule": 15.0},
        "seal-audit": {"task": "kernel.seal_audit", "schedule": 60.0},
        "sweep": {"task": "kernel.sweep", "schedule": 300.0},
    },
)
app.autodiscover_tasks()
