"""A call that was extended for all, and files that are accepted after its deadline or on paper."""

from datetime import date, datetime, time, timedelta
from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from grants.relief.enums import AdmissionKind, AdmissionState
from portal.kernel import clock
from portal.kernel.fields import Line, Text
from portal.kernel.models import Record, StoredFile
from portal.kernel.privacy import Privacy

from .applications import person
from .calls import Call


class CallExtension(Record):
    """公告 of a later deadline for everybody. `before_at` is the deadline that was given up, `closes_at` the new one."""

    privacy: ClassVar[Privacy] = Privacy(
        fields=("extended_by",), retention="5y", purpose="締切を延ばしたことと、その理由を残すため"
    )

    call = models.ForeignKey(Call, on_delete=models.PROTECT, verbose_name="募集", related_name="extensions")
    before_at = models.DateTimeField("前の締切(この時刻からは受け付けなかった)")
    closes_at = models.DateTimeField("新しい締切(この時刻からは受け付けない)")
    reason = Text("理由", max_length=500)
    extended_by = person("延ばした人")

    class Meta:
        verbose_name = verbose_name_plural = "締切の延長"
        ordering = ["created_at", "id"]
        constraints = [
            models.CheckConstraint(
                name="callextension_is_later",
                condition=Q(closes_at__gt=F("before_at")) & ~Q(reason=""),
                violation_error_message="締切の延長には、いまより後の締切と、理由が要ります。",
            ),
            models.UniqueConstraint(
                fields=["call", "before_at"],
                name="callextension_once",
                violation_error_message="この締切は、もう延ばしています。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.call} {self.closes_at:%Y-%m-%d}"

    @property
    def before_on(self) -> date:
        """The last day of the deadline that was given up (JST)."""
        return (self.before_at - timedelta(minutes=1)).astimezone(clock.JST).date()

    @property
    def before_time(self) -> time | None:
        """The minute of that day that was still in time (JST); None until the day ended."""
        last = (self.before_at - timedelta(minutes=1)).astimezone(clock.JST).time()
        return None if (last.hour, last.minute) == (23, 59) else last


class Admission(Record):
    """One file that is accepted after the deadline of its call, or on paper: asked for by the municipality, or not.

    `state` is written by `relief.workflow.ADMISSION` only. `received_on` is the 収受日 that counts for the file, `until`
    the first instant at which its content may not be submitted here any more. The file (`application`, under ① and ② `dispatch`
    or `workshop`) is known when a draft asked for it, else from its start or its submission on: one file each.
    """

    privacy: ClassVar[Privacy] = Privacy(
        fields=("asked_by", "judged_by", "asked_reason", "reason"),
        retention="5y",
        purpose="締切のあとの申請と紙の申請を受理するかを決め、その理由を残すため",
    )

    call = models.ForeignKey(Call, on_delete=models.PROTECT, verbose_name="募集", related_name="admissions")
    municipality = models.ForeignKey(
        "areas.Area", on_delete=models.PROTECT, verbose_name="市町村", related_name="+"
    )
    office = models.ForeignKey(
        "areas.Section", on_delete=models.PROTECT, verbose_name="担当の振興局", related_name="+"
    )
    application = models.ForeignKey(
        "grants.Application",
        on_delete=models.PROTECT,
        verbose_name="申請",
        related_name="admissions",
        null=True,
        blank=True,
    )
    dispatch = models.ForeignKey(
        "grants.Dispatch", on_delete=models.PROTECT, verbose_name="派遣", related_name="admissions", null=True, blank=True
    )  # fmt: skip
    workshop = models.ForeignKey(
        "grants.Workshop", on_delete=models.PROTECT, verbose_name="ワークショップ", related_name="admissions", null=True,
        blank=True,
    )  # fmt: skip
    kind = models.CharField("種類", max_length=6, choices=AdmissionKind)
    state = models.CharField("状態", max_length=10, choices=AdmissionState, default=AdmissionState.ASKED)
    asked_reason = Text("市町村の事情", max_length=1000, blank=True)
    asked_at = models.DateTimeField("申し出の日時", null=True, blank=True)
    asked_by = person("申し出た人")
    reason = Text("県の判断の理由", max_length=1000, blank=True)
    received_on = models.DateField("収受日", null=True, blank=True)
    received_number = Line("収受番号", max_length=40, blank=True)
    until = models.DateTimeField("提出の期限(この時刻からは受け付けない)", null=True, blank=True)
    paper = models.ForeignKey(
        StoredFile,
        on_delete=models.PROTECT,
        verbose_name="紙の申請書の写し",
        related_name="+",
        null=True,
        blank=True,
    )
    judged_at = models.DateTimeField("判断の日時", null=True, blank=True)
    judged_by = person("判断した人")

    class Meta:
        verbose_name = verbose_name_plural = "締切のあとの受理"
        ordering = ["created_at", "id"]
        constraints = [
            models.CheckConstraint(
                name="admission_judged_iff_left_asked",
                condition=Q(state=AdmissionState.ASKED, judged_at__isnull=True, asked_at__isnull=False)
                | (~Q(state=AdmissionState.ASKED) & Q(judged_at__isnull=False)),
                violation_error_message="判断の日時は、判断した申し出だけが持ちます。",
            ),
            models.CheckConstraint(
                name="admission_received_iff_admitted",
                condition=(
                    Q(state=AdmissionState.ADMITTED, received_on__isnull=False, until__isnull=False)
                    & ~Q(reason="")
                )
                | (
                    ~Q(state=AdmissionState.ADMITTED)
                    & Q(received_on__isnull=True, until__isnull=True, received_number="")
                ),
                violation_error_message="受理には、理由、収受日、提出の期限が要ります。",
            ),
            models.CheckConstraint(
                name="admission_of_one_file",
                condition=Q(application__isnull=True, dispatch__isnull=True)
                | Q(application__isnull=True, workshop__isnull=True)
                | Q(dispatch__isnull=True, workshop__isnull=True),
                violation_error_message="受理は、一つの申請のものです。",
            ),
            models.UniqueConstraint(
                fields=["application"],
                condition=Q(state=AdmissionState.ASKED),
                name="admission_one_asked",
                violation_error_message="締切のあとの受理は、もう申し出ています。",
            ),
        ]
        indexes = [
            models.Index(fields=["call", "municipality"], name="admission_of_town"),
            models.Index(fields=["office"], name="admission_asked", condition=Q(state=AdmissionState.ASKED)),
        ]

    def __str__(self) -> str:
        return f"{self.municipality_id} {self.get_kind_display()}"

    def get_absolute_url(self) -> str:
        """The officers' page of the call, where it is judged."""
        return self.call.get_relief_url()

    def get_act_url(self, act: str) -> str:
        return reverse("grants:admission_act", args=[self.pk, act])

    @property
    def is_asked(self) -> bool:
        return self.state == AdmissionState.ASKED

    @property
    def is_admitted(self) -> bool:
        return self.state == AdmissionState.ADMITTED

    def get_type_url(self) -> str:
        """Where the office begins to type it in."""
        return reverse("grants:admission_type", args=[self.pk])

    def is_to_type(self, at: datetime) -> bool:
        """Whether it came on paper and nobody has begun to type it in (③; a municipality types ① and ② in itself)."""
        waits = self.kind == AdmissionKind.PAPER and self.application_id is None and self.is_open(at)
        return waits and self.call.menu.is_applied_for_here

    def is_open(self, at: datetime) -> bool:
        """Whether the content may still be submitted at `at`."""
        return self.is_admitted and self.until is not None and at < self.until

    @property
    def until_on(self) -> date | None:
        """The last day on which the content may be submitted (JST)."""
        until: datetime | None = self.until
        return until.astimezone(clock.JST).date() - timedelta(days=1) if until else None
