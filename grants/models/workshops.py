"""A workshop under a menu of table WORKSHOP: its plan, where it stands, the event it became."""

from datetime import date, timedelta
from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from grants.enums import Applicant
from grants.workshop.enums import (
    CAPACITY_MAX,
    ENDED,
    FROZEN,
    SETTLED,
    UNSENT,
    WRITABLE,
    HostKind,
    WorkshopState,
)
from portal.kernel import clock
from portal.kernel.fields import Line, Text
from portal.kernel.models import Record
from portal.kernel.privacy import Privacy

from .applications import person
from .kept import Kept
from .written import Written

REQUIRED = ("title", "host_kind", "aim", "starts_at", "ends_at", "venue", "audience", "capacity")
LOOSE = (*UNSENT, WorkshopState.RETURNED, WorkshopState.CANCELLED)  # may have gaps


class Workshop(Kept, Written, Record):
    """One file of menu ②. `state` is written by `workshop.workflow.WORKSHOP` only; `version` counts submissions.

    `municipality` is the 窓口: it takes the entries and reports, whoever hosts. `office` is the regional office that looks
    after it. `platform` or `community`: the 地域コミュニティ組織 that hosts together, or that asks through its municipality.
    `revision` rises with every save, `agreed_version` with every plan both sides agreed to; `paper_revision` is the
    revision that the last 開催計画書 shows. `event` is the event of `communities` that the decision made.
    """

    privacy: ClassVar[Privacy] = Privacy(
        fields=(
            "applicant_name", "contact_name", "created_by", "submitted_by", "town_agreed_by", "office_agreed_by",
            "reported_by", "closed_by", "saved_by",
        ),
        retention="5y",
        purpose="ワークショップの開催を計画し、協議し、結果を確かめるため",
    )  # fmt: skip

    menu = models.ForeignKey(
        "grants.Menu", on_delete=models.PROTECT, verbose_name="メニュー", related_name="workshops"
    )
    municipality = models.ForeignKey(
        "areas.Area", on_delete=models.PROTECT, verbose_name="窓口の市町村", related_name="+"
    )
    office = models.ForeignKey(
        "areas.Section", on_delete=models.PROTECT, verbose_name="担当の振興局", related_name="+"
    )
    participants = models.ManyToManyField(
        "areas.Area", verbose_name="いっしょに参加する市町村", related_name="+", blank=True
    )
    applicant = models.CharField("計画した者", max_length=14, choices=Applicant)
    platform = models.ForeignKey(
        "communities.Platform", on_delete=models.PROTECT, verbose_name="コミプラ", related_name="+", null=True, blank=True
    )  # fmt: skip
    community = models.ForeignKey(
        "communities.Community", on_delete=models.PROTECT, verbose_name="コミュニティ", related_name="+", null=True,
        blank=True,
    )  # fmt: skip
    host_kind = models.CharField("主催", max_length=20, choices=HostKind, blank=True)
    title = Line("名前", max_length=100)
    aim = Text("ねらい", max_length=1000, blank=True)
    content = Text("内容", max_length=2000, blank=True)
    starts_at = models.DateTimeField("始まり", null=True, blank=True)
    ends_at = models.DateTimeField("終わり", null=True, blank=True)
    venue = Line("会場", max_length=120, blank=True)
    address = Line("会場の住所", max_length=200, blank=True)
    audience = Line("対象", max_length=200, blank=True)
    capacity = models.PositiveIntegerField("定員", null=True, blank=True)
    contact_name = Line("担当者", max_length=60, blank=True)
    applicant_title = Line("計画した者の職", max_length=40, blank=True)
    applicant_name = Line("計画した者の氏名", max_length=60, blank=True)
    own_number = Line("文書番号", max_length=40, blank=True)
    revision = models.PositiveIntegerField("版", default=0)
    paper_revision = models.PositiveIntegerField("計画書の版", null=True, blank=True)
    state = models.CharField("状態", max_length=12, choices=WorkshopState, default=WorkshopState.DRAFT)
    version = models.PositiveSmallIntegerField("提出の回数", default=0)
    agreed_version = models.PositiveSmallIntegerField("合意した計画の版", default=0)
    created_by = person("作った人")
    submitted_at = models.DateTimeField("提出した日時", null=True, blank=True)
    submitted_by = person("提出した人")
    town_agreed_at = models.DateTimeField("市町村が合意した日時", null=True, blank=True)
    town_agreed_by = person("市町村で合意した人")
    office_agreed_at = models.DateTimeField("県が合意した日時", null=True, blank=True)
    office_agreed_by = person("県で合意した人")
    refusal_reason = Text("開催しない理由", max_length=1000, blank=True)
    decided_at = models.DateTimeField("決定した日時", null=True, blank=True)
    event = models.OneToOneField(
        "communities.Event", on_delete=models.PROTECT, verbose_name="催し", related_name="workshop", null=True, blank=True
    )  # fmt: skip
    reported_at = models.DateTimeField("報告した日時", null=True, blank=True)
    reported_by = person("報告した人")
    closed_at = models.DateTimeField("終了した日時", null=True, blank=True)
    closed_by = person("終了した人")

    class Meta:
        verbose_name = verbose_name_plural = "ワークショップ"
        constraints = [
            models.CheckConstraint(
                name="workshop_submitted_iff_left_draft",
                condition=Q(state__in=UNSENT, submitted_at__isnull=True, version=0)
                | (~Q(state__in=UNSENT) & Q(submitted_at__isnull=False, version__gte=1)),
                violation_error_message="提出した日時と回数は、提出した計画だけが持ちます。",
            ),
            models.CheckConstraint(
                name="workshop_submitted_complete",
                condition=Q(state__in=LOOSE)
                | (
                    Q(starts_at__isnull=False, ends_at__isnull=False, capacity__isnull=False)
                    & ~Q(host_kind="")
                    & ~Q(aim="")
                    & ~Q(venue="")
                    & ~Q(audience="")
                ),
                violation_error_message="提出する計画には、主催、ねらい、日時、会場、対象、定員が要ります。",
            ),
            models.CheckConstraint(
                name="workshop_one_organisation",
                condition=Q(platform__isnull=True) | Q(community__isnull=True),
                violation_error_message="地域コミュニティ組織は、コミプラかコミュニティのどちらか一つです。",
            ),
            models.CheckConstraint(
                name="workshop_partner_is_named",
                condition=Q(state__in=LOOSE)
                | (~Q(host_kind=HostKind.COMMUNITY) & ~Q(applicant=Applicant.ORGANISATION))
                | Q(platform__isnull=False)
                | Q(community__isnull=False),
                violation_error_message="県・地域コミュニティ組織共催には、相手の組織が要ります。",
            ),
            models.CheckConstraint(
                name="workshop_ends_after_start",
                condition=Q(starts_at__isnull=True) | Q(ends_at__isnull=True) | Q(ends_at__gt=F("starts_at")),
                violation_error_message="終わりは、始まりより後にしてください。",
            ),
            models.CheckConstraint(
                name="workshop_capacity_in_range",
                condition=Q(capacity__isnull=True) | Q(capacity__range=(1, CAPACITY_MAX)),
                violation_error_message="定員は、1人以上にしてください。",
            ),
            models.CheckConstraint(
                name="workshop_frozen_when_both_agreed",
                condition=Q(
                    state__in=sorted(FROZEN),
                    town_agreed_at__isnull=False,
                    office_agreed_at__isnull=False,
                    agreed_version__gte=1,
                )
                | (
                    ~Q(state__in=sorted(FROZEN))
                    & (
                        Q(town_agreed_at__isnull=True)
                        | Q(office_agreed_at__isnull=True)
                        | Q(state__in=[WorkshopState.REFUSED, WorkshopState.CANCELLED])
                    )
                ),
                violation_error_message="市町村と県の両方が合意した計画だけが、先に進みます。",
            ),
            models.CheckConstraint(
                name="workshop_decided_iff_event",
                condition=Q(state__in=sorted(SETTLED), decided_at__isnull=False, event__isnull=False)
                | Q(~Q(state__in=sorted(SETTLED)), decided_at__isnull=True),
                violation_error_message="決定した日時は、開催を決定したワークショップだけが持ちます。",
            ),
            models.CheckConstraint(
                name="workshop_reported_iff_stamped",
                condition=Q(state__in=sorted(ENDED), reported_at__isnull=False)
                | Q(~Q(state__in=sorted(ENDED)), reported_at__isnull=True),
                violation_error_message="報告した日時は、報告したワークショップだけが持ちます。",
            ),
            models.CheckConstraint(
                name="workshop_closed_iff_stamped",
                condition=Q(state=WorkshopState.CLOSED, closed_at__isnull=False)
                | Q(~Q(state=WorkshopState.CLOSED), closed_at__isnull=True),
                violation_error_message="終了した日時は、終了したワークショップだけが持ちます。",
            ),
        ]
        indexes = [
            models.Index(fields=["municipality", "-created_at", "id"], name="workshop_of_municipality"),
            models.Index(fields=["office", "state"], name="workshop_of_office"),
            models.Index(fields=["submitted_at", "id"], name="workshop_queue"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """The page of both sides."""
        return reverse("grants:workshop_detail", args=[self.pk])

    def get_staff_url(self) -> str:
        """The same page: both sides work on it."""
        return self.get_absolute_url()

    def get_edit_url(self) -> str:
        return reverse("grants:workshop_edit", args=[self.pk])

    def get_part_url(self, part: str) -> str:
        """Where what was set aside of it is written."""
        return self.get_edit_url()

    def get_report_url(self) -> str:
        return reverse("grants:workshop_report", args=[self.pk])

    def get_preview_url(self) -> str:
        return reverse("grants:workshop_preview", args=[self.pk])

    def get_act_url(self, act: str) -> str:
        return reverse("grants:workshop_act", args=[self.pk, act])

    def get_pay_url(self, lecturer: Record) -> str:
        return reverse("grants:workshop_pay", args=[self.pk, lecturer.pk])

    @property
    def is_writable(self) -> bool:
        return self.state in WRITABLE

    @property
    def is_consulting(self) -> bool:
        return self.state == WorkshopState.CONSULTING

    @property
    def is_planned_by_office(self) -> bool:
        """Whether the prefecture planned it itself."""
        return self.applicant == Applicant.PREFECTURE

    @property
    def organisation(self) -> models.Model | None:
        """The コミプラ or community that takes part, if one does."""
        return self.platform or self.community

    @property
    def missing(self) -> list[str]:
        """What is still empty and has to be there, as the form calls it."""
        found = [str(self._meta.get_field(name).verbose_name) for name in REQUIRED if not getattr(self, name)]
        asks = self.host_kind == HostKind.COMMUNITY or self.applicant == Applicant.ORGANISATION
        return [*found, "地域コミュニティ組織"] if asks and self.organisation is None else found

    @property
    def is_over(self) -> bool:
        return self.ends_at is not None and self.ends_at <= clock.now()

    @property
    def report_due_on(self) -> date | None:
        """Until when the 窓口 reports: so many days after the last day, by the menu."""
        if self.ends_at is None:
            return None
        return self.ends_at.astimezone(clock.JST).date() + timedelta(days=self.menu.report_days)
