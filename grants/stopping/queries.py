"""Reads of 廃止. One is seen by who sees its file."""

from ..calculations import settlement as sums
from ..models import Application, StopRequest
from .enums import StopState


def of_file(application: Application) -> list[StopRequest]:
    """The applications to stop one file, the newest first. One query."""
    rows = StopRequest.objects.filter(application=application).select_related("approval", "requested_by")
    return list(rows.order_by("-requested_at", "-id"))


def requested(application: Application) -> StopRequest | None:
    """The one that has no answer yet. One query."""
    return application.stop_requests.filter(state=StopState.REQUESTED).select_related("approval").first()


def keep_yen(application: Application, spent_yen: int) -> int:
    """What may still be settled of a decided file whose eligible costs come to `spent_yen`, in yen: the share, in thousands."""
    return sums.settled(
        decided_yen=application.decided_yen or 0, base_yen=spent_yen, share=application.menu.share
    )
