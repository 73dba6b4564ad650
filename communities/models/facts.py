"""What a community says about itself in figures and papers, and which part the city takes in it, with dates."""

from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from portal.kernel.fields import Text
from portal.kernel.models import Record, StoredFile
from portal.kernel.privacy import Privacy

from .communities import Community

AGE_BANDS = ("10代", "20代", "30代", "40代", "50代", "60代", "70代以上")


class CityPart(models.TextChoices):
    """役割 of the city in a community (新潟市 令和7年度: 令和10年度以降「行政の役割定義とその制度化」)."""

    LEADING = "leading", "主導"
    ACCOMPANYING = "accompanying", "伴走"
    WATCHING = "watching", "見守り"


class CommunityFacts(Record):
    """会則, links and age bands. All self-declared; figures carry the day they were counted on."""

    community = models.OneToOneField(
        Community, on_delete=models.PROTECT, related_name="facts", verbose_name="コミュニティ"
    )
    charter = models.ForeignKey(
        StoredFile, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="会則"
    )
    charter_on = models.DateField("会則の日付", null=True, blank=True)
    links = ArrayField(
        models.URLField("リンク", max_length=300), verbose_name="リンク", default=list, blank=True
    )
    age_counts = ArrayField(
        models.PositiveIntegerField("人数"), verbose_name="年代ごとの人数", default=list, blank=True
    )
    under_35 = models.PositiveIntegerField("35歳以下の人数", null=True, blank=True)
    counted_on = models.DateField("数えた日", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "会則と年代"
        constraints = [
            models.CheckConstraint(
                name="communityfacts_seven_bands",
                condition=Q(age_counts__len=0) | Q(age_counts__len=len(AGE_BANDS)),
                violation_error_message="年代ごとの人数は、10代から70代以上までの七つです。",
            ),
            models.CheckConstraint(
                name="communityfacts_counted_on_a_day",
                condition=Q(age_counts__len=0, under_35__isnull=True) | Q(counted_on__isnull=False),
                violation_error_message="人数には、数えた日が要ります。",
            ),
        ]

    def __str__(self) -> str:
        return f"facts {self.community_id}"


class CityRole(Record):
    """From which day the city takes which part in a community. The newest row stands."""

    privacy: ClassVar[Privacy] = Privacy(
        fields=("set_by",), retention="10y", purpose="市の役割を決めた職員を記録するため"
    )

    community = models.ForeignKey(
        Community, on_delete=models.PROTECT, related_name="city_roles", verbose_name="コミュニティ"
    )
    role = models.CharField("市の役割", max_length=12, choices=CityPart)
    since_on = models.DateField("この日から")
    note = Text("役割の中身", max_length=400, blank=True)
    set_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="決めた人",
    )

    class Meta:
        verbose_name = verbose_name_plural = "市の役割"
        constraints = [
            models.UniqueConstraint(
                fields=["community", "since_on"],
                name="cityrole_one_a_day",
                violation_error_message="この日の役割は、もう記録されています。",
            ),
        ]
        indexes = [models.Index(fields=["community", "-since_on"], name="cityrole_history")]

    def __str__(self) -> str:
        return f"{self.get_role_display()} {self.since_on}"
