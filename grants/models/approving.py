"""決裁: what an office decides, by whom and when. One part for every table of the grants."""

from typing import TYPE_CHECKING, ClassVar

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from grants.enums import Keeping
from grants.enums.approving import ApprovalState, Matter, StepKind
from portal.accounts.enums import Role
from portal.kernel import clock
from portal.kernel.fields import Line, Text
from portal.kernel.models import Record
from portal.kernel.privacy import Privacy

from .applications import person
from .one_of import one_of

if TYPE_CHECKING:
    from portal.kernel.models import StoredFile

PURPOSE = "決裁の経過を残し、決定の責任を示すため"
TARGETS = ("application", "dispatch", "contract", "workshop", "disposal")
# the kinds of case that can be decided: one nullable column each, exactly one is filled


class Approval(Record):
    """The 決裁 of one matter of one case, from the draft (起案) to the last signature.

    `keeping` and `numbering` are those of the menu on the day it was drafted. `title` is what the case was called then.
    `decided_on` is the 決裁日, `effective_on` the 施行日 and `document_number` the 文書番号 of the letter. Kept outside, an
    officer records what the office's own system says and files its PDF; kept here, the steps are signed in their order.
    """

    privacy: ClassVar[Privacy] = Privacy(
        fields=("drafted_by", "signed_by", "sent_back_by", "approver_name", "note"),
        retention="5y",
        purpose=PURPOSE,
    )

    menu = models.ForeignKey(
        "grants.Menu", on_delete=models.PROTECT, verbose_name="メニュー", related_name="approvals"
    )
    application = models.ForeignKey(
        "grants.Application", on_delete=models.PROTECT, verbose_name="申請", related_name="approvals", null=True,
        blank=True,
    )  # fmt: skip
    dispatch = models.ForeignKey(
        "grants.Dispatch", on_delete=models.PROTECT, verbose_name="派遣", related_name="approvals", null=True,
        blank=True,
    )  # fmt: skip
    contract = models.ForeignKey(
        "grants.Contract", on_delete=models.PROTECT, verbose_name="契約", related_name="approvals", null=True,
        blank=True,
    )  # fmt: skip
    workshop = models.ForeignKey(
        "grants.Workshop", on_delete=models.PROTECT, verbose_name="ワークショップ", related_name="approvals", null=True,
        blank=True,
    )  # fmt: skip
    disposal = models.ForeignKey(
        "grants.Disposal", on_delete=models.PROTECT, verbose_name="財産処分", related_name="approvals", null=True,
        blank=True,
    )  # fmt: skip
    matter = models.CharField("決裁の内容", max_length=12, choices=Matter)
    title = Line("件名", max_length=120)
    keeping = models.CharField("決裁のありか", max_length=10, choices=Keeping)
    numbering = models.CharField("文書番号のありか", max_length=10, choices=Keeping)
    note = Text("伺い", max_length=1000, blank=True)
    drafted_by = person("起案者")
    drafted_at = models.DateTimeField("起案した日時", default=clock.now)
    state = models.CharField("状態", max_length=10, choices=ApprovalState, default=ApprovalState.DRAFTED)
    record_number = Line("起案番号", max_length=40, blank=True)
    decided_on = models.DateField("決裁日", null=True, blank=True)
    approver_title = Line("決裁権者の職", max_length=60, blank=True)
    approver_name = Line("決裁権者の氏名", max_length=60, blank=True)
    paper = models.OneToOneField(
        "kernel.StoredFile",
        on_delete=models.PROTECT,
        verbose_name="決裁済みの文書",
        related_name="+",
        null=True,
        blank=True,
    )
    batch = models.ForeignKey(
        "grants.LetterBatch",
        on_delete=models.PROTECT,
        verbose_name="通知書の一括",
        related_name="approvals",
        null=True,
        blank=True,
    )
    document_number = Line("文書番号", max_length=60, blank=True)
    effective_on = models.DateField("施行日", null=True, blank=True)
    signed_at = models.DateTimeField("決裁が済んだ日時", null=True, blank=True)
    signed_by = person("決裁を記録した人")
    sent_back_at = models.DateTimeField("差し戻した日時", null=True, blank=True)
    sent_back_by = person("差し戻した人")
    dropped_at = models.DateTimeField("取りやめた日時", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "決裁"
        ordering = ["drafted_at", "id"]
        constraints = [
            models.CheckConstraint(
                name="approval_one_target",
                condition=one_of(TARGETS),
                violation_error_message="決裁は、一つの案件についてのものです。",
            ),
            *(
                models.UniqueConstraint(
                    fields=[name],
                    condition=Q(state=ApprovalState.DRAFTED),
                    name=f"approval_one_open_{name}",
                    violation_error_message="この案件は、もう起案されています。",
                )
                for name in TARGETS
            ),
            models.CheckConstraint(
                name="approval_signed_iff_dated",
                condition=Q(
                    ~Q(document_number=""),
                    state=ApprovalState.SIGNED,
                    signed_at__isnull=False,
                    decided_on__isnull=False,
                    effective_on__isnull=False,
                )
                | Q(
                    ~Q(state=ApprovalState.SIGNED),
                    signed_at__isnull=True,
                    decided_on__isnull=True,
                    effective_on__isnull=True,
                ),
                violation_error_message="決裁日・施行日・文書番号は、決裁が済んだものだけが持ちます。",
            ),
            models.CheckConstraint(
                name="approval_dates_in_order",
                condition=Q(effective_on__isnull=True) | Q(effective_on__gte=F("decided_on")),
                violation_error_message="施行日は、決裁日と同じ日か、それより後にしてください。",
            ),
            models.CheckConstraint(
                name="approval_external_is_evidenced",
                condition=Q(keeping=Keeping.PORTAL, paper__isnull=True)
                | Q(~Q(state=ApprovalState.SIGNED), keeping=Keeping.EXTERNAL)
                | (
                    (Q(paper__isnull=False) | Q(batch__isnull=False))
                    & Q(keeping=Keeping.EXTERNAL)
                    & ~Q(record_number="")
                    & ~Q(approver_title="")
                    & ~Q(approver_name="")
                ),
                violation_error_message="庁内の決裁を記録するには、起案番号・決裁権者・決裁済みの文書が要ります。",
            ),
            models.CheckConstraint(
                name="approval_sent_back_iff_stamped",
                condition=Q(state=ApprovalState.SENT_BACK, sent_back_at__isnull=False)
                | (~Q(state=ApprovalState.SENT_BACK) & Q(sent_back_at__isnull=True)),
                violation_error_message="差し戻した日時は、差し戻したものだけが持ちます。",
            ),
            models.CheckConstraint(
                name="approval_dropped_iff_stamped",
                condition=Q(state=ApprovalState.DROPPED, dropped_at__isnull=False)
                | (~Q(state=ApprovalState.DROPPED) & Q(dropped_at__isnull=True)),
                violation_error_message="取りやめた日時は、取りやめたものだけが持ちます。",
            ),
        ]
        indexes = [
            models.Index(
                fields=["drafted_at", "id"],
                name="approval_waiting",
                condition=Q(state=ApprovalState.DRAFTED),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_matter_display()} {self.title}"

    def get_absolute_url(self) -> str:
        """The page where it is signed, recorded or sent back."""
        return reverse("grants:approval_detail", args=[self.pk])

    @property
    def target_name(self) -> str:
        """Which of TARGETS the case is."""
        return next(name for name in TARGETS if getattr(self, f"{name}_id") is not None)

    @property
    def evidence(self) -> "StoredFile | None":
        """The office's own 決裁済みの文書: its own, or that of its batch."""
        return self.paper or (self.batch.paper if self.batch else None)

    @property
    def is_external(self) -> bool:
        return self.keeping == Keeping.EXTERNAL

    @property
    def is_open(self) -> bool:
        return self.state == ApprovalState.DRAFTED

    @property
    def takes_number(self) -> bool:
        """Whether the 文書番号 is typed in; otherwise the portal gives the next one."""
        return self.numbering == Keeping.EXTERNAL


class ApprovalStep(Record):
    """One signature of a 決裁 kept here, in order. `deputised`: 代決, and the holder of the role owes the 後閲.

    `section`: the 部署 whose signature it is (合議 by 財政課); without one it is that of the line.
    """

    privacy: ClassVar[Privacy] = Privacy(fields=("signed_by", "seen_by"), retention="5y", purpose=PURPOSE)

    approval = models.ForeignKey(
        Approval, on_delete=models.PROTECT, verbose_name="決裁", related_name="steps"
    )
    position = models.PositiveSmallIntegerField("順")
    kind = models.CharField("種別", max_length=8, choices=StepKind, default=StepKind.APPROVE)
    role = models.CharField("役職", max_length=30, choices=Role)
    section = models.ForeignKey(
        "areas.Section",
        on_delete=models.PROTECT,
        verbose_name="部署",
        related_name="+",
        null=True,
        blank=True,
    )
    title = Line("職", max_length=60)
    signed_at = models.DateTimeField("押した日時", null=True, blank=True)
    signed_by = person("押した人")
    deputised = models.BooleanField("代決", default=False)
    seen_at = models.DateTimeField("後閲した日時", null=True, blank=True)
    seen_by = person("後閲した人")

    class Meta:
        verbose_name = verbose_name_plural = "決裁の順"
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(
                fields=["approval", "position"],
                name="approvalstep_position_once",
                violation_error_message="同じ順の決裁が、もうあります。",
            ),
            models.UniqueConstraint(
                fields=["approval", "signed_by"],
                name="approvalstep_one_signature_each",
                violation_error_message="一つの決裁で、同じ人が二つの順を押すことはできません。",
            ),
            models.CheckConstraint(
                name="approvalstep_signed_iff_stamped",
                condition=Q(signed_at__isnull=True, signed_by__isnull=True, deputised=False)
                | Q(signed_at__isnull=False, signed_by__isnull=False),
                violation_error_message="押した人と日時は、いつもいっしょに記録します。",
            ),
            models.CheckConstraint(
                name="approvalstep_seen_only_deputised",
                condition=Q(seen_at__isnull=True, seen_by__isnull=True)
                | Q(deputised=True, seen_at__isnull=False, seen_by__isnull=False),
                violation_error_message="後閲は、代決したものにだけ記録します。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.position} {self.title}"

    @property
    def place(self) -> str:
        """「財政課 財政課長」, without a 部署 「総務部長」."""
        return f"{self.section.name} {self.title}" if self.section else self.title

    @property
    def is_signed(self) -> bool:
        return self.signed_at is not None

    @property
    def owes_view(self) -> bool:
        """後閲 is still owed."""
        return self.deputised and self.seen_at is None
