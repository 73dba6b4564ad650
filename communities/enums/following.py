"""Choices of saved searches."""

from django.db.models import TextChoices


class Frequency(TextChoices):
    """How often what is new is told."""

    DAILY = "daily", "毎日"
    WEEKLY = "weekly", "毎週金曜日"
    OFF = "off", "止める"


SEARCHES_MAX = 20  # saved searches of one person
ITEMS_MAX = 30  # things in one mail; the others come with the next
