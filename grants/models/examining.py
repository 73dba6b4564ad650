"""The examination of a submitted application: points of the checklist, remarks per section, requests for correction."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from grants.enums import Part, Verdict
from portal.kernel import clock
from portal.kernel.fields import Line, Text
from portal.kernel.models import Record
from portal.kernel.privacy import Privacy

from .applications import person

PURPOSE = "補助金の申請を審査し、補正を依頼するため"


class CheckAnswer(Record):
    """What an officer found of one point of the menu's checklist in submission `number`. 否 names what does not fit."""

    privacy: ClassVar[Privacy] = Privacy(fields=("answered_by",), retention="5y", purpose=PURPOSE)

    application = models.ForeignKey(
        "grants.Application", on_delete=models.PROTECT, verbose_name="申請", related_name="checks"
    )
    number = models.PositiveSmallIntegerField("提出の回")
    key = models.CharField("項目", max_length=20)
    verdict = models.CharField("判定", max_length=6, choices=Verdict)
    note = Line("気づいたこと", max_length=200, blank=True)
    answered_by = person("答えた人")
    answered_at = models.DateTimeField("答えた日時", default=clock.now)

    class Meta:
        verbose_name = verbose_name_plural = "審査項目の判定"
        constraints = [
            models.UniqueConstraint(fields=["application", "number", "key"], name="checkanswer_once"),
            models.CheckConstraint(
                name="checkanswer_unfit_says_why",
                condition=~Q(verdict=Verdict.UNFIT) | ~Q(note=""),
                violation_error_message="「否」には、何が合わないかを書いてください。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.key} {self.get_verdict_display()}"


class Remark(Record):
    """What an officer asks about one section of submission `number`. The municipality sees it once it is sent, and answers it."""

    privacy: ClassVar[Privacy] = Privacy(
        fields=("written_by", "answered_by", "text", "answer"), retention="5y", purpose=PURPOSE
    )

    application = models.ForeignKey(
        "grants.Application", on_delete=models.PROTECT, verbose_name="申請", related_name="remarks"
    )
    number = models.PositiveSmallIntegerField("提出の回")
    part = models.CharField("部分", max_length=12, choices=Part)
    text = Text("直してほしいこと", max_length=1000)
    written_by = person("書いた人")
    sent_at = models.DateTimeField("送った日時", null=True, blank=True)
    answer = Text("市町村の回答", max_length=1000, blank=True)
    answered_by = person("回答した人")
    answered_at = models.DateTimeField("回答した日時", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "補正の指摘"
        ordering = ["created_at", "id"]
        constraints = [
            models.CheckConstraint(
                name="remark_answered_once_sent",
                condition=Q(answer="", answered_at__isnull=True)
                | (~Q(answer="") & Q(sent_at__isnull=False, answered_at__gte=F("sent_at"))),
                violation_error_message="回答は、送った指摘だけに付きます。",
            ),
        ]
        indexes = [models.Index(fields=["application", "created_at"], name="remark_of_application")]

    def __str__(self) -> str:
        return f"{self.get_part_display()} {self.text[:20]}"

    @property
    def office_label(self) -> str:
        """Who wrote it, as both sides read it."""
        return f"{self.written_by.name}(県)" if self.written_by else "県"

    @property
    def answered_kind(self) -> str:
        """How the comment is shown: "done" once it is answered."""
        return "done" if self.answer else ""

    def get_remove_url(self) -> str:
        return reverse("grants:remark_remove", args=[self.application_id, self.pk])

    def get_answer_url(self) -> str:
        return reverse("grants:remark_answer", args=[self.application_id, self.pk])


class Correction(Record):
    """One return to the municipality: until when, and when it came back. At most one is open for a file."""

    privacy: ClassVar[Privacy] = Privacy(fields=("asked_by",), retention="5y", purpose=PURPOSE)

    application = models.ForeignKey(
        "grants.Application", on_delete=models.PROTECT, verbose_name="申請", related_name="corrections"
    )
    number = models.PositiveSmallIntegerField("提出の回")
    due_on = models.DateField("補正の期限")
    asked_by = person("依頼した人")
    asked_at = models.DateTimeField("依頼した日時", default=clock.now)
    ended_at = models.DateTimeField("終わった日時", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "補正の依頼"
        ordering = ["asked_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["application"],
                condition=Q(ended_at__isnull=True),
                name="correction_one_open",
                violation_error_message="補正の依頼は、もう出しています。",
            ),
        ]

    def __str__(self) -> str:
        return f"第{self.number}回の提出の補正({self.due_on})"
