"""The result of a draw is told to all at once: by mail, or by telephone where there is no mailbox."""

from portal.kernel.jobs import Running

from ..enums import LIVE_REGISTRATIONS
from ..models import Event, Lottery
from . import telephone
from .notices import tell_parties


def tell_lottery(job: Running) -> None:
    """Job: tell everybody who had entered what became of it, once each however often it runs."""
    event: Event = job.obj
    drawn = {number for number, _ in Lottery.objects.get(event=event).entries}
    without_mail = event.registrations.filter(state__in=LIVE_REGISTRATIONS, email="")
    for registration in without_mail.order_by("position"):
        if registration.position in drawn:
            telephone.by_phone("drawn", registration, "drawn")
    tell_parties(
        job,
        event,
        "communities/mail/lottery_drawn",
        key="lottery-drawn",
        states=LIVE_REGISTRATIONS,
        context={},
    )
