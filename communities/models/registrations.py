"""Registrations: a party that wants to come to an event, and what it needs to be able to."""

from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower

from portal.kernel.fields import Line, Text
from portal.kernel.models import Record
from portal.kernel.privacy import Privacy

from ..enums import LIVE_REGISTRATIONS, PARTY_LIMIT, RegistrationState
from .events import Event


class Registration(Record):
    """One party of `party_size` people. `position` is its place in the order in which the seats were locked, for good.

    `turn` is its place among those that wait: the position at first, the last place after an offer ran out, the rank of
    the draw in a lottery.
    `email` is empty for people without a mailbox, whom staff or organisers received (`proxy`).
    """

    privacy: ClassVar[Privacy] = Privacy(
        fields=("user", "name", "kana", "email", "phone", "party_names"),
        retention="1y",
        purpose="この催しの連絡、名簿、行事保険のため",
    )

    event = models.ForeignKey(
        Event, on_delete=models.PROTECT, related_name="registrations", verbose_name="イベント"
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="registrations",
        verbose_name="利用者",
    )
    name = Line("氏名", max_length=80)
    kana = Line("フリガナ", max_length=120)
    email = models.EmailField("メールアドレス", max_length=254, blank=True)
    phone = models.CharField("電話番号", max_length=20, blank=True)
    party_size = models.PositiveSmallIntegerField("参加する人数", default=1)
    party_names = ArrayField(
        Line("お連れの方の氏名", max_length=80), verbose_name="お連れの方の氏名", default=list, blank=True
    )
    position = models.PositiveIntegerField("受付番号")
    turn = models.PositiveIntegerField("順番")
    token_version = models.PositiveSmallIntegerField("リンクの版", default=0)
    state = models.CharField("状態", max_length=10, choices=RegistrationState)
    consented_at = models.DateTimeField("利用目的に同意した日時")
    offered_at = models.DateTimeField("席を案内した日時", null=True, blank=True)
    offer_ends_at = models.DateTimeField("案内の期限", null=True, blank=True)
    offer_expired_at = models.DateTimeField("案内の期限が切れた日時", null=True, blank=True)
    cancelled_at = models.DateTimeField("取り消した日時", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "申込み"
        constraints = [
            models.UniqueConstraint(
                "event",
                Lower("email"),
                name="registration_one_live_per_email",
                condition=Q(state__in=LIVE_REGISTRATIONS) & ~Q(email=""),
                violation_error_message="このメールアドレスでは、もう申し込まれています。",
            ),
            models.UniqueConstraint(
                fields=["event", "user"],
                name="registration_one_live_per_user",
                condition=Q(state__in=LIVE_REGISTRATIONS, user__isnull=False),
                violation_error_message="この催しには、もう申し込んでいます。",
            ),
            models.UniqueConstraint(
                fields=["event", "position"],
                name="registration_position",
                violation_error_message="受付番号が重なっています。もう一度お試しください。",
            ),
            models.UniqueConstraint(
                fields=["event", "turn"],
                name="registration_turn",
                violation_error_message="順番が重なっています。もう一度お試しください。",
            ),
            models.CheckConstraint(
                name="registration_offer_ends_iff_offered",
                condition=Q(state=RegistrationState.OFFERED, offer_ends_at__isnull=False)
                | (~Q(state=RegistrationState.OFFERED) & Q(offer_ends_at__isnull=True)),
                violation_error_message="案内の期限は、案内中の申込みだけが持ちます。",
            ),
            models.CheckConstraint(
                name="registration_party_size",
                condition=Q(party_size__gte=1, party_size__lte=PARTY_LIMIT),
                violation_error_message=f"参加する人数は、1人から{PARTY_LIMIT}人までです。",
            ),
            models.CheckConstraint(
                name="registration_party_names_within_size",
                condition=Q(party_names__len__lt=F("party_size")),
                violation_error_message="お連れの方の氏名が、参加する人数より多くなっています。",
            ),
            models.CheckConstraint(
                name="registration_cancelled_at_iff_cancelled",
                condition=Q(state=RegistrationState.CANCELLED, cancelled_at__isnull=False)
                | (~Q(state=RegistrationState.CANCELLED) & Q(cancelled_at__isnull=True)),
                violation_error_message="取り消した日時は、取り消した申込みだけが持ちます。",
            ),
        ]
        indexes = [
            models.Index(fields=["event", "state", "turn"], name="registration_queue"),
            models.Index(
                fields=["offer_ends_at"], name="registration_offer", condition=Q(offer_ends_at__isnull=False)
            ),
            models.Index(fields=["user", "-created_at"], name="registration_user"),
        ]

    def __str__(self) -> str:
        return f"{self.event_id} {self.position}"

    @property
    def is_live(self) -> bool:
        """Whether it still holds, waits for or is entered for seats."""
        return self.state in LIVE_REGISTRATIONS


class RegistrationNeed(models.Model):
    """What a party asks for to be able to take part (障害者差別解消法7条). In a table of its own: lists never load it."""

    privacy: ClassVar[Privacy] = Privacy(
        fields=("text",),
        sensitive=("text",),
        retention="1y",
        purpose="当日の合理的配慮を用意するため(担当者2人だけが読みます)",
    )

    registration = models.OneToOneField(
        Registration, on_delete=models.CASCADE, primary_key=True, related_name="need", verbose_name="申込み"
    )
    text = Text("参加に必要なこと", max_length=1000)

    class Meta:
        verbose_name = verbose_name_plural = "参加に必要なこと"

    def __str__(self) -> str:
        return str(self.registration_id)
