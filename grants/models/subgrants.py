"""間接補助: the file of a コミプラ below the file of its municipality, with its own budget by 費目."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from grants.enums import YEN_MAX
from grants.subgrants.enums import USING, Item, SubGrantState
from portal.kernel.fields import Line, Text
from portal.kernel.models import Record
from portal.kernel.privacy import Privacy

from .applications import Application, person

PURPOSE = "市町村がコミプラへ補助する手続きを行い、結果を残すため"


class SubGrant(Record):
    """One 間接補助 of a municipality to a コミプラ, in whole yen. `state` is written by `subgrants.workflow.SUBGRANT` only.

    Σ of what is decided (settled: of what was settled) is never above the 18節 line of the file above; whoever decides has
    locked that file. `title` and texts are the コミプラ's own.
    """

    privacy: ClassVar[Privacy] = Privacy(
        fields=(
            "applicant_name",
            "content",
            "outcome",
            "answer_reason",
            "returned_note",
            "submitted_by",
            "decided_by",
        ),
        retention="5y",
        purpose=PURPOSE,
    )

    application = models.ForeignKey(
        Application, on_delete=models.PROTECT, verbose_name="申請", related_name="subgrants"
    )
    platform = models.ForeignKey(
        "communities.Platform", on_delete=models.PROTECT, verbose_name="コミプラ", related_name="+"
    )
    title = Line("事業の名称", max_length=120)
    applicant_name = Line("代表者の職と氏名", max_length=80, blank=True)
    content = Text("すること", max_length=2000, blank=True)
    asked_yen = models.PositiveBigIntegerField("申請額(円)", default=0)
    revision = models.PositiveIntegerField("版", default=0)  # of what is written: a second writer is told
    state = models.CharField("状態", max_length=10, choices=SubGrantState, default=SubGrantState.DRAFT)
    submitted_at = models.DateTimeField("申請した日時", null=True, blank=True)
    submitted_by = person("申請した人")
    correct_on = models.DateField("補正の期限", null=True, blank=True)
    returned_note = Text("補正してほしいこと", max_length=1000, blank=True)
    decided_yen = models.PositiveBigIntegerField("交付決定額(円)", null=True, blank=True)
    document_number = Line("文書番号", max_length=60, blank=True)
    answer_reason = Text("理由・条件", max_length=1000, blank=True)
    decided_at = models.DateTimeField("決めた日時", null=True, blank=True)
    decided_by = person("決めた人")
    outcome = Text("実施した内容と成果", max_length=2000, blank=True)
    reported_at = models.DateTimeField("実績を報告した日時", null=True, blank=True)
    settled_yen = models.PositiveBigIntegerField("確定額(円)", null=True, blank=True)
    settled_at = models.DateTimeField("額を確定した日時", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "間接補助"
        ordering = ["created_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["application", "platform"],
                condition=~Q(state__in=["refused", "withdrawn", "revoked"]),
                name="subgrant_one_a_platform",
                violation_error_message="このコミプラへの間接補助は、もうあります。",
            ),
            models.CheckConstraint(
                name="subgrant_decided_within_asked",
                condition=Q(
                    state__in=sorted(USING), decided_yen__range=(1, YEN_MAX), decided_yen__lte=F("asked_yen"),
                    decided_at__isnull=False,
                )
                | ~Q(state__in=sorted(USING)),
                violation_error_message="交付決定額は、1円から申請額までです。",
            ),
            models.CheckConstraint(
                name="subgrant_returned_until",
                condition=Q(correct_on__isnull=False) & ~Q(returned_note="")
                | Q(correct_on__isnull=True, returned_note="") & ~Q(state=SubGrantState.RETURNED),
                violation_error_message="補正の依頼には、期限と、補正してほしいことが要ります。",
            ),
            models.CheckConstraint(
                name="subgrant_settled_within_decided",
                condition=Q(
                    state=SubGrantState.SETTLED, settled_yen__lte=F("decided_yen"), settled_at__isnull=False
                )
                | (~Q(state=SubGrantState.SETTLED) & Q(settled_yen__isnull=True)),
                violation_error_message="確定額は、交付決定額までです。",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """Its page, for the コミプラ, the municipality and the prefecture."""
        return reverse("grants:subgrant_detail", args=[self.pk])

    def get_act_url(self, act: str) -> str:
        return reverse("grants:subgrant_act", args=[self.pk, act])


class SubGrantLine(Record):
    """One line of the コミプラ's budget by 費目; `actual_yen` is entered with the result."""

    subgrant = models.ForeignKey(
        SubGrant, on_delete=models.CASCADE, verbose_name="間接補助", related_name="lines"
    )
    item = models.CharField("費目", max_length=12, choices=Item)
    note = Line("内訳", max_length=100, blank=True)
    budget_yen = models.PositiveBigIntegerField("予算額(円)", default=0)
    actual_yen = models.PositiveBigIntegerField("決算額(円)", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "間接補助の収支の行"
        ordering = ["created_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["subgrant", "item"],
                name="subgrantline_item_once",
                violation_error_message="同じ費目の行が、もうあります。",
            ),
            models.CheckConstraint(
                name="subgrantline_in_range",
                condition=Q(budget_yen__lte=YEN_MAX)
                & (Q(actual_yen__isnull=True) | Q(actual_yen__lte=YEN_MAX)),
                violation_error_message="金額が、入力できる範囲の外です。",
            ),
        ]

    def __str__(self) -> str:
        return self.get_item_display()


class SubGrantWriter(Record):
    """A person of the コミプラ who writes its file, named by the municipality. From `ended_at` on they neither read nor write it."""

    privacy: ClassVar[Privacy] = Privacy(fields=("user",), retention="5y", purpose=PURPOSE)

    subgrant = models.ForeignKey(
        SubGrant, on_delete=models.PROTECT, verbose_name="間接補助", related_name="writers"
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, verbose_name="人", related_name="+"
    )
    ended_at = models.DateTimeField("外れた日時", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "間接補助を書く人"
        constraints = [
            models.UniqueConstraint(
                fields=["subgrant", "user"],
                name="subgrantwriter_once",
                violation_error_message="この人は、もう書けます。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.subgrant} {self.user}"
