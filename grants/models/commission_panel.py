"""審査会 of menu ④: seats, declared and recorded interests, sealed score sheets, opinions of the municipality."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from grants.commission.enums import Declared, InterestKind, Ruling, SheetState
from portal.kernel import clock
from portal.kernel.fields import Line, Text
from portal.kernel.models import Record
from portal.kernel.privacy import Privacy

from .applications import person

PURPOSE = "企画提案を公正に審査するため"
EXCLUDED = Q(declared=Declared.CONFLICT) | Q(ruling=Ruling.EXCLUDED)
READABLE = Q(declared=Declared.CLEAR) & (Q(recorded=False, ruling="") | Q(ruling=Ruling.KEPT))


class PanelSeat(Record):
    """A reviewer of one call. The standing ends with `left_at`."""

    privacy: ClassVar[Privacy] = Privacy(fields=("user", "seated_by"), retention="5y", purpose=PURPOSE)

    call = models.ForeignKey(
        "grants.CommissionCall", on_delete=models.PROTECT, verbose_name="公募", related_name="seats"
    )
    user = models.ForeignKey(
        "accounts.User", on_delete=models.PROTECT, verbose_name="審査委員", related_name="+"
    )
    title = Line("職・専門", max_length=80)
    seated_at = models.DateTimeField("委嘱した日時", default=clock.now)
    seated_by = person("委嘱した人")
    left_at = models.DateTimeField("外れた日時", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "審査委員の席"
        ordering = ["seated_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["call", "user"],
                condition=Q(left_at__isnull=True),
                name="panelseat_once",
                violation_error_message="この人は、もう審査委員です。",
            ),
            models.CheckConstraint(
                name="panelseat_leaves_after_seated",
                condition=Q(left_at__isnull=True) | Q(left_at__gte=F("seated_at")),
                violation_error_message="外れた日時は、委嘱した日時より後です。",
            ),
        ]
        indexes = [models.Index(fields=["user"], name="panelseat_of_user")]

    def __str__(self) -> str:
        return f"{self.user.name}({self.title})"

    def get_leave_url(self) -> str:
        return reverse("grants:staff_seat_leave", args=[self.call_id, self.pk])


class PanelInterest(Record):
    """What ties one reviewer to one proposal. One row for each pair of a panel.

    `recorded`: the same government has a tie on record; the secretariat rules on it. Who is excluded gets nothing of
    the proposal; who has not declared, or whose tie waits for the ruling, reads nothing yet.
    """

    privacy: ClassVar[Privacy] = Privacy(
        fields=("seat", "kinds", "note", "ruled_by"),
        sensitive=("kinds", "note"),
        retention="5y",
        purpose=PURPOSE,
    )

    seat = models.ForeignKey(
        PanelSeat, on_delete=models.PROTECT, verbose_name="審査委員", related_name="interests"
    )
    proposal = models.ForeignKey(
        "grants.Proposal", on_delete=models.PROTECT, verbose_name="企画提案", related_name="interests"
    )
    declared = models.CharField("申告", max_length=10, choices=Declared, blank=True)
    kinds = ArrayField(
        models.CharField(max_length=12, choices=InterestKind),
        verbose_name="利害関係",
        default=list,
        blank=True,
    )
    declared_at = models.DateTimeField("申告した日時", null=True, blank=True)
    recorded = models.BooleanField("記録にある関係", default=False)
    ruling = models.CharField("事務局の判断", max_length=10, choices=Ruling, blank=True)
    note = Text("判断の理由", max_length=400, blank=True)
    ruled_at = models.DateTimeField("判断した日時", null=True, blank=True)
    ruled_by = person("判断した人")

    class Meta:
        verbose_name = verbose_name_plural = "利害関係の申告"
        ordering = ["created_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["seat", "proposal"],
                name="panelinterest_once",
                violation_error_message="この企画提案への申告は、もうあります。",
            ),
            models.CheckConstraint(
                name="panelinterest_declared_iff_stamped",
                condition=Q(declared="", declared_at__isnull=True)
                | (~Q(declared="") & Q(declared_at__isnull=False)),
                violation_error_message="申告した日時は、申告だけが持ちます。",
            ),
            models.CheckConstraint(
                name="panelinterest_conflict_names_its_kind",
                condition=Q(declared=Declared.CONFLICT, kinds__len__gt=0)
                | (~Q(declared=Declared.CONFLICT) & Q(kinds__len=0)),
                violation_error_message="利害関係があるときは、どの関係かを選んでください。",
            ),
            models.CheckConstraint(
                name="panelinterest_ruled_iff_stamped",
                condition=Q(ruling="", ruled_at__isnull=True) | (~Q(ruling="") & Q(ruled_at__isnull=False)),
                violation_error_message="判断した日時は、判断だけが持ちます。",
            ),
        ]
        indexes = [models.Index(fields=["proposal", "seat"], name="panelinterest_of_proposal")]

    def __str__(self) -> str:
        return f"{self.seat_id} {self.get_declared_display() or '未申告'}"

    @property
    def is_excluded(self) -> bool:
        return self.declared == Declared.CONFLICT or self.ruling == Ruling.EXCLUDED

    @property
    def waits_for_ruling(self) -> bool:
        return self.recorded and not self.ruling and self.declared != Declared.CONFLICT

    @property
    def is_readable(self) -> bool:
        """Whether the reviewer reads and scores the proposal."""
        return self.declared == Declared.CLEAR and not self.is_excluded and not self.waits_for_ruling

    def get_rule_url(self) -> str:
        return reverse("grants:staff_interest_rule", args=[self.seat.call_id, self.pk])


class ScoreSheet(Record):
    """What one reviewer gives one proposal. `state` is written by `commission.workflow.SHEET` only."""

    privacy: ClassVar[Privacy] = Privacy(fields=("seat", "comment"), retention="5y", purpose=PURPOSE)

    seat = models.ForeignKey(
        PanelSeat, on_delete=models.PROTECT, verbose_name="審査委員", related_name="sheets"
    )
    proposal = models.ForeignKey(
        "grants.Proposal", on_delete=models.PROTECT, verbose_name="企画提案", related_name="sheets"
    )
    comment = Text("全体の意見", max_length=1000, blank=True)
    revision = models.PositiveIntegerField("版", default=0)
    state = models.CharField("状態", max_length=8, choices=SheetState, default=SheetState.DRAFT)
    sealed_at = models.DateTimeField("提出した日時", null=True, blank=True)
    frozen_at = models.DateTimeField("確定した日時", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "採点票"
        constraints = [
            models.UniqueConstraint(
                fields=["seat", "proposal"],
                name="scoresheet_once",
                violation_error_message="この企画提案の採点票は、もうあります。",
            ),
            models.CheckConstraint(
                name="scoresheet_frozen_iff_stamped",
                condition=Q(state=SheetState.FROZEN, frozen_at__isnull=False, sealed_at__isnull=False)
                | (~Q(state=SheetState.FROZEN) & Q(frozen_at__isnull=True)),
                violation_error_message="確定した日時は、確定した採点票だけが持ちます。",
            ),
        ]
        indexes = [models.Index(fields=["proposal", "seat"], name="scoresheet_of_proposal")]

    def __str__(self) -> str:
        return f"採点票 {self.get_state_display()}"


class ScorePoint(Record):
    """The points for one item, at most its weight."""

    sheet = models.ForeignKey(
        ScoreSheet, on_delete=models.CASCADE, verbose_name="採点票", related_name="points"
    )
    item = models.ForeignKey(
        "grants.CommissionItem", on_delete=models.PROTECT, verbose_name="項目", related_name="+"
    )
    points = models.PositiveSmallIntegerField("点")
    comment = Line("理由", max_length=300, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "項目の点"
        constraints = [
            models.UniqueConstraint(
                fields=["sheet", "item"],
                name="scorepoint_once",
                violation_error_message="この項目の点は、もうあります。",
            ),
            models.CheckConstraint(
                name="scorepoint_in_range",
                condition=Q(points__lte=100),
                violation_error_message="点は、0から配点までです。",
            ),
        ]

    def __str__(self) -> str:
        return str(self.points)


class ThemeOpinion(Record):
    """What the municipality of the theme thinks of a proposal: words, no score."""

    privacy: ClassVar[Privacy] = Privacy(fields=("written_by",), retention="5y", purpose=PURPOSE)

    proposal = models.OneToOneField(
        "grants.Proposal", on_delete=models.PROTECT, verbose_name="企画提案", related_name="opinion"
    )
    text = Text("意見", max_length=2000)
    written_at = models.DateTimeField("書いた日時", default=clock.now)
    written_by = person("書いた人")

    class Meta:
        verbose_name = verbose_name_plural = "市町村の意見"

    def __str__(self) -> str:
        return self.text[:40]
