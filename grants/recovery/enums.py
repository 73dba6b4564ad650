"""Choices of the recovery of money."""

from django.db.models import TextChoices


class Cause(TextChoices):
    """Why money is given back."""

    SETTLEMENT = "settlement", "額の確定による精算"
    REVOCATION = "revocation", "交付決定の取消し"
    DISPOSAL = "disposal", "財産処分の納付金"


class ReclaimState(TextChoices):
    """Where one 返還 stands."""

    ORDERED = "ordered", "納入待ち"
    COLLECTED = "collected", "納入済み"
    CANCELLED = "cancelled", "取りやめ"


class Booking(TextChoices):
    """How what came back is booked (地方自治法施行令159条・160条)."""

    RETURN = "return", "戻入"
    REVENUE = "revenue", "歳入"
