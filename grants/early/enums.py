"""Choices of a 事前着手届."""

from django.db.models import TextChoices


class EarlyState(TextChoices):
    """Where a 事前着手届 stands."""

    FILED = "filed", "届出済み"
    ACCEPTED = "accepted", "受理"
    REFUSED = "refused", "不受理"
