"""Celery tasks of accounts."""

from datetime import timedelta

from celery import shared_task

from portal.kernel import clock
from portal.kernel.actors import JobActor

from . import actions

KEEP_UNCONFIRMED = timedelta(days=7)


@shared_task(name="accounts.discard_unconfirmed")
def discard_unconfirmed() -> None:
    """Forget sign-ups whose code was never entered."""
    actions.discard_unconfirmed(by=JobActor("discard_unconfirmed"), before=clock.now() - KEEP_UNCONFIRMED)
