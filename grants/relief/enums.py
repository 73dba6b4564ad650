"""Choices of what is accepted after a deadline, and the constants of its rules."""

from datetime import timedelta

from django.db.models import TextChoices

LOOK_BACK = timedelta(hours=24)  # workflows.md 'submit': outages of the last 24 h before the deadline
OPEN_DAYS_MAX = 30  # an accepted file is submitted within so many days


class AdmissionKind(TextChoices):
    """Why a file comes after the deadline."""

    LATE = "late", "締切のあとの提出"
    PAPER = "paper", "紙の申請書"


class AdmissionState(TextChoices):
    """Where the wish to be accepted stands."""

    ASKED = "asked", "申し出あり"
    ADMITTED = "admitted", "受理"
    DECLINED = "declined", "受理しない"
