"""What a person follows: saved searches, and what each has been told already."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from portal.areas.models import Area
from portal.kernel import clock
from portal.kernel.models import Record
from portal.kernel.privacy import Privacy

from ..enums.events import AgeGroup
from ..enums.following import Frequency
from .themes import Theme


class SavedSearch(Record):
    """New public things of an area, theme and age, told by mail. Hours are whole hours in Japan.

    `watched_from` is the instant from which on publications count; `next_at` is when the next mail may be made.
    """

    privacy: ClassVar[Privacy] = Privacy(
        fields=("user",), retention="account", purpose="本人が選んだ条件の新しい催しを、メールで知らせるため"
    )

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="saved_searches",
        verbose_name="利用者",
    )
    area = models.ForeignKey(
        Area, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="地域"
    )
    theme = models.ForeignKey(
        Theme, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="テーマ"
    )
    age = models.CharField("年代", max_length=8, choices=AgeGroup, blank=True)
    frequency = models.CharField("お知らせの回数", max_length=6, choices=Frequency, default=Frequency.WEEKLY)
    quiet_from = models.PositiveSmallIntegerField("お知らせしない時間の始まり", default=21)
    quiet_until = models.PositiveSmallIntegerField("お知らせしない時間の終わり", default=8)
    token_version = models.PositiveSmallIntegerField("リンクの版", default=0)
    watched_from = models.DateTimeField("この後に公開したものを知らせる", default=clock.now)
    next_at = models.DateTimeField("次に知らせる日時")

    class Meta:
        verbose_name = verbose_name_plural = "お知らせの条件"
        constraints = [
            models.UniqueConstraint(
                fields=["user", "area", "theme", "age"],
                name="savedsearch_once",
                nulls_distinct=False,
                violation_error_message="同じ条件のお知らせが、もうあります。",
            ),
            models.CheckConstraint(
                name="savedsearch_hours_of_the_day",
                condition=Q(quiet_from__lte=23, quiet_until__lte=23),
                violation_error_message="時間は、0時から23時までで選んでください。",
            ),
        ]
        indexes = [
            models.Index(fields=["next_at"], name="savedsearch_due", condition=~Q(frequency=Frequency.OFF)),
            models.Index(fields=["user", "created_at"], name="savedsearch_of_person"),
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def label(self) -> str:
        """「秋葉区・食・農・小学生」; load area and theme."""
        parts = [self.area.name if self.area else "", self.theme.name if self.theme else ""]
        parts.append(AgeGroup(self.age).label if self.age else "")
        return "・".join(part for part in parts if part) or "すべての地域"

    @property
    def is_on(self) -> bool:
        return self.frequency != Frequency.OFF


class Digest(Record):
    """One mail of a saved search."""

    search = models.ForeignKey(
        SavedSearch, on_delete=models.CASCADE, related_name="digests", verbose_name="お知らせの条件"
    )

    class Meta:
        verbose_name = verbose_name_plural = "まとめのお知らせ"

    def __str__(self) -> str:
        return f"まとめのお知らせ {self.pk}"


class DigestItem(models.Model):
    """A thing that a saved search has told: once for good."""

    digest = models.ForeignKey(
        Digest, on_delete=models.CASCADE, related_name="items", verbose_name="まとめのお知らせ"
    )
    search = models.ForeignKey(
        SavedSearch, on_delete=models.CASCADE, related_name="told", verbose_name="お知らせの条件"
    )
    kind = models.CharField("種類", max_length=10)
    object_id = models.UUIDField("対象")

    class Meta:
        verbose_name = verbose_name_plural = "知らせたもの"
        constraints = [
            models.UniqueConstraint(
                fields=["search", "kind", "object_id"],
                name="digestitem_told_once",
                violation_error_message="同じものを、2度は知らせません。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.object_id}"
