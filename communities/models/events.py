"""Events: meetings people can come to. Each has exactly one host and one collector; its seats are a row of their own."""

from datetime import datetime, timedelta
from typing import cast

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from portal.areas.models import Area, Authority
from portal.kernel.clock import JST
from portal.kernel.fields import Line, Text
from portal.kernel.models import Record

from ..enums import PUBLIC_EVENT, Collector, EntryMethod, EventState
from .communities import Community
from .event_details import DETAIL_RULES, EventDetails
from .platforms import Platform
from .themes import Theme

Host = Community | Platform | Authority
LONGEST = timedelta(days=31)


class Event(EventDetails, Record):
    """A meeting. Instants are aware; `area` is that of its host, kept here because every list asks for it."""

    host_community = models.ForeignKey(
        Community,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="events",
        verbose_name="主催コミュニティ",
    )
    host_platform = models.ForeignKey(
        Platform,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="events",
        verbose_name="主催コミプラ",
    )
    host_authority = models.ForeignKey(
        Authority,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="events",
        verbose_name="主催団体",
    )
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="events", verbose_name="地域")
    title = Line("名前", max_length=100)
    summary = Line("ひとことで言うと", max_length=200, blank=True)
    description = Text("内容", max_length=4000, blank=True)
    starts_at = models.DateTimeField("始まり")
    ends_at = models.DateTimeField("終わり")
    venue = Line("会場", max_length=120)
    address = Line("会場の住所", max_length=200, blank=True)
    access = Line("行き方", max_length=200, blank=True)
    audience = Line("対象", max_length=200, blank=True)
    facilities = Line("会場の設備", max_length=300, blank=True)
    contact = Line("問い合わせ", max_length=200, blank=True)
    fee_yen = models.PositiveIntegerField("参加費", default=0)
    collector = models.CharField("申込みを集める人", max_length=10, choices=Collector)
    entry_method = models.CharField(
        "申込みの方法", max_length=10, choices=EntryMethod, default=EntryMethod.FIRST_COME
    )
    entries_close_at = models.DateTimeField("申込みの締切", null=True, blank=True)
    state = models.CharField("状態", max_length=14, choices=EventState, default=EventState.DRAFT)
    published_at = models.DateTimeField("公開した日時", null=True, blank=True)
    cancelled_at = models.DateTimeField("中止した日時", null=True, blank=True)
    postponed_at = models.DateTimeField("延期した日時", null=True, blank=True)
    themes = models.ManyToManyField(Theme, related_name="events", verbose_name="テーマ", blank=True)
    needs_officer = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="配慮の希望を読む人",
    )
    needs_deputy = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="配慮の希望を読む人(2人目)",
    )

    class Meta:
        verbose_name = verbose_name_plural = "イベント"
        constraints = [
            models.CheckConstraint(
                name="event_exactly_one_host",
                condition=Q(
                    host_community__isnull=False, host_platform__isnull=True, host_authority__isnull=True
                )
                | Q(host_community__isnull=True, host_platform__isnull=False, host_authority__isnull=True)
                | Q(host_community__isnull=True, host_platform__isnull=True, host_authority__isnull=False),
                violation_error_message="主催は、ちょうど一つです。",
            ),
            models.CheckConstraint(
                name="event_authority_collects_for_itself",
                condition=Q(host_authority__isnull=True) | ~Q(collector=Collector.COMMUNITY),
                violation_error_message="行政が主催する催しの申込みは、行政が集めます。",
            ),
            models.CheckConstraint(
                name="event_ends_after_start",
                condition=Q(ends_at__gt=F("starts_at")),
                violation_error_message="終わりは、始まりより後にしてください。",
            ),
            models.CheckConstraint(
                # Lists look one month back for what still runs; longer things are several meetings.
                name="event_lasts_a_month_at_most",
                condition=Q(ends_at__lte=F("starts_at") + LONGEST),
                violation_error_message="一つの催しは、31日以内です。長いものは、回に分けて登録してください。",
            ),
            models.CheckConstraint(
                name="event_entries_close_before_end",
                condition=Q(entries_close_at__isnull=True) | Q(entries_close_at__lte=F("ends_at")),
                violation_error_message="申込みの締切は、終わりより前にしてください。",
            ),
            models.CheckConstraint(
                name="event_published_at_iff_public",
                condition=Q(state__in=PUBLIC_EVENT, published_at__isnull=False)
                | Q(state=EventState.DRAFT, published_at__isnull=True),
                violation_error_message="公開した日時は、公開した催しだけが持ちます。",
            ),
            models.CheckConstraint(
                name="event_cancelled_at_iff_cancelled",
                condition=Q(state=EventState.CANCELLED, cancelled_at__isnull=False)
                | (~Q(state=EventState.CANCELLED) & Q(cancelled_at__isnull=True)),
                violation_error_message="中止した日時は、中止した催しだけが持ちます。",
            ),
            models.CheckConstraint(
                name="event_title_not_empty",
                condition=~Q(title="") & ~Q(venue=""),
                violation_error_message="名前と会場は、空にできません。",
            ),
            models.CheckConstraint(
                name="event_postponed_knows_when",
                condition=~Q(state=EventState.POSTPONED) | Q(postponed_at__isnull=False),
                violation_error_message="延期した催しには、延期した日時がいります。",
            ),
            *DETAIL_RULES,
        ]
        indexes = [
            # Lists of what is to come begin a month back, for what still runs: with its end in the index, what is over
            # is passed by without a look at the row.
            models.Index(
                fields=["starts_at", "id", "ends_at"],
                name="event_public",
                condition=Q(state__in=PUBLIC_EVENT),
            ),
            models.Index(
                fields=["area", "starts_at", "id", "ends_at"],
                name="event_public_area",
                condition=Q(state__in=PUBLIC_EVENT),
            ),
            models.Index(fields=["area", "-starts_at", "-id"], name="event_area_recent"),
            models.Index(fields=["host_community", "-starts_at", "-id"], name="event_community"),
            models.Index(fields=["host_platform", "-starts_at", "-id"], name="event_platform"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("communities:event_detail", args=[self.pk])

    @property
    def host(self) -> Host:
        """Whoever hosts it; load it with select_related."""
        host = self.host_community or self.host_platform or self.host_authority
        return cast(Host, host)  # event_exactly_one_host

    @property
    def collector_words(self) -> str:
        """「市主催」, 「団体主催」, 「共催」; of another government by its own kind: 「県主催」, 「町主催」."""
        if self.collector == Collector.CITY and self.host_authority is not None:
            return f"{self.host_authority.name[-1]}主催"
        return self.get_collector_display()

    @property
    def entries_end_at(self) -> datetime:
        """The last moment for entries: the deadline, else the start."""
        return self.entries_close_at or self.starts_at

    @property
    def is_public(self) -> bool:
        return self.state in PUBLIC_EVENT

    def has_begun(self, at: datetime) -> bool:
        """Whether it runs or is over at this moment; a postponed one has not begun, whatever its old date was."""
        return self.state != EventState.POSTPONED and at >= self.starts_at

    @property
    def door_opens_at(self) -> datetime:
        """From when parties are seen in: so many hours before the start (COUNTER_OPENS_HOURS)."""
        return self.starts_at - timedelta(hours=settings.COUNTER_OPENS_HOURS)

    @property
    def is_one_day(self) -> bool:
        return self.starts_at.astimezone(JST).date() == self.ends_at.astimezone(JST).date()

    @property
    def takes_entries(self) -> bool:
        return self.entry_method != EntryMethod.NONE

    @property
    def audience_keys(self) -> list[str]:
        """Who may find it by search."""
        if self.is_public:
            return ["public"]
        own = [f"community:{self.host_community_id}"] if self.host_community_id else []
        return [f"area:{self.area_id}", *own]


class EventSeats(models.Model):
    """The scarce thing of an event, in people. Locked before it is counted; confirmed + offered never pass capacity.

    `capacity` None means that nobody counts. `last_position` numbers the parties in the order of this row's lock.
    `confirmed_count` holds who came and who did not, too: their seats were theirs.
    """

    event = models.OneToOneField(
        Event, on_delete=models.CASCADE, primary_key=True, related_name="seats", verbose_name="イベント"
    )
    capacity = models.PositiveIntegerField("定員", null=True, blank=True)
    confirmed_count = models.PositiveIntegerField("申込み", default=0)
    offered_count = models.PositiveIntegerField("案内中", default=0)
    waiting_count = models.PositiveIntegerField("キャンセル待ち", default=0)
    last_position = models.PositiveIntegerField("最後の受付番号", default=0)
    asked: dict[str, bool]  # what `seating.lock` was asked under the lock

    class Meta:
        verbose_name = verbose_name_plural = "席"
        constraints = [
            models.CheckConstraint(
                name="eventseats_within_capacity",
                condition=Q(capacity__isnull=True)
                | Q(capacity__gte=F("confirmed_count") + F("offered_count")),
                violation_error_message="申込みの人数より少ない定員にはできません。",
            ),
            models.CheckConstraint(
                name="eventseats_capacity_positive",
                condition=Q(capacity__isnull=True) | Q(capacity__gt=0),
                violation_error_message="定員は、1人以上にしてください。",
            ),
        ]
        indexes = [
            models.Index(fields=["event"], name="eventseats_queue", condition=Q(waiting_count__gt=0)),
        ]

    def __str__(self) -> str:
        return f"{self.confirmed_count}/{self.capacity or '-'}"

    @property
    def taken(self) -> int:
        """People who have a seat or are offered one."""
        return self.confirmed_count + self.offered_count

    @property
    def in_words(self) -> str:
        """What the bar of seats shows, for those who hear it."""
        waiting = f"、{self.waiting_count}人がキャンセル待ち" if self.waiting_count else ""
        return f"定員{self.capacity}人のうち{self.taken}人の申込み{waiting}"

    @property
    def left(self) -> int | None:
        """Free seats in people, None without a capacity."""
        if self.capacity is None:
            return None
        return self.capacity - self.taken

    @property
    def is_full(self) -> bool:
        return self.left == 0
