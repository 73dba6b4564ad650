"""Mails of the panel. None names a proposal: a conflicted reviewer is among the readers."""

from collections.abc import Iterable

from django.urls import reverse

from ...models import CommissionCall, PanelSeat
from ..enums import Declared
from . import send
from .calls import secretariat


def seated(seat: PanelSeat) -> None:
    """To the reviewer: welcome, and what comes."""
    send(
        "panel_seated",
        [seat.user.email],
        seat,
        once="1",
        path=reverse("grants:review_list"),
        call=seat.call,
        seat=seat,
    )


def opened(call: CommissionCall, seats: Iterable[PanelSeat]) -> None:
    """To every reviewer: please declare, then read and score."""
    to = [seat.user.email for seat in seats]
    send("panel_opened", to, call, once="1", path=reverse("grants:review_call", args=[call.pk]), call=call)


def excluded(call: CommissionCall) -> None:
    """To the secretariat: a reviewer has declared a conflict; who and about what is read on the page."""
    count = call.seats.filter(interests__declared=Declared.CONFLICT).count()
    path = reverse("grants:staff_panel", args=[call.pk])
    send("panel_excluded", secretariat(call), call, once=str(count), path=path, call=call)


def frozen(call: CommissionCall) -> None:
    """To the secretariat: all sheets are in."""
    path = reverse("grants:staff_ranking", args=[call.pk])
    send("panel_frozen", secretariat(call), call, once="1", path=path, call=call)
