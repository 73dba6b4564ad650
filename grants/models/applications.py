"""An application of a municipality under a menu of table SUBSIDY, section by section."""

from datetime import date, datetime, timedelta
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from grants.carrying.enums import CarryKind
from grants.enums import (
    EDITABLE,
    EXAMINED,
    GRANTED,
    JUDGED,
    ON_DESK,
    STATE_LOOKS,
    UNDER_EXAMINATION,
    WITHDRAWABLE,
    ApplicationState,
    Mode,
    Part,
)
from grants.stopping.enums import StopKind
from portal.kernel import clock
from portal.kernel.addresses import RecordAddress
from portal.kernel.fields import Line
from portal.kernel.fiscal import next_business_day
from portal.kernel.models import Record
from portal.kernel.privacy import Privacy

from .application_rules import APPLICATION_RULES
from .kept import Kept

PAGE, STAFF_PAGE = (
    RecordAddress("grants:application_detail"),
    RecordAddress("grants:staff_application_detail"),
)


def person(verbose_name: str) -> models.ForeignKey:
    """A reference to who did something, kept as long as the file is."""
    return models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        verbose_name=verbose_name,
        related_name="+",
        null=True,
        blank=True,
    )


class Application(Kept, Record):
    """One file. `state` is written by `workflow.SUBSIDY` only; amounts are those of the budget as last saved or submitted.

    `version` counts submissions; `office` is the regional office that screens it (振興局, by the municipality). `typed_in`:
    it came on paper, and the office types it in.
    """

    privacy: ClassVar[Privacy] = Privacy(
        fields=(
            "applicant_name",
            "created_by",
            "submitted_by",
            "held_by",
            "reviewing_by",
            "decided_by",
            "withdrawn_by",
        ),
        retention="5y",
        purpose="補助金の申請を受け付け、審査し、結果を知らせるため",
    )

    municipality = models.ForeignKey(
        "areas.Area", on_delete=models.PROTECT, verbose_name="市町村", related_name="+"
    )
    call = models.ForeignKey(
        "grants.Call", on_delete=models.PROTECT, verbose_name="募集", related_name="applications"
    )
    menu = models.ForeignKey(
        "grants.Menu", on_delete=models.PROTECT, verbose_name="メニュー", related_name="applications"
    )
    office = models.ForeignKey(
        "areas.Section", on_delete=models.PROTECT, verbose_name="担当の振興局", related_name="+"
    )
    title = Line("事業の名称", max_length=120, blank=True)
    platform = models.ForeignKey(
        "communities.Platform",
        on_delete=models.PROTECT,
        verbose_name="コミプラ",
        related_name="+",
        null=True,
        blank=True,
    )
    project_type = models.ForeignKey(
        "grants.ProjectType",
        on_delete=models.PROTECT,
        verbose_name="事業の型",
        related_name="+",
        null=True,
        blank=True,
    )
    mode = models.CharField("進め方", max_length=10, choices=Mode, default=Mode.DIRECT)
    starts_on = models.DateField("着手予定", null=True, blank=True)
    ends_on = models.DateField("完了予定", null=True, blank=True)
    applicant_title = Line("申請者の職", max_length=40, blank=True)
    applicant_name = Line("申請者の氏名", max_length=60, blank=True)
    own_number = Line("文書番号", max_length=40, blank=True)
    share_yen = models.PositiveBigIntegerField("市町村負担(円)", null=True, blank=True)
    outlay_yen = models.PositiveBigIntegerField("18節の額(円)", null=True, blank=True)
    total_yen = models.PositiveBigIntegerField("総事業費(円)", default=0)
    base_yen = models.PositiveBigIntegerField("補助対象経費(円)", default=0)
    grant_yen = models.PositiveBigIntegerField("交付申請額(円)", default=0)
    state = models.CharField("状態", max_length=12, choices=ApplicationState, default=ApplicationState.DRAFT)
    version = models.PositiveSmallIntegerField("提出の回数", default=0)
    typed_in = models.BooleanField("紙の申請書を県が入力", default=False)
    created_by = person("作った人")
    submitted_at = models.DateTimeField("提出日時", null=True, blank=True)
    submitted_by = person("提出した人")
    held_at = models.DateTimeField("担当になった日時", null=True, blank=True)
    held_by = person("担当")
    reviewing_at = models.DateTimeField("内容審査に進めた日時", null=True, blank=True)
    reviewing_by = person("内容審査に進めた人")
    decided_yen = models.PositiveBigIntegerField("交付決定額(円)", null=True, blank=True)
    decided_at = models.DateTimeField("決定した日時", null=True, blank=True)
    decided_by = person("決裁を終えた人")
    reported_at = models.DateTimeField("実績を報告した日時", null=True, blank=True)
    inspected_at = models.DateTimeField("検査が済んだ日時", null=True, blank=True)
    carried = models.CharField("繰越し", max_length=12, choices=CarryKind, blank=True)
    stopped = models.CharField("廃止", max_length=9, choices=StopKind, blank=True)
    settled_yen = models.PositiveBigIntegerField("確定額(円)", null=True, blank=True)
    settled_at = models.DateTimeField("額を確定した日時", null=True, blank=True)
    closed_at = models.DateTimeField("完了した日時", null=True, blank=True)
    revoked_at = models.DateTimeField("交付決定を取り消した日時", null=True, blank=True)
    correct_until = models.DateTimeField("補正の期限(この時刻からは受け付けない)", null=True, blank=True)
    withdrawn_at = models.DateTimeField("取りやめた日時", null=True, blank=True)
    withdrawn_by = person("取りやめた人")

    class Meta:
        verbose_name = verbose_name_plural = "申請"
        constraints = APPLICATION_RULES
        indexes = [
            models.Index(fields=["municipality", "-created_at", "-id"], name="application_of_municipality"),
            models.Index(fields=["office", "submitted_at", "id"], name="application_of_office"),
            models.Index(
                fields=["submitted_at", "id"],
                name="application_queue",
                condition=Q(state__in=sorted(ON_DESK)),
            ),
            models.Index(
                fields=["submitted_at", "id"],
                name="application_filed",
                condition=Q(submitted_at__isnull=False),
            ),
            models.Index(fields=["menu", "municipality"], name="application_of_menu"),
        ]

    def __str__(self) -> str:
        return self.title or "(名称未入力)"

    def get_absolute_url(self) -> str:
        return PAGE(self.pk)

    def get_staff_url(self) -> str:
        """The file's page for the prefecture."""
        return STAFF_PAGE(self.pk)

    @property
    def state_label(self) -> str:
        return ApplicationState(self.state).label

    @property
    def state_look(self) -> str:
        """The kind of the tag that shows the state on every page."""
        return STATE_LOOKS.get(self.state, "ok")

    def get_take_url(self) -> str:
        return reverse("grants:staff_application_take", args=[self.pk])

    @property
    def correct_on(self) -> date | None:
        """The last day of an open correction."""
        until = self.correct_until
        return until.astimezone(clock.JST).date() - timedelta(days=1) if until else None

    def get_examine_url(self) -> str:
        """Where the officer examines it."""
        return reverse("grants:staff_examine", args=[self.pk])

    def get_decide_url(self) -> str:
        """Where the officer drafts its decision."""
        return reverse("grants:staff_decide", args=[self.pk])

    def get_result_url(self) -> str:
        """Where the municipality writes and files the result, and both sides read it."""
        return reverse("grants:result", args=[self.pk])

    def get_status_url(self) -> str:
        """Where both sides read how the project stands, and the municipality reports it."""
        return reverse("grants:status", args=[self.pk])

    def get_advances_url(self) -> str:
        """Where 概算払 is asked for, decided and ordered, and both sides follow it."""
        return reverse("grants:advances", args=[self.pk])

    def get_carry_over_url(self) -> str:
        """Where a 繰越し is asked for and answered, and both sides follow it."""
        return reverse("grants:carry_over", args=[self.pk])

    def get_change_url(self) -> str:
        """Where the municipality writes and follows a change."""
        return reverse("grants:change", args=[self.pk])

    def get_staff_change_url(self) -> str:
        """Where the office answers a change."""
        return reverse("grants:staff_change", args=[self.pk])

    def get_staff_result_url(self) -> str:
        """Where the office inspects, settles, pays and closes."""
        return reverse("grants:staff_result", args=[self.pk])

    def get_recovery_url(self) -> str:
        """Where the office revokes the decision and asks for money back."""
        return reverse("grants:recovery", args=[self.pk])

    def get_assets_url(self) -> str:
        """取得財産等管理台帳, for both sides."""
        return reverse("grants:assets", args=[self.pk])

    def get_changes_url(self) -> str:
        """What changed since the submission before."""
        return reverse("grants:application_changes", args=[self.pk])

    def get_edit_url(self, part: str = Part.TARGET) -> str:
        return reverse("grants:application_edit", args=[self.pk, part])

    @property
    def is_draft(self) -> bool:
        return self.state == ApplicationState.DRAFT

    @property
    def is_returned(self) -> bool:
        return self.state == ApplicationState.RETURNED

    @property
    def is_editable(self) -> bool:
        """Whether the municipality may write: a draft, or a file returned for correction."""
        return self.state in EDITABLE

    @property
    def is_examined(self) -> bool:
        return self.state in EXAMINED

    @property
    def is_deciding(self) -> bool:
        return self.state == ApplicationState.DECIDING

    @property
    def is_granted(self) -> bool:
        return self.state in GRANTED

    @property
    def is_judged(self) -> bool:
        """Decided, either way."""
        return self.state in JUDGED

    @property
    def is_withdrawable(self) -> bool:
        """Whether the applicant may still take it back, as far as its state goes."""
        return self.state in WITHDRAWABLE

    @property
    def is_indirect(self) -> bool:
        return self.mode == Mode.INDIRECT

    @property
    def stage_fits(self) -> bool | None:
        """Whether the コミプラ's stage is one the type is meant for; None while either is not chosen."""
        if self.platform is None or self.project_type is None:
            return None
        return self.project_type.fits(self.platform.stage)

    @property
    def due_on(self) -> date | None:
        """Until when the menu wants a submitted file screened: so many days after, then the next business day.

        None once it was examined: nobody waits for that day any more.
        """
        if self.submitted_at is None or self.menu.screen_days is None or self.state not in UNDER_EXAMINATION:
            return None
        received_on = self.submitted_at.astimezone(clock.JST).date()
        return next_business_day(received_on + timedelta(days=self.menu.screen_days))

    def may_be_submitted_at(self, at: datetime) -> bool:
        """A draft while its call is open; a returned file until the deadline of its correction."""
        return at < self.correct_until if self.correct_until else self.call.is_open(at)
