"""What an event's page says beside when and where: how one takes part, what to know before, how long it is shown."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from portal.kernel.fields import Line, Text

from ..enums.events import AgeGroup, EventFormat
from .event_series import EventSeries


class EventDetails(models.Model):
    """Abstract part of Event. `online_url` and `online_note` are for registrants only; nothing public shows them."""

    format = models.CharField("開催のしかた", max_length=8, choices=EventFormat, default=EventFormat.ONSITE)
    online_url = models.URLField("オンラインのアドレス", max_length=500, blank=True)
    online_note = Line("オンラインで入る方法", max_length=300, blank=True)
    map_url = models.URLField("地図のアドレス", max_length=500, blank=True)
    route = Text("道順", max_length=600, blank=True)
    parking = Line("駐車場", max_length=200, blank=True)
    rain_rule = Line("雨のとき", max_length=200, blank=True)
    languages = Line("使える言葉", max_length=120, blank=True)
    insurance = Line("保険", max_length=200, blank=True)
    photo_notice = Line("撮影について", max_length=200, blank=True)
    co_hosts = Line("共催", max_length=200, blank=True)
    fee_note = Line("参加費について", max_length=200, blank=True)
    ages = ArrayField(
        models.CharField("年代", max_length=8, choices=AgeGroup),
        verbose_name="年代",
        default=list,
        blank=True,
    )
    publish_from = models.DateTimeField("公開する日時", null=True, blank=True)
    listed_until = models.DateTimeField("掲載を終える日時", null=True, blank=True)

    series = models.ForeignKey(
        EventSeries,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="events",
        verbose_name="シリーズ",
    )
    series_number = models.PositiveSmallIntegerField("シリーズの何回目", null=True, blank=True)

    takes_pitches = models.BooleanField("1分間ピッチを募る", default=False)
    thanked_at = models.DateTimeField("お礼を送った日時", null=True, blank=True)

    class Meta:
        abstract = True


DETAILS = (
    "format", "online_url", "online_note", "map_url", "route", "parking", "rain_rule", "languages", "insurance",
    "photo_notice", "co_hosts", "fee_note", "ages", "publish_from", "listed_until", "takes_pitches",
)  # fmt: skip
DETAIL_RULES = [
    models.CheckConstraint(
        name="event_series_numbered",
        condition=Q(series__isnull=True, series_number__isnull=True)
        | Q(series__isnull=False, series_number__gte=1),
        violation_error_message="シリーズの催しには、何回目かがいります。",
    ),
    models.UniqueConstraint(
        fields=["series", "series_number"],
        name="event_series_number",
        violation_error_message="シリーズの同じ回が、もうあります。",
    ),
    models.CheckConstraint(
        name="event_online_address_where_online",
        condition=Q(online_url="", online_note="") | ~Q(format=EventFormat.ONSITE),
        violation_error_message="会場だけの催しに、オンラインのアドレスは書けません。",
    ),
    models.CheckConstraint(
        name="event_listed_until_after_end",
        condition=Q(listed_until__isnull=True) | Q(listed_until__gte=F("ends_at")),
        violation_error_message="掲載を終える日時は、催しの終わりより後にしてください。",
    ),
    models.CheckConstraint(
        name="event_publish_from_before_start",
        condition=Q(publish_from__isnull=True) | Q(publish_from__lt=F("starts_at")),
        violation_error_message="公開する日時は、催しの始まりより前にしてください。",
    ),
]
