"""Mails around a registration: who reads what people need, and reminders before the day. Plain text, once each."""

from collections.abc import Iterable
from uuid import UUID

from portal.accounts.models import User
from portal.kernel import outbox
from portal.kernel.addresses import whole

from ..models import Event, Registration
from . import registration_token


def readers_named(event: Event, before: Iterable[UUID | None], change: int) -> None:
    """Tell the two who read now, and those who no longer do, once for each change."""
    now = [user for user in (event.needs_officer, event.needs_deputy) if user]
    gone = User.objects.filter(pk__in=set(before) - {user.pk for user in now})
    for name, users in (("needs_named", now), ("needs_unnamed", gone)):
        for user in users:
            outbox.queue(
                f"communities/mail/{name}",
                to=user.email,
                about=event,
                key=f"{name}:{change}:{user.pk}",
                context={
                    "event": event,
                    "user": user,
                    "readers": now,
                    "url": whole("communities:event_counter", event.pk),
                },
            )


def reminder(registration: Registration, event: Event, once: str) -> None:
    """Remind one party, with the link to its own page. Who has no mailbox has the slip."""
    if not registration.email:
        return
    outbox.queue(
        "communities/mail/reminder",
        to=registration.email,
        about=registration,
        secret=True,
        key=f"reminder:{registration.pk}:{once}",
        context={
            "registration": registration,
            "event": event,
            "url": whole("communities:registration_detail", registration_token(registration)),
        },
    )
