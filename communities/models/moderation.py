"""Reports of what should not stand here, and what was hidden for it: about any row, by its kind and id."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from portal.areas.models import Area
from portal.kernel.fields import Line, Text
from portal.kernel.models import Record
from portal.kernel.privacy import Privacy

from ..enums.people import LIVE_HIDINGS, HidingState, ReportReason, ReportState
from .communities import Community


def _person(verbose_name: str) -> models.ForeignKey:
    return models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=verbose_name,
    )


class Report(Record):
    """Somebody says that a page, a post, a profile or a message should be looked at by the staff of its area."""

    privacy: ClassVar[Privacy] = Privacy(
        fields=("user", "text"), retention="1y", purpose="知らせのあった内容を確かめ、結果を記録するため"
    )

    object_type = models.CharField("対象の種類", max_length=60)
    object_id = models.UUIDField("対象")
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+", verbose_name="受け持つ地域")
    reason = models.CharField("理由", max_length=10, choices=ReportReason)
    text = Text("くわしいこと", max_length=1000, blank=True)
    user = _person("知らせた人")
    sender_ref = models.CharField("知らせた人(記録用)", max_length=120)
    state = models.CharField("状態", max_length=10, choices=ReportState, default=ReportState.OPEN)
    answered_at = models.DateTimeField("答えた日時", null=True, blank=True)
    answered_by = _person("答えた人")

    class Meta:
        verbose_name = verbose_name_plural = "知らせ"
        constraints = [
            models.UniqueConstraint(
                fields=["object_type", "object_id", "sender_ref"],
                name="report_one_open",
                condition=Q(state=ReportState.OPEN),
                violation_error_message="このことは、もう知らせていただいています。担当者が確かめます。",
            ),
            models.CheckConstraint(
                name="report_answered_iff_closed",
                condition=Q(state=ReportState.OPEN, answered_at__isnull=True)
                | (~Q(state=ReportState.OPEN) & Q(answered_at__isnull=False)),
                violation_error_message="答えた日時は、答えた知らせだけが持ちます。",
            ),
        ]
        indexes = [
            models.Index(
                fields=["area", "created_at", "id"], name="report_queue", condition=Q(state=ReportState.OPEN)
            ),
            models.Index(fields=["area", "-created_at", "-id"], name="report_area_recent"),
            models.Index(fields=["object_type", "object_id"], name="report_object"),
        ]

    def __str__(self) -> str:
        return f"{self.object_type} {self.object_id}"


class Hiding(Record):
    """Something is hidden, with the reason its author reads. One live row for each object; a row is never deleted."""

    privacy: ClassVar[Privacy] = Privacy(
        fields=("reason", "appeal"),
        retention="3y",
        purpose="非表示の理由と異議の結果を、書いた人に説明するため",
    )

    object_type = models.CharField("対象の種類", max_length=60)
    object_id = models.UUIDField("対象")
    title = Line("対象の名前", max_length=200)
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+", verbose_name="受け持つ地域")
    reason = Text("理由", max_length=1000)
    hidden_by = _person("非表示にした人")
    state = models.CharField("状態", max_length=10, choices=HidingState, default=HidingState.HIDDEN)
    appeal = Text("異議", max_length=2000, blank=True)
    appealed_at = models.DateTimeField("異議の日時", null=True, blank=True)
    appealed_by = _person("異議を出した人")
    decided_at = models.DateTimeField("決めた日時", null=True, blank=True)
    decided_by = _person("決めた人")

    class Meta:
        verbose_name = verbose_name_plural = "非表示"
        constraints = [
            models.UniqueConstraint(
                fields=["object_type", "object_id"],
                name="hiding_one_live",
                condition=Q(state__in=LIVE_HIDINGS),
                violation_error_message="もう非表示になっています。",
            ),
            models.CheckConstraint(
                name="hiding_reason_given",
                condition=~Q(reason="") & ~Q(title=""),
                violation_error_message="理由を入力してください。書いた人に伝わります。",
            ),
            models.CheckConstraint(
                name="hiding_appealed_has_text",
                condition=~Q(state=HidingState.APPEALED) | (Q(appealed_at__isnull=False) & ~Q(appeal="")),
                violation_error_message="異議には、理由を書いてください。",
            ),
        ]
        indexes = [models.Index(fields=["area", "-created_at", "-id"], name="hiding_area_recent")]

    def __str__(self) -> str:
        return f"{self.object_type} {self.object_id}"


class PostingRule(Record):
    """What a community asks of those who write in it for the first time."""

    community = models.OneToOneField(
        Community, on_delete=models.CASCADE, related_name="posting_rule", verbose_name="コミュニティ"
    )
    holds_first = models.BooleanField("新しい参加者の最初の投稿を、世話人が確かめてから載せる", default=False)

    class Meta:
        verbose_name = verbose_name_plural = "投稿の決まり"

    def __str__(self) -> str:
        return f"posting rule {self.community_id}"
