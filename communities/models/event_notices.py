"""What registrants of an event were told of, occasion by occasion. The mails are keyed by it: once to each of them."""

from django.db import models
from django.db.models import Q

from portal.kernel.fields import Text
from portal.kernel.models import Record

from ..enums.events import NoticeKind
from .events import Event


class EventNotice(Record):
    """The `number`-th occasion of an event. Times are those that were said then; None: not decided yet."""

    event = models.ForeignKey(
        Event, on_delete=models.CASCADE, related_name="notices", verbose_name="イベント"
    )
    number = models.PositiveSmallIntegerField("何回目")
    kind = models.CharField("お知らせの種類", max_length=10, choices=NoticeKind)
    old_starts_at = models.DateTimeField("もとの始まり")
    new_starts_at = models.DateTimeField("新しい始まり", null=True, blank=True)
    new_ends_at = models.DateTimeField("新しい終わり", null=True, blank=True)
    reason = Text("理由", max_length=1000, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "変更のお知らせ"
        constraints = [
            models.UniqueConstraint(
                fields=["event", "number"],
                name="eventnotice_number",
                violation_error_message="同じ回のお知らせが、もうあります。",
            ),
            models.CheckConstraint(
                name="eventnotice_new_times_together",
                condition=Q(new_starts_at__isnull=True, new_ends_at__isnull=True)
                | Q(
                    new_starts_at__isnull=False,
                    new_ends_at__isnull=False,
                    new_ends_at__gt=models.F("new_starts_at"),
                ),
                violation_error_message="新しい日時は、始まりと終わりの両方です。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.event_id} {self.number}"
