"""Choices of the recovery of money."""

from datetime import timedelta

from django.db.models import TextChoices

INSTALMENTS_MIN, INSTALMENTS_MAX = 2, 60  # of one 分割納付
INSTALMENTS_SPAN = timedelta(
    days=3653
)  # ten years, after which it is looked at anew (地方自治法施行令171条の7)


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
    ENDED = "ended", "一部の納入で終わり"


class Booking(TextChoices):
    """How what came back is booked (地方自治法施行令159条・160条)."""

    RETURN = "return", "戻入"
    REVENUE = "revenue", "歳入"
