"""What the entrance remembers: parts of the demo's world that were made, and what people put off on their desk."""

from typing import ClassVar

from django.conf import settings
from django.db import models

from portal.kernel import clock
from portal.kernel.fields import Line
from portal.kernel.models import Record
from portal.kernel.privacy import Privacy


class DemoStep(models.Model):
    """One part of the demo's world that has been made. The world is dated relative to the first step's `done_at`."""

    name = models.CharField("部分", max_length=40, primary_key=True)
    done_at = models.DateTimeField("つくった日時", default=clock.now, editable=False)

    class Meta:
        verbose_name = verbose_name_plural = "見本のデータの部分"

    def __str__(self) -> str:
        return self.name


class DeskSnooze(Record):
    """あとで: one person puts one to-do off until a day. `item` is the digest of the to-do's key; done things leave alone."""

    privacy: ClassVar[Privacy] = Privacy(
        fields=("user", "reason"), retention="1y", purpose="職員が、今日すること一覧を自分で整理するため"
    )

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+", verbose_name="職員"
    )
    item = models.CharField("すること", max_length=24)
    until_on = models.DateField("この日に、また出す")
    reason = Line("理由", max_length=200)

    class Meta:
        verbose_name = verbose_name_plural = "あとで"
        constraints = [
            models.UniqueConstraint(
                fields=["user", "item"],
                name="desksnooze_one_each",
                violation_error_message="もう「あとで」にしてあります。画面を開き直してください。",
            ),
            models.CheckConstraint(
                name="desksnooze_reason_not_empty",
                condition=~models.Q(reason="") & ~models.Q(item=""),
                violation_error_message="理由を入力してください。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.item} {self.until_on}"
