"""Choices of payments."""

from django.db.models import TextChoices


class PaymentState(TextChoices):
    """Where a payment stands."""

    ORDERED = "ordered", "支払い待ち"
    PAID = "paid", "支払い済み"
    CANCELLED = "cancelled", "取消し"


class PaymentKind(TextChoices):
    """What is paid. From a person's fee, income tax is withheld (所得税法204条)."""

    FEE = "fee", "謝金(旅費を含む)"
    TRAVEL = "travel", "旅費(実費直接払)"
    GRANT = "grant", "補助金"
    ADVANCE = "advance", "概算払"
    CONTRACT = "contract", "委託料"
    OTHER = "other", "その他"
