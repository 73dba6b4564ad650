"""Parties received for somebody else, those who must be told by telephone, and who came on the day."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from portal.kernel.models import Record
from portal.kernel.privacy import Privacy

from ..enums import PARTY_LIMIT, CallReason, Channel
from .registrations import Registration


class ProxyEntry(models.Model):
    """代理受付: a party that staff or organisers typed in for people who came, called or wrote."""

    privacy: ClassVar[Privacy] = Privacy(
        fields=("received_by",), retention="1y", purpose="だれが代わりに受け付けたかを確かめるため"
    )

    registration = models.OneToOneField(
        Registration, on_delete=models.CASCADE, primary_key=True, related_name="proxy", verbose_name="申込み"
    )
    channel = models.CharField("受け付けた方法", max_length=10, choices=Channel)
    received_at = models.DateTimeField("受け付けた日時")
    received_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+", verbose_name="受け付けた人"
    )  # fmt: skip

    class Meta:
        verbose_name = verbose_name_plural = "代理受付"

    def __str__(self) -> str:
        return str(self.registration_id)


class PhoneCall(Record):
    """Something a party without a mailbox must be told by telephone. Done once, by whoever reached them."""

    privacy: ClassVar[Privacy] = Privacy(
        fields=("called_by",), retention="1y", purpose="メールのない方に電話で知らせるため"
    )

    registration = models.ForeignKey(
        Registration, on_delete=models.CASCADE, related_name="calls", verbose_name="申込み"
    )
    reason = models.CharField("知らせること", max_length=30, choices=CallReason)
    key = models.CharField("一度だけの印", max_length=200, unique=True)
    due_at = models.DateTimeField("いつまでに", null=True, blank=True)
    called_at = models.DateTimeField("知らせた日時", null=True, blank=True)
    called_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="知らせた人"
    )  # fmt: skip

    class Meta:
        verbose_name = verbose_name_plural = "電話で知らせること"
        indexes = [
            models.Index(
                fields=["registration", "created_at"],
                name="phonecall_open",
                condition=Q(called_at__isnull=True),
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_reason_display()} {self.registration_id}"


class Attendance(models.Model):
    """How many of a party came, and who saw them in. It exists exactly while the party counts as having come."""

    privacy: ClassVar[Privacy] = Privacy(
        fields=("seen_by",), retention="1y", purpose="当日の受付と、参加人数の記録のため"
    )

    registration = models.OneToOneField(
        Registration,
        on_delete=models.CASCADE,
        primary_key=True,
        related_name="attendance",
        verbose_name="申込み",
    )
    people_count = models.PositiveSmallIntegerField("来た人数")
    seen_at = models.DateTimeField("受付をした日時")
    seen_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+", verbose_name="受付をした人"
    )  # fmt: skip

    class Meta:
        verbose_name = verbose_name_plural = "当日の受付"
        constraints = [
            models.CheckConstraint(
                name="attendance_people_count",
                condition=Q(people_count__gte=1, people_count__lte=PARTY_LIMIT),
                violation_error_message=f"来た人数は、1人から{PARTY_LIMIT}人までです。",
            )
        ]

    def __str__(self) -> str:
        return f"{self.registration_id} {self.people_count}"
