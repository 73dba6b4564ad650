"""A dispatch of an advisor to a municipality under a menu of table DISPATCH."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.urls import reverse

from grants.dispatch.enums import GIVEN, UNSENT, VISITS_MAX, WRITABLE, DispatchState, Manner, Subject
from portal.kernel.fields import Line, Text
from portal.kernel.models import Record
from portal.kernel.privacy import Privacy

from .applications import person
from .kept import Kept
from .written import Written

ENDED = [DispatchState.REFUSED, DispatchState.WITHDRAWN]  # with the advisor who was asked, or before one was
REQUIRED = ("subject", "manner", "issue", "wishes", "times", "applicant_title", "applicant_name")


class Dispatch(Kept, Written, Record):
    """One file of menu ①. `state` is written by `dispatch.workflow.DISPATCH` only; `version` counts requests.

    `office` is the regional office that looks after the municipality. `visits_count`: how many the officer proposed, and
    the decision fixed. `revision` rises with every save: who saves an older one is told.
    """

    privacy: ClassVar[Privacy] = Privacy(
        fields=(
            "applicant_name", "contact_name", "created_by", "submitted_by", "proposed_by", "accepted_by", "closed_by", "withdrawn_by", "saved_by",
        ),
        retention="5y",
        purpose="アドバイザーの派遣の申込みを受け付け、日程を調整し、結果を確かめるため",
    )  # fmt: skip

    menu = models.ForeignKey(
        "grants.Menu", on_delete=models.PROTECT, verbose_name="メニュー", related_name="dispatches"
    )
    municipality = models.ForeignKey(
        "areas.Area", on_delete=models.PROTECT, verbose_name="市町村", related_name="+"
    )
    office = models.ForeignKey(
        "areas.Section", on_delete=models.PROTECT, verbose_name="担当の振興局", related_name="+"
    )
    platform = models.ForeignKey(
        "communities.Platform",
        on_delete=models.PROTECT,
        verbose_name="コミプラ",
        related_name="+",
        null=True,
        blank=True,
    )
    title = Line("件名", max_length=120)
    subject = models.CharField("助言を受けたいこと", max_length=16, choices=Subject, blank=True)
    issue = Text("課題", max_length=1000, blank=True)
    wishes = Text("助言してほしいこと", max_length=1000, blank=True)
    times = Text("希望する時期", max_length=300, blank=True)
    visits_wanted = models.PositiveSmallIntegerField("希望する回数", null=True, blank=True)
    manner = models.CharField("方法", max_length=16, choices=Manner, blank=True)
    wished = models.ForeignKey(
        "grants.Advisor",
        on_delete=models.PROTECT,
        verbose_name="希望するアドバイザー",
        related_name="+",
        null=True,
        blank=True,
    )
    contact_name = Line("担当者", max_length=60, blank=True)
    applicant_title = Line("申込者の職", max_length=40, blank=True)
    applicant_name = Line("申込者の氏名", max_length=60, blank=True)
    own_number = Line("文書番号", max_length=40, blank=True)
    revision = models.PositiveIntegerField("版", default=0)
    state = models.CharField("状態", max_length=12, choices=DispatchState, default=DispatchState.DRAFT)
    version = models.PositiveSmallIntegerField("申込みの回数", default=0)
    created_by = person("作った人")
    submitted_at = models.DateTimeField("申し込んだ日時", null=True, blank=True)
    submitted_by = person("申し込んだ人")
    advisor = models.ForeignKey(
        "grants.Advisor",
        on_delete=models.PROTECT,
        verbose_name="アドバイザー",
        related_name="dispatches",
        null=True,
        blank=True,
    )
    visits_count = models.PositiveSmallIntegerField("派遣の回数", null=True, blank=True)
    proposed_at = models.DateTimeField("打診した日時", null=True, blank=True)
    proposed_by = person("打診した人")
    accepted_at = models.DateTimeField("アドバイザーが引き受けた日時", null=True, blank=True)
    accepted_by = person("引き受けた人")
    refusal_reason = Text("派遣しない理由", max_length=1000, blank=True)
    decided_at = models.DateTimeField("決定した日時", null=True, blank=True)
    closed_at = models.DateTimeField("終了した日時", null=True, blank=True)
    closed_by = person("終了した人")
    withdrawn_at = models.DateTimeField("取り下げた日時", null=True, blank=True)
    withdrawn_by = person("取り下げた人")

    class Meta:
        verbose_name = verbose_name_plural = "アドバイザーの派遣"
        constraints = [
            models.CheckConstraint(
                name="dispatch_submitted_iff_left_draft",
                condition=Q(state__in=UNSENT, submitted_at__isnull=True, version=0)
                | (~Q(state__in=UNSENT) & Q(submitted_at__isnull=False, version__gte=1)),
                violation_error_message="申し込んだ日時と回数は、申し込んだ派遣だけが持ちます。",
            ),
            models.CheckConstraint(
                name="dispatch_submitted_complete",
                condition=Q(state__in=UNSENT)
                | (Q(visits_wanted__isnull=False) & ~Q(subject="") & ~Q(manner="") & ~Q(issue=""))
                | Q(state__in=[DispatchState.RETURNED, DispatchState.WITHDRAWN]),
                violation_error_message="申し込む派遣には、助言を受けたいこと、課題、方法、回数が要ります。",
            ),
            models.CheckConstraint(
                name="dispatch_visits_in_range",
                condition=(Q(visits_wanted__isnull=True) | Q(visits_wanted__range=(1, VISITS_MAX)))
                & (Q(visits_count__isnull=True) | Q(visits_count__range=(1, VISITS_MAX))),
                violation_error_message=f"回数は、1回から{VISITS_MAX}回までです。",
            ),
            models.CheckConstraint(
                name="dispatch_advisor_iff_given",
                condition=Q(
                    state__in=sorted(GIVEN),
                    advisor__isnull=False,
                    visits_count__isnull=False,
                    proposed_at__isnull=False,
                )
                | Q(
                    state__in=[*UNSENT, DispatchState.REQUESTED, DispatchState.RETURNED],
                    advisor__isnull=True,
                    visits_count__isnull=True,
                    proposed_at__isnull=True,
                )
                | Q(state=DispatchState.CANCELLED, advisor__isnull=False)
                | Q(
                    state__in=ENDED,
                    advisor__isnull=False,
                    visits_count__isnull=False,
                    proposed_at__isnull=False,
                )
                | Q(
                    state__in=ENDED, advisor__isnull=True, visits_count__isnull=True, proposed_at__isnull=True
                ),
                violation_error_message="アドバイザーと回数は、打診した派遣だけが持ちます。",
            ),
            models.CheckConstraint(
                name="dispatch_accepted_iff_answered",
                condition=Q(
                    state__in=[
                        DispatchState.ACCEPTED,
                        DispatchState.DECIDED,
                        DispatchState.CLOSED,
                        DispatchState.CANCELLED,
                    ],
                    accepted_at__isnull=False,
                )
                | Q(state=DispatchState.REFUSED, advisor__isnull=False, accepted_at__isnull=False)
                | Q(state=DispatchState.REFUSED, advisor__isnull=True, accepted_at__isnull=True)
                | Q(
                    state__in=[
                        *UNSENT,
                        DispatchState.REQUESTED,
                        DispatchState.RETURNED,
                        DispatchState.PROPOSED,
                        DispatchState.WITHDRAWN,
                    ],
                    accepted_at__isnull=True,
                ),
                violation_error_message="引き受けた日時は、アドバイザーが引き受けた派遣だけが持ちます。",
            ),
            models.CheckConstraint(
                name="dispatch_decided_iff_stamped",
                condition=Q(
                    state__in=[DispatchState.DECIDED, DispatchState.CLOSED, DispatchState.CANCELLED],
                    decided_at__isnull=False,
                )
                | (
                    ~Q(state__in=[DispatchState.DECIDED, DispatchState.CLOSED, DispatchState.CANCELLED])
                    & Q(decided_at__isnull=True)
                ),
                violation_error_message="決定した日時は、決定した派遣だけが持ちます。",
            ),
            models.CheckConstraint(
                name="dispatch_closed_iff_stamped",
                condition=Q(state=DispatchState.CLOSED, closed_at__isnull=False)
                | (~Q(state=DispatchState.CLOSED) & Q(closed_at__isnull=True)),
                violation_error_message="終了した日時は、終了した派遣だけが持ちます。",
            ),
            models.CheckConstraint(
                name="dispatch_withdrawn_iff_stamped",
                condition=Q(state=DispatchState.WITHDRAWN, withdrawn_at__isnull=False)
                | (~Q(state=DispatchState.WITHDRAWN) & Q(withdrawn_at__isnull=True)),
                violation_error_message="取り下げた日時は、取り下げた派遣だけが持ちます。",
            ),
        ]
        indexes = [
            models.Index(fields=["municipality", "-created_at", "id"], name="dispatch_of_municipality"),
            models.Index(fields=["office", "state", "submitted_at"], name="dispatch_of_office"),
            models.Index(fields=["advisor", "state"], name="dispatch_of_advisor"),
            models.Index(fields=["submitted_at", "id"], name="dispatch_queue"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """The municipality's page."""
        return reverse("grants:dispatch_detail", args=[self.pk])

    def get_edit_url(self) -> str:
        return reverse("grants:dispatch_edit", args=[self.pk])

    def get_part_url(self, part: str) -> str:
        """Where what was set aside of it is written."""
        return self.get_edit_url()

    def get_submit_url(self) -> str:
        return reverse("grants:dispatch_submit", args=[self.pk])

    def get_withdraw_url(self) -> str:
        return reverse("grants:dispatch_withdraw", args=[self.pk])

    def get_staff_url(self) -> str:
        """The officers' page."""
        return reverse("grants:staff_dispatch", args=[self.pk])

    def get_act_url(self, act: str) -> str:
        return reverse("grants:staff_dispatch_act", args=[self.pk, act])

    def get_advisor_url(self) -> str:
        """The advisor's page."""
        return reverse("grants:advisor_case", args=[self.pk])

    def get_answer_url(self, act: str) -> str:
        return reverse("grants:advisor_answer", args=[self.pk, act])

    @property
    def is_writable(self) -> bool:
        return self.state in WRITABLE

    @property
    def is_withdrawable(self) -> bool:
        """Whether the municipality can take it back: requested, and no advisor has taken it on."""
        return self.state in {DispatchState.REQUESTED, DispatchState.RETURNED, DispatchState.PROPOSED}

    @property
    def missing(self) -> list[str]:
        """What is still empty and has to be there, as the form calls it."""
        names = [name for name in (*REQUIRED, "visits_wanted") if not getattr(self, name)]
        return [str(self._meta.get_field(name).verbose_name) for name in names]
