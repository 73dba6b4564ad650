"""公募 of menu ④: the 公募要領 as data, its scoring items, questions and their answers."""

from datetime import date, datetime
from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from grants.commission.enums import (
    FLOOR_PERCENT,
    PANEL_MIN,
    RESERVE_DAYS,
    CallState,
    QuestionState,
)
from grants.enums import SHIFTS, YEN_MAX
from portal.kernel import clock
from portal.kernel.fields import Line, Text
from portal.kernel.fiscal import Arrival, Deadline, Shift
from portal.kernel.models import Record
from portal.kernel.privacy import Privacy

from .applications import person


class CommissionCall(Record):
    """One public call about a selected theme. `state` is written by `commission.workflow.CALL` only.

    `closes_at` and `questions_until` are the first instants that are too late. `tie_position` names the item that
    decides between equal means. `frozen_at`: when every score sheet was in.
    """

    privacy: ClassVar[Privacy] = Privacy(
        fields=("created_by", "published_by", "panel_by", "announced_by", "voided_by"),
        retention="5y",
        purpose="企画提案の公募と審査を行い、結果を知らせるため",
    )

    theme = models.ForeignKey(
        "grants.CommissionTheme", on_delete=models.PROTECT, verbose_name="テーマ", related_name="calls"
    )
    title = Line("業務の名称", max_length=120)
    purpose = Text("業務の目的", max_length=1500)
    work = Text("業務の内容", max_length=3000)
    conditions = Text("参加資格の補足", max_length=1000, blank=True)
    takes_platforms = models.BooleanField("コミプラも提案できる", default=False)
    ceiling_yen = models.PositiveBigIntegerField("上限額(円・税込)")
    adopted_count = models.PositiveSmallIntegerField("採択の目安(件)", default=1)
    floor_percent = models.PositiveSmallIntegerField("最低基準(%)", default=FLOOR_PERCENT)
    tie_position = models.PositiveSmallIntegerField("同点のときの項目", null=True, blank=True)
    panel_min = models.PositiveSmallIntegerField("審査委員の人数(以上)", default=PANEL_MIN)
    questions_on = models.DateField("質問の期限")
    questions_until = models.DateTimeField("質問の期限(この時刻からは受け付けない)")
    closes_on = models.DateField("締切日")
    closes_time = models.TimeField("締切時刻", null=True, blank=True)
    shift = models.CharField("休日のときの扱い", max_length=24, choices=SHIFTS)
    closes_at = models.DateTimeField("締切(この時刻からは受け付けない)")
    presentation_on = models.DateField("プレゼンテーションの日", null=True, blank=True)
    presentation_place = Line("プレゼンテーションの場所", max_length=120, blank=True)
    ends_on = models.DateField("業務の期限")
    reserve_days = models.PositiveSmallIntegerField("次点が返事をする日数", default=RESERVE_DAYS)
    state = models.CharField("状態", max_length=10, choices=CallState, default=CallState.DRAFT)
    created_by = person("作った人")
    published_at = models.DateTimeField("公表日時", null=True, blank=True)
    published_by = person("公表した人")
    closed_at = models.DateTimeField("締切を記録した日時", null=True, blank=True)
    panel_at = models.DateTimeField("審査を始めた日時", null=True, blank=True)
    panel_by = person("審査を始めた人")
    frozen_at = models.DateTimeField("採点がそろった日時", null=True, blank=True)
    announced_at = models.DateTimeField("結果を公表した日時", null=True, blank=True)
    announced_by = person("結果を公表した人")
    voided_at = models.DateTimeField("取りやめた日時", null=True, blank=True)
    voided_by = person("取りやめた人")

    class Meta:
        verbose_name = verbose_name_plural = "企画提案の公募"
        constraints = [
            models.UniqueConstraint(
                fields=["theme"],
                condition=~Q(state=CallState.VOID),
                name="commissioncall_one_live",
                violation_error_message="このテーマの公募は、もうあります。",
            ),
            models.CheckConstraint(
                name="commissioncall_published_iff_left_draft",
                condition=Q(state=CallState.DRAFT, published_at__isnull=True)
                | (~Q(state=CallState.DRAFT) & Q(published_at__isnull=False)),
                violation_error_message="公表日時は、公表した公募だけが持ちます。",
            ),
            models.CheckConstraint(
                name="commissioncall_announced_iff_stamped",
                condition=Q(state=CallState.ANNOUNCED, announced_at__isnull=False, frozen_at__isnull=False)
                | (~Q(state=CallState.ANNOUNCED) & Q(announced_at__isnull=True)),
                violation_error_message="結果の公表は、採点がそろった公募だけが持ちます。",
            ),
            models.CheckConstraint(
                name="commissioncall_voided_iff_stamped",
                condition=Q(state=CallState.VOID, voided_at__isnull=False)
                | (~Q(state=CallState.VOID) & Q(voided_at__isnull=True)),
                violation_error_message="取りやめの日時は、取りやめた公募だけが持ちます。",
            ),
            models.CheckConstraint(
                name="commissioncall_in_range",
                condition=Q(
                    ceiling_yen__range=(1, YEN_MAX), floor_percent__range=(1, 100), adopted_count__range=(1, 20),
                    panel_min__gte=PANEL_MIN, reserve_days__range=(1, 30),
                ),
                violation_error_message="上限額、最低基準、件数、人数か日数が、決められる範囲の外です。",
            ),
            models.CheckConstraint(
                name="commissioncall_questions_before_closing",
                condition=Q(questions_until__lte=F("closes_at")),
                violation_error_message="質問の期限は、締切より前にしてください。",
            ),
        ]  # fmt: skip
        indexes = [models.Index(fields=["-created_at", "-id"], name="commissioncall_recent")]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """The public page."""
        return reverse("grants:call_detail", args=[self.pk])

    def get_ask_url(self) -> str:
        return reverse("grants:call_question", args=[self.pk])

    def get_staff_url(self) -> str:
        """The page of officers and the secretariat."""
        return reverse("grants:staff_call", args=[self.pk])

    def get_edit_url(self) -> str:
        return reverse("grants:staff_call_edit", args=[self.pk])

    def get_move_url(self, step: str) -> str:
        return reverse("grants:staff_call_move", args=[self.pk, step])

    @property
    def deadline(self) -> Deadline:
        return Deadline(self.closes_on, self.closes_time, Shift(self.shift), Arrival.ARRIVE)

    @property
    def questions_deadline(self) -> Deadline:
        return Deadline(self.questions_on, None, Shift(self.shift), Arrival.ARRIVE)

    @property
    def is_draft(self) -> bool:
        return self.state == CallState.DRAFT

    @property
    def closing_day(self) -> date:
        """The day that counts, after the shift."""
        return self.deadline.effective

    def is_open(self, at: datetime) -> bool:
        """Whether a proposal may be submitted at `at`, to the second, in JST."""
        return self.state == CallState.PUBLISHED and at < self.closes_at

    def takes_questions(self, at: datetime) -> bool:
        return self.state == CallState.PUBLISHED and at < self.questions_until

    @property
    def is_open_now(self) -> bool:
        return self.is_open(clock.now())

    @property
    def takes_questions_now(self) -> bool:
        return self.takes_questions(clock.now())


class CommissionItem(Record):
    """One item of the scoring with its points; those of a call sum to 100."""

    call = models.ForeignKey(
        CommissionCall, on_delete=models.CASCADE, verbose_name="公募", related_name="items"
    )
    position = models.PositiveSmallIntegerField("番号")
    label = Line("項目", max_length=60)
    points = models.PositiveSmallIntegerField("配点")

    class Meta:
        verbose_name = verbose_name_plural = "審査の項目と配点"
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(
                fields=["call", "position"],
                name="commissionitem_position_once",
                violation_error_message="同じ番号の項目が、もうあります。",
            ),
            models.CheckConstraint(
                name="commissionitem_points_in_range",
                condition=Q(points__range=(1, 100)),
                violation_error_message="配点は、1から100までです。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.label}({self.points}点)"


class CommissionQuestion(Record):
    """A question about a call, by anyone. Its answer is published to all at once, without the name of who asked."""

    privacy: ClassVar[Privacy] = Privacy(
        fields=("asker_name", "email", "sender_ref", "asked_by", "answered_by"),
        retention="1y",
        purpose="公募についての質問に答え、回答を知らせるため",
    )

    call = models.ForeignKey(
        CommissionCall, on_delete=models.PROTECT, verbose_name="公募", related_name="questions"
    )
    text = Text("質問", max_length=1000)
    asker_name = Line("お名前・団体名", max_length=80, blank=True)
    email = models.EmailField("メールアドレス", blank=True)
    sender_ref = models.CharField("送った人", max_length=80)
    asked_at = models.DateTimeField("質問した日時", default=clock.now)
    asked_by = person("質問した人")
    state = models.CharField("状態", max_length=10, choices=QuestionState, default=QuestionState.ASKED)
    answer = Text("回答", max_length=2000, blank=True)
    answered_at = models.DateTimeField("回答した日時", null=True, blank=True)
    answered_by = person("回答した人")

    class Meta:
        verbose_name = verbose_name_plural = "公募への質問"
        ordering = ["asked_at", "id"]
        constraints = [
            models.CheckConstraint(
                name="commissionquestion_answered_iff_answer",
                condition=Q(state=QuestionState.ASKED, answer="", answered_at__isnull=True)
                | (Q(state=QuestionState.ANSWERED, answered_at__isnull=False) & ~Q(answer="")),
                violation_error_message="回答は、回答済みの質問だけが持ちます。",
            ),
        ]
        indexes = [
            models.Index(fields=["call", "asked_at", "id"], name="commissionquestion_of_call"),
            models.Index(fields=["sender_ref", "asked_at"], name="commissionquestion_of_sender"),
        ]

    def __str__(self) -> str:
        return self.text[:40]

    def get_answer_url(self) -> str:
        return reverse("grants:staff_question", args=[self.call_id, self.pk])
