"""When the portal stood still: a decision on a late application looks here (workflows.md 'submit')."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q


class Outage(models.Model):
    """A time without a sign of life from beat, which knocks every 15 seconds. Written when it is alive again."""

    started_at = models.DateTimeField("最後に動いていた日時", unique=True)
    ended_at = models.DateTimeField("また動いた日時")

    class Meta:
        verbose_name = verbose_name_plural = "ポータルの停止"
        ordering = ["started_at"]
        constraints = [
            models.CheckConstraint(
                name="outage_ends_after_start",
                condition=Q(ended_at__gt=F("started_at")),
                violation_error_message="また動いた日時は、止まった日時より後です。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.started_at:%Y-%m-%d %H:%M}"

    @property
    def minutes(self) -> int:
        """How long, in whole minutes, rounded up."""
        return -(-int((self.ended_at - self.started_at).total_seconds()) // 60)
