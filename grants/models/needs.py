"""要望調査 and 内示: what a prefecture asks its municipalities before their applications, and what it tells them."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from grants.enums import NEEDS_MAX, YEN_MAX, NeedsState
from portal.kernel import clock
from portal.kernel.fields import Line, Text
from portal.kernel.models import Record
from portal.kernel.privacy import Privacy

from .applications import person

PURPOSE = "次の募集の要望を市町村に聞き、内示を知らせるため"


class NeedsSurvey(Record):
    """One 要望調査: of one menu of one year, to every municipality of its prefecture."""

    privacy: ClassVar[Privacy] = Privacy(fields=("asked_by",), retention="5y", purpose=PURPOSE)

    menu = models.OneToOneField(
        "grants.Menu", on_delete=models.PROTECT, verbose_name="メニュー", related_name="needs_survey"
    )
    text = Text("照会の文", max_length=1000, blank=True)
    due_on = models.DateField("回答の期限")
    asked_at = models.DateTimeField("照会日時", default=clock.now)
    asked_by = person("照会した人")
    reminded_on = models.DateField("催促した日", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "要望調査"

    def __str__(self) -> str:
        return f"{self.menu.programme.year_label} {self.menu.mark_number} {self.menu.short} 要望調査"

    def get_absolute_url(self) -> str:
        """The officers' table of answers."""
        return reverse("grants:needs_survey", args=[self.pk])

    def get_remind_url(self) -> str:
        return reverse("grants:needs_remind", args=[self.pk])


class NeedsAnswer(Record):
    """What one municipality answers, and the 内示 it gets. `state` is written by `offering.workflow.NEEDS` only.

    `revision` rises with every save: who saves an older one is told. `notice_yen` 0: no 内示 is given.
    """

    privacy: ClassVar[Privacy] = Privacy(
        fields=("saved_by", "answered_by", "noticed_by", "agreed_by", "note"), retention="5y", purpose=PURPOSE
    )

    survey = models.ForeignKey(
        NeedsSurvey, on_delete=models.PROTECT, verbose_name="要望調査", related_name="answers"
    )
    municipality = models.ForeignKey(
        "areas.Area", on_delete=models.PROTECT, verbose_name="市町村", related_name="+"
    )
    state = models.CharField("状態", max_length=10, choices=NeedsState, default=NeedsState.ASKED)
    no_needs = models.BooleanField("要望なし", default=False)
    note = Text("補足", max_length=1000, blank=True)
    revision = models.PositiveIntegerField("版", default=0)
    saved_by = person("保存した人")
    answered_at = models.DateTimeField("回答日時", null=True, blank=True)
    answered_by = person("回答した人")
    noticed_at = models.DateTimeField("内示日時", null=True, blank=True)
    noticed_by = person("内示した人")
    notice_yen = models.PositiveBigIntegerField("内示額(円)", null=True, blank=True)
    notice_note = Text("内示の添え書き", max_length=1000, blank=True)
    agreed_at = models.DateTimeField("超過に同意した日時", null=True, blank=True)
    agreed_by = person("超過に同意した人")
    agreed_yen = models.PositiveBigIntegerField("同意した額(円)", null=True, blank=True)
    agreed_note = Text("同意の理由", max_length=1000, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "要望調査の回答"
        ordering = ["municipality"]
        constraints = [
            models.UniqueConstraint(
                fields=["survey", "municipality"],
                name="needsanswer_once",
                violation_error_message="この市町村への照会は、もうあります。",
            ),
            models.CheckConstraint(
                name="needsanswer_answered_iff_sent",
                condition=Q(state=NeedsState.ASKED, answered_at__isnull=True)
                | (~Q(state=NeedsState.ASKED) & Q(answered_at__isnull=False)),
                violation_error_message="回答日時は、回答した市町村だけが持ちます。",
            ),
            models.CheckConstraint(
                name="needsanswer_noticed_iff_told",
                condition=Q(state=NeedsState.NOTICED, noticed_at__isnull=False, notice_yen__isnull=False)
                | (~Q(state=NeedsState.NOTICED) & Q(noticed_at__isnull=True, notice_yen__isnull=True)),
                violation_error_message="内示額は、内示した市町村だけが持ちます。",
            ),
            models.CheckConstraint(
                name="needsanswer_agreed_above_notice",
                condition=Q(agreed_yen__isnull=True, agreed_at__isnull=True)
                | Q(agreed_yen__gt=F("notice_yen"), agreed_yen__lte=YEN_MAX, agreed_at__isnull=False)
                & ~Q(agreed_note=""),
                violation_error_message="内示を超える同意は、内示額より大きい額と理由を持ちます。",
            ),
            models.CheckConstraint(
                name="needsanswer_notice_in_range",
                condition=Q(notice_yen__isnull=True) | Q(notice_yen__lte=YEN_MAX),
                violation_error_message="内示額が、入力できる範囲の外です。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.municipality.name} {self.survey}"

    def get_absolute_url(self) -> str:
        """The municipality's page."""
        return reverse("grants:needs_answer", args=[self.pk])

    def get_staff_url(self) -> str:
        """The prefecture's page."""
        return reverse("grants:needs_case", args=[self.pk])

    def get_send_url(self) -> str:
        return reverse("grants:needs_send", args=[self.pk])

    def get_agree_url(self) -> str:
        return reverse("grants:needs_agree", args=[self.pk])

    def get_return_url(self) -> str:
        return reverse("grants:needs_return", args=[self.pk])

    @property
    def total_yen(self) -> int:
        """What all its projects would take."""
        return sum(item.amount_yen for item in self.items.all())

    @property
    def is_open(self) -> bool:
        return self.state == NeedsState.ASKED


class NeedsItem(Record):
    """One planned project; `priority` 1 comes first."""

    answer = models.ForeignKey(
        NeedsAnswer, on_delete=models.CASCADE, verbose_name="回答", related_name="items"
    )
    priority = models.PositiveSmallIntegerField("優先順位")
    title = Line("予定する事業", max_length=120)
    amount_yen = models.PositiveBigIntegerField("要望額(円)")

    class Meta:
        verbose_name = verbose_name_plural = "要望する事業"
        ordering = ["priority"]
        constraints = [
            models.UniqueConstraint(
                fields=["answer", "priority"],
                name="needsitem_priority_once",
                violation_error_message="同じ優先順位の事業が、もうあります。",
            ),
            models.CheckConstraint(
                name="needsitem_in_range",
                condition=Q(priority__range=(1, NEEDS_MAX), amount_yen__gt=0, amount_yen__lte=YEN_MAX),
                violation_error_message="優先順位か要望額が、入力できる範囲の外です。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.priority} {self.title}"
