"""対応記録: what was said on the telephone or at the counter, and what was promised."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from portal.areas.models import Area
from portal.kernel import clock
from portal.kernel.fields import Line, Text
from portal.kernel.models import Record
from portal.kernel.privacy import Privacy


class ContactChannel(models.TextChoices):
    """How people reached each other."""

    PHONE = "phone", "電話"
    COUNTER = "counter", "窓口"
    MAIL = "mail", "メール"
    VISIT = "visit", "訪問"


class ContactState(models.TextChoices):
    """Whether something was promised, and what became of it."""

    NOTED = "noted", "記録のみ"
    OPEN = "open", "約束あり"
    KEPT = "kept", "果たした"
    DROPPED = "dropped", "取りやめ"


class Contact(Record):
    """One conversation about a person, community, event or file, named by (subject_kind, subject_id) of `ports.subjects`.

    `area` is that of the office that wrote it down: its staff read it, nobody else. `subject_title` is what the subject
    was called then.
    """

    privacy: ClassVar[Privacy] = Privacy(
        fields=("text", "promise", "subject_title", "recorded_by", "holder"),
        retention="3y",
        purpose="電話や窓口で受けた相談と約束を、担当者が引き継いで果たすため",
    )

    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+", verbose_name="受け持つ地域")
    subject_kind = models.CharField("対象の種類", max_length=20)
    subject_id = models.UUIDField("対象")
    subject_title = Line("対象の名前", max_length=200)
    channel = models.CharField("手段", max_length=10, choices=ContactChannel, default=ContactChannel.PHONE)
    happened_on = models.DateField("あった日", default=clock.today_jst)
    text = Text("内容", max_length=2000)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+",
        verbose_name="書いた人",
    )  # fmt: skip
    state = models.CharField("状態", max_length=10, choices=ContactState, default=ContactState.NOTED)
    promise = Line("約束したこと", max_length=200, blank=True)
    due_on = models.DateField("いつまでに", null=True, blank=True)
    holder = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+",
        verbose_name="約束を果たす人",
    )  # fmt: skip
    kept_at = models.DateTimeField("果たした日時", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "対応記録"
        constraints = [
            models.CheckConstraint(
                name="contact_promise_has_a_day",
                condition=Q(state=ContactState.NOTED, promise="", due_on__isnull=True)
                | (~Q(state=ContactState.NOTED) & ~Q(promise="") & Q(due_on__isnull=False)),
                violation_error_message="約束したことには、いつまでにするかが要ります。",
            ),
            models.CheckConstraint(
                name="contact_kept_at_iff_kept",
                condition=Q(state=ContactState.KEPT, kept_at__isnull=False)
                | (~Q(state=ContactState.KEPT) & Q(kept_at__isnull=True)),
                violation_error_message="果たした日時は、果たした約束だけが持ちます。",
            ),
            models.CheckConstraint(
                name="contact_text_not_empty",
                condition=~Q(text="") & ~Q(subject_title=""),
                violation_error_message="内容を入力してください。",
            ),
        ]
        indexes = [
            models.Index(fields=["subject_kind", "subject_id", "-created_at"], name="contact_subject"),
            models.Index(fields=["area", "-created_at", "-id"], name="contact_area_recent"),
            models.Index(fields=["recorded_by", "-created_at", "-id"], name="contact_mine"),
            models.Index(
                fields=["holder", "due_on"], name="contact_open", condition=Q(state=ContactState.OPEN)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_channel_display()} {self.subject_title}"

    def get_absolute_url(self) -> str:
        return reverse("communities:contact_detail", args=[self.pk])
