"""やさしい日本語: the same in short and plain words, beside the page it belongs to (出入国在留管理庁・文化庁 2020)."""

from django.db import models
from django.db.models import Q

from portal.kernel.fields import Text
from portal.kernel.models import Record

from .communities import Community
from .events import Event


class EasyText(Record):
    """The plain text of exactly one community or event."""

    community = models.OneToOneField(
        Community,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="easy",
        verbose_name="コミュニティ",
    )
    event = models.OneToOneField(
        Event, on_delete=models.CASCADE, null=True, blank=True, related_name="easy", verbose_name="催し"
    )
    text = Text("やさしい日本語", max_length=1200)

    class Meta:
        verbose_name = verbose_name_plural = "やさしい日本語"
        constraints = [
            models.CheckConstraint(
                name="easytext_of_one",
                condition=Q(community__isnull=False, event__isnull=True)
                | Q(community__isnull=True, event__isnull=False),
                violation_error_message="やさしい日本語は、一つのコミュニティか、一つの催しのものです。",
            ),
            models.CheckConstraint(
                name="easytext_not_empty",
                condition=~Q(text=""),
                violation_error_message="やさしい日本語の文を入力してください。",
            ),
        ]

    def __str__(self) -> str:
        return f"easy {self.pk}"
