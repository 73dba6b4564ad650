"""Bulk runs: one step done to many rows at once, and row by row what came of it."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from portal.kernel.models import Record
from portal.kernel.privacy import Privacy


class BulkStep(models.TextChoices):
    """What can be done to many rows at once; each row still goes through its own action and permission."""

    PUBLISH = "publish", "コミュニティを公開する"
    REST = "rest", "休止にする"
    WRITE = "write", "世話人にメールを送る"
    ACCEPT = "accept", "参加を受け入れる"
    CONFIRM = "ward_confirm", "区で確認する"
    COUNT = "count", "協働数に数える"


class BulkRun(Record):
    """One press of the button. `rows`: [{"id": …, "ok": true} or {"id": …, "ok": false, "why": "…"}], in order of ids.

    Titles are read from the rows themselves when the result is shown, so that nothing about people is copied here.
    """

    privacy: ClassVar[Privacy] = Privacy(
        fields=("run_by",), retention="1y", purpose="まとめて行った手続きの結果を、行った職員に示すため"
    )

    step = models.CharField("手続き", max_length=20, choices=BulkStep)
    run_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="行った人",
    )
    rows = models.JSONField("結果", default=list)
    done_count = models.PositiveSmallIntegerField("できた数", default=0)
    refused_count = models.PositiveSmallIntegerField("できなかった数", default=0)

    class Meta:
        verbose_name = verbose_name_plural = "まとめて行った手続き"
        constraints = [
            models.CheckConstraint(
                name="bulkrun_not_empty",
                condition=Q(done_count__gt=0) | Q(refused_count__gt=0),
                violation_error_message="一つも選ばれていません。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.step} {self.done_count}/{self.done_count + self.refused_count}"

    def get_absolute_url(self) -> str:
        return reverse("communities:staff_bulk_run", args=[self.pk])
