"""一斉照会: one question paper to many communities, and what each of them answers."""

from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.urls import reverse

from portal.areas.models import Area
from portal.kernel.fields import Line, Text
from portal.kernel.models import Record
from portal.kernel.privacy import Privacy

from .communities import Community


class InquiryState(models.TextChoices):
    """Where an inquiry is."""

    DRAFT = "draft", "下書き"
    OPEN = "open", "回答を受付中"
    CLOSED = "closed", "締め切り"
    DISCARDED = "discarded", "取りやめ"


class QuestionKind(models.TextChoices):
    """How a question is answered."""

    TEXT = "text", "文章"
    NUMBER = "number", "数"
    CHOICE = "choice", "一つ選ぶ"
    YES_NO = "yes_no", "はい・いいえ"


class Inquiry(Record):
    """One paper of an office. Its words and questions stay as they were sent.

    `revision` rises with every save of the draft: who saves upon an older one is told.
    """

    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+", verbose_name="たずねる役所")
    title = Line("件名", max_length=100)
    text = Text("説明", max_length=2000, blank=True)
    due_on = models.DateField("回答の期限")
    state = models.CharField("状態", max_length=10, choices=InquiryState, default=InquiryState.DRAFT)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+",
        verbose_name="たずねた人",
    )  # fmt: skip
    opened_at = models.DateTimeField("送った日時", null=True, blank=True)
    closed_at = models.DateTimeField("締め切った日時", null=True, blank=True)
    reminded_on = models.DateField("催促した日", null=True, blank=True)
    revision = models.PositiveIntegerField("下書きの版", default=0)

    class Meta:
        verbose_name = verbose_name_plural = "一斉照会"
        constraints = [
            models.CheckConstraint(
                name="inquiry_opened_at_iff_sent",
                condition=Q(state__in=[InquiryState.OPEN, InquiryState.CLOSED], opened_at__isnull=False)
                | Q(state__in=[InquiryState.DRAFT, InquiryState.DISCARDED], opened_at__isnull=True),
                violation_error_message="送った日時は、送った照会だけが持ちます。",
            ),
            models.CheckConstraint(
                name="inquiry_closed_at_iff_closed",
                condition=Q(state=InquiryState.CLOSED, closed_at__isnull=False)
                | (~Q(state=InquiryState.CLOSED) & Q(closed_at__isnull=True)),
                violation_error_message="締め切った日時は、締め切った照会だけが持ちます。",
            ),
        ]
        indexes = [models.Index(fields=["area", "-created_at", "-id"], name="inquiry_area_recent")]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("communities:staff_inquiry_detail", args=[self.pk])


class InquiryQuestion(Record):
    """One question of a paper, in its place."""

    inquiry = models.ForeignKey(
        Inquiry, on_delete=models.CASCADE, related_name="questions", verbose_name="照会"
    )
    position = models.PositiveSmallIntegerField("順番")
    kind = models.CharField("答え方", max_length=10, choices=QuestionKind, default=QuestionKind.TEXT)
    label = Line("質問", max_length=200)
    choices = ArrayField(Line("選択肢", max_length=80), verbose_name="選択肢", default=list, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "照会の質問"
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(
                fields=["inquiry", "position"],
                name="inquiryquestion_one_place",
                violation_error_message="同じ順番の質問があります。",
            ),
            models.CheckConstraint(
                name="inquiryquestion_choice_has_choices",
                condition=~Q(kind=QuestionKind.CHOICE) | Q(choices__len__gte=2),
                violation_error_message="一つ選ぶ質問には、選択肢が二つ以上要ります。",
            ),
        ]

    def __str__(self) -> str:
        return self.label


class InquiryRecipient(Record):
    """Who is asked: a community, or later a municipality. `version` counts their replies; 0 has not answered."""

    inquiry = models.ForeignKey(
        Inquiry, on_delete=models.CASCADE, related_name="recipients", verbose_name="照会"
    )
    community = models.ForeignKey(
        Community, on_delete=models.PROTECT, null=True, blank=True, related_name="inquiries",
        verbose_name="コミュニティ",
    )  # fmt: skip
    municipality = models.ForeignKey(
        Area, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="市町村"
    )
    token_version = models.PositiveSmallIntegerField("リンクの版", default=1)
    version = models.PositiveSmallIntegerField("回答の版", default=0)
    answered_at = models.DateTimeField("回答した日時", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "照会の相手"
        constraints = [
            models.CheckConstraint(
                name="inquiryrecipient_exactly_one",
                condition=Q(community__isnull=False, municipality__isnull=True)
                | Q(community__isnull=True, municipality__isnull=False),
                violation_error_message="照会の相手は、ちょうど一つです。",
            ),
            models.CheckConstraint(
                name="inquiryrecipient_answered_iff_version",
                condition=Q(version=0, answered_at__isnull=True) | Q(version__gt=0, answered_at__isnull=False),
                violation_error_message="回答した日時は、回答した相手だけが持ちます。",
            ),
            models.UniqueConstraint(
                fields=["inquiry", "community"], name="inquiryrecipient_one_community",
                violation_error_message="同じコミュニティを二度は選べません。",
            ),
            models.UniqueConstraint(
                fields=["inquiry", "municipality"], name="inquiryrecipient_one_municipality",
                violation_error_message="同じ市町村を二度は選べません。",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.name

    @property
    def area_id(self) -> str | None:
        """The code of the area that answers for it."""
        return self.community.area_id if self.community else self.municipality_id

    @property
    def name(self) -> str:
        """What the recipient is called."""
        return str(self.community or self.municipality)


class InquiryReply(Record):
    """One version of an answer; earlier ones are kept. `values`: {id of the question: text or number}."""

    privacy: ClassVar[Privacy] = Privacy(
        fields=("values", "answered_by"), retention="3y", purpose="照会への回答をまとめ、確かめるため"
    )

    recipient = models.ForeignKey(
        InquiryRecipient, on_delete=models.CASCADE, related_name="replies", verbose_name="照会の相手"
    )
    version = models.PositiveSmallIntegerField("版")
    values = models.JSONField("回答", default=dict)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+",
        verbose_name="答えた人",
    )  # fmt: skip

    class Meta:
        verbose_name = verbose_name_plural = "照会への回答"
        constraints = [
            models.UniqueConstraint(
                fields=["recipient", "version"],
                name="inquiryreply_one_version",
                violation_error_message="同時に回答がありました。最新の回答を確かめてください。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.recipient_id} {self.version}"
