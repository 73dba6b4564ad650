"""The questionnaire of a meeting. Who answered and what was answered stand in two tables that nothing joins."""

import uuid
from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from portal.kernel.fields import Line, Text
from portal.kernel.models import Record
from portal.kernel.privacy import Privacy

from .events import Event
from .registrations import Registration


class EventSurvey(Record):
    """Stars, one question with choices (none when `choices` is empty), and a free text."""

    event = models.OneToOneField(
        Event, on_delete=models.PROTECT, related_name="survey", verbose_name="イベント"
    )
    question = Line("えらんで答える質問", max_length=100, blank=True)
    choices = ArrayField(Line("選択肢", max_length=60), verbose_name="選択肢", default=list, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "アンケート"
        constraints = [
            models.CheckConstraint(
                name="eventsurvey_question_with_choices",
                condition=Q(question="", choices=[])
                | (~Q(question="") & Q(choices__len__gte=2, choices__len__lte=8)),
                violation_error_message="えらんで答える質問には、2つから8つの選択肢がいります。",
            ),
        ]

    def __str__(self) -> str:
        return str(self.event_id)


class SurveyReply(models.Model):
    """That a party has answered, so that its link answers once. It does not say what, nor when."""

    privacy: ClassVar[Privacy] = Privacy(
        fields=("registration",), retention="1y", purpose="アンケートに一度だけ答えてもらうため"
    )

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    survey = models.ForeignKey(
        EventSurvey, on_delete=models.CASCADE, related_name="replies", verbose_name="アンケート"
    )
    registration = models.ForeignKey(
        Registration, on_delete=models.CASCADE, related_name="+", verbose_name="申込み"
    )

    class Meta:
        verbose_name = verbose_name_plural = "アンケートに答えたこと"
        constraints = [
            models.UniqueConstraint(
                fields=["survey", "registration"],
                name="surveyreply_once",
                violation_error_message="このアンケートには、もう答えています。ありがとうございました。",
            )
        ]

    def __str__(self) -> str:
        return str(self.pk)


class SurveyAnswer(models.Model):
    """One anonymous answer: no person, no time. `choice` is the number of the choice, from 1."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    survey = models.ForeignKey(
        EventSurvey, on_delete=models.CASCADE, related_name="answers", verbose_name="アンケート"
    )
    stars = models.PositiveSmallIntegerField("よかったか")
    choice = models.PositiveSmallIntegerField("えらんだもの", null=True, blank=True)
    text = Text("自由に書いたこと", max_length=1000, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "アンケートの答え"
        constraints = [
            models.CheckConstraint(
                name="surveyanswer_stars",
                condition=Q(stars__gte=1, stars__lte=5),
                violation_error_message="1から5のどれかを選んでください。",
            ),
            models.CheckConstraint(
                name="surveyanswer_choice",
                condition=Q(choice__isnull=True) | Q(choice__gte=1, choice__lte=8),
                violation_error_message="並んでいるものから選んでください。",
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)
