"""Jobs of events that are not a mail."""

from django.db import transaction

from portal.kernel import clock
from portal.kernel.jobs import Running
from portal.kernel.refusals import Refusal

from . import actions
from .enums import EventState
from .models import Event


def publish_due(job: Running) -> None:
    """Job: publish a draft at the moment that was set for it. Nothing happens to one that was moved or is out already.

    A draft whose community is not public stays one; the desk shows it.
    """
    with transaction.atomic():
        rows = Event.objects.select_for_update(no_key=True, of=("self",)).select_related("host_community")
        event = rows.get(pk=job.obj.pk)
        due = event.publish_from is not None and event.publish_from <= clock.now()
        if event.state != EventState.DRAFT or not due:
            return
        try:
            with transaction.atomic():
                actions.publish_event(by=job.by, event=event)
        except Refusal:
            return
