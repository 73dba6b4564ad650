"""Choices of a carry-over."""

from django.db.models import TextChoices


class CarryKind(TextChoices):
    """By which rule (地方自治法213条・220条3項)."""

    APPROPRIATED = "appropriated", "繰越明許費"
    ACCIDENT = "accident", "事故繰越し"


class CarryState(TextChoices):
    """Where one 繰越し stands."""

    REQUESTED = "requested", "申請中"
    GRANTED = "granted", "承認済み"
    DECLINED = "declined", "承認しない"
    TAKEN_BACK = "taken_back", "取下げ"


LIVE = (CarryState.REQUESTED, CarryState.GRANTED)
