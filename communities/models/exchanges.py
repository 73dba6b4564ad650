"""People who write to each other through the portal: neither learns the other's address, nobody else reads along."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from portal.kernel.fields import Text
from portal.kernel.models import Record
from portal.kernel.privacy import Privacy

from ..enums.people import ExchangeState, Side


class Exchange(Record):
    """What one person began to write to another whose profile was open to them. Either may stop it."""

    privacy: ClassVar[Privacy] = Privacy(
        fields=("sender", "recipient"),
        retention="1y",
        purpose="メールアドレスを知らせずに、連絡を取りつぐため",
    )

    sender = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+", verbose_name="はじめに書いた人"
    )
    recipient = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+", verbose_name="受け取った人"
    )
    state = models.CharField("状態", max_length=10, choices=ExchangeState, default=ExchangeState.OPEN)
    stopped_at = models.DateTimeField("やめた日時", null=True, blank=True)
    stopped_side = models.CharField("やめた側", max_length=10, choices=Side, blank=True)
    last_at = models.DateTimeField("最後に書かれた日時")
    token_version = models.PositiveSmallIntegerField("リンクの版", default=1)

    class Meta:
        verbose_name = verbose_name_plural = "やりとり"
        constraints = [
            models.UniqueConstraint(
                fields=["sender", "recipient"],
                name="exchange_one_open",
                condition=Q(state=ExchangeState.OPEN),
                violation_error_message="この方とのやりとりが、もう始まっています。",
            ),
            models.CheckConstraint(
                name="exchange_between_two",
                condition=~Q(sender=F("recipient")),
                violation_error_message="自分あてには送れません。",
            ),
            models.CheckConstraint(
                name="exchange_stopped_iff_over",
                condition=Q(state=ExchangeState.OPEN, stopped_at__isnull=True, stopped_side="")
                | (Q(state=ExchangeState.STOPPED, stopped_at__isnull=False) & ~Q(stopped_side="")),
                violation_error_message="やめた日時と、やめた側は、終わったやりとりだけが持ちます。",
            ),
        ]
        indexes = [
            models.Index(fields=["sender", "-last_at", "-id"], name="exchange_sender"),
            models.Index(fields=["recipient", "-last_at", "-id"], name="exchange_recipient"),
            models.Index(fields=["last_at"], name="exchange_age"),
        ]

    def __str__(self) -> str:
        return f"exchange {self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("communities:exchange_list")


class Letter(Record):
    """One message of an exchange."""

    privacy: ClassVar[Privacy] = Privacy(
        fields=("text",), retention="1y", purpose="メールアドレスを知らせずに、連絡を取りつぐため"
    )

    exchange = models.ForeignKey(
        Exchange, on_delete=models.CASCADE, related_name="letters", verbose_name="やりとり"
    )
    side = models.CharField("書いた側", max_length=10, choices=Side)
    text = Text("メッセージ", max_length=2000)

    class Meta:
        verbose_name = verbose_name_plural = "メッセージ"
        constraints = [
            models.CheckConstraint(
                name="letter_not_empty",
                condition=~Q(text=""),
                violation_error_message="メッセージを入力してください。",
            ),
        ]
        indexes = [models.Index(fields=["exchange", "created_at", "id"], name="letter_order")]

    def __str__(self) -> str:
        return f"letter {self.pk}"
