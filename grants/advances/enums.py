"""Choices of advance payments."""

from django.db.models import TextChoices


class AdvanceState(TextChoices):
    """Where one 概算払 stands. Whether it was paid is said by its payment."""

    REQUESTED = "requested", "請求中"
    GRANTED = "granted", "認めた"
    DECLINED = "declined", "行わない"
    TAKEN_BACK = "taken_back", "取下げ"


LIVE = (AdvanceState.REQUESTED, AdvanceState.GRANTED)  # counts against the decision
