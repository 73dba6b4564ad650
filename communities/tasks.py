"""Celery tasks of communities."""

from celery import shared_task

from .telling import reminders


@shared_task(name="communities.plan_reminders")
def plan_reminders() -> None:
    """Note the reminders that are due today."""
    reminders.plan()
