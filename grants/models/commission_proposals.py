"""企画提案 of menu ④: who proposes, what, for how much, with which papers, and whether they qualify."""

from datetime import datetime
from typing import TYPE_CHECKING, Any, ClassVar

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from grants.commission.enums import JUDGED, FileKind, ProposalPart, ProposalState
from grants.enums import YEN_MAX
from portal.kernel.fields import Line, Text
from portal.kernel.models import Record
from portal.kernel.privacy import Privacy

from .applications import person
from .kept import Kept
from .written import WrittenInParts

if TYPE_CHECKING:
    from .programmes import Menu

PURPOSE = "企画提案を受け付け、資格と内容を審査し、結果を知らせるため"
UNDECIDED = (
    ProposalState.DRAFT,
    ProposalState.SUBMITTED,
    ProposalState.QUALIFIED,
    ProposalState.DISQUALIFIED,
    ProposalState.SCORED,
)


class Proposal(Kept, WrittenInParts, Record):
    """One proposal. `state` is written by `commission.workflow.PROPOSAL` only; submitted, its content stays as it is.

    `price_yen` is what the prefecture would pay, `own_yen` what the proponent adds; together they are the cost lines.
    `tie_place`: the panel's own order between equals. `reserve_until`: until when a 次点 may take the place.
    `revision` rises with every save; `saved_parts` is of each section its revision, page and time at its last save.
    """

    privacy: ClassVar[Privacy] = Privacy(
        fields=(
            "representative",
            "contact_name",
            "contact_email",
            "contact_phone",
            "created_by",
            "submitted_by",
        ),
        retention="5y",
        purpose=PURPOSE,
    )

    call = models.ForeignKey(
        "grants.CommissionCall", on_delete=models.PROTECT, verbose_name="公募", related_name="proposals"
    )
    organisation = models.ForeignKey(
        "communities.Organisation", on_delete=models.PROTECT, verbose_name="提案する団体", related_name="+"
    )
    title = Line("企画の名称", max_length=120, blank=True)
    representative = Line("代表者の職と氏名", max_length=80, blank=True)
    contact_name = Line("担当者", max_length=60, blank=True)
    contact_email = models.EmailField("メールアドレス", blank=True)
    contact_phone = Line("電話番号", max_length=20, blank=True)
    summary = Text("概要", max_length=1000, blank=True)
    plan = Text("実施計画", max_length=4000, blank=True)
    team = Text("体制", max_length=2000, blank=True)
    record = Text("実績", max_length=2000, blank=True)
    price_yen = models.PositiveBigIntegerField("提案額(円・税込)", null=True, blank=True)
    own_yen = models.PositiveBigIntegerField("自己負担など(円)", default=0)
    oath = models.BooleanField("誓約", default=False)
    revision = models.PositiveIntegerField("版", default=0)
    state = models.CharField("状態", max_length=12, choices=ProposalState, default=ProposalState.DRAFT)
    created_by = person("作った人")
    submitted_at = models.DateTimeField("提出日時", null=True, blank=True)
    submitted_by = person("提出した人")
    judged_at = models.DateTimeField("資格審査の日時", null=True, blank=True)
    judged_by = person("資格審査をした人")
    scored_at = models.DateTimeField("採点がそろった日時", null=True, blank=True)
    tie_place = models.PositiveSmallIntegerField("合議で決めた順", null=True, blank=True)
    place = models.PositiveSmallIntegerField("順位", null=True, blank=True)
    decided_at = models.DateTimeField("結果の日時", null=True, blank=True)
    reserve_until = models.DateTimeField("次点の返事の期限", null=True, blank=True)
    withdrawn_at = models.DateTimeField("取り下げた日時", null=True, blank=True)
    withdrawn_by = person("取り下げた人")

    class Meta:
        verbose_name = verbose_name_plural = "企画提案"
        constraints = [
            models.UniqueConstraint(
                fields=["call", "organisation", "created_by"],
                condition=Q(submitted_at__isnull=False) & ~Q(state=ProposalState.WITHDRAWN),
                name="proposal_one_of_a_person",
                violation_error_message="この団体の企画提案は、もう提出しています。",
            ),
            models.UniqueConstraint(
                fields=["call", "organisation"],
                condition=Q(state__in=sorted(JUDGED)),
                name="proposal_one_qualified",
                violation_error_message="この団体の企画提案は、もう一つが資格ありになっています。",
            ),
            models.CheckConstraint(
                name="proposal_submitted_iff_left_draft",
                condition=Q(state=ProposalState.DRAFT, submitted_at__isnull=True)
                | Q(state=ProposalState.WITHDRAWN)
                | (
                    ~Q(state__in=[ProposalState.DRAFT, ProposalState.WITHDRAWN])
                    & Q(submitted_at__isnull=False, price_yen__gt=0, oath=True)
                    & ~Q(title="")
                ),
                violation_error_message="提出した企画提案には、名称、提案額、誓約が要ります。",
            ),
            models.CheckConstraint(
                name="proposal_decided_iff_stamped",
                condition=Q(state__in=UNDECIDED, decided_at__isnull=True)
                | Q(state=ProposalState.WITHDRAWN)
                | (~Q(state__in=[*UNDECIDED, ProposalState.WITHDRAWN]) & Q(decided_at__isnull=False)),
                violation_error_message="結果の日時は、結果の出た企画提案だけが持ちます。",
            ),
            models.CheckConstraint(
                name="proposal_withdrawn_iff_stamped",
                condition=Q(state=ProposalState.WITHDRAWN, withdrawn_at__isnull=False)
                | (~Q(state=ProposalState.WITHDRAWN) & Q(withdrawn_at__isnull=True)),
                violation_error_message="取り下げた日時は、取り下げた企画提案だけが持ちます。",
            ),
            models.CheckConstraint(
                name="proposal_clock_only_in_reserve",
                condition=Q(reserve_until__isnull=True) | Q(state=ProposalState.RESERVE),
                violation_error_message="返事の期限は、次点だけが持ちます。",
            ),
            models.CheckConstraint(
                name="proposal_yen_in_range",
                condition=(Q(price_yen__isnull=True) | Q(price_yen__lte=YEN_MAX)) & Q(own_yen__lte=YEN_MAX),
                violation_error_message="金額が、入力できる範囲の外です。",
            ),
        ]
        indexes = [
            models.Index(fields=["created_by", "-created_at", "-id"], name="proposal_of_person"),
            models.Index(fields=["call", "submitted_at", "id"], name="proposal_of_call"),
        ]

    def __str__(self) -> str:
        return self.title or "(名称未入力)"

    def get_absolute_url(self) -> str:
        """The proponent's page."""
        return reverse("grants:proposal_detail", args=[self.pk])

    def get_edit_url(self, part: str = ProposalPart.WORDS) -> str:
        return reverse("grants:proposal_edit", args=[self.pk, part])

    def get_staff_url(self) -> str:
        """The page of officers, the secretariat and the theme's municipality."""
        return reverse("grants:staff_proposal", args=[self.pk])

    def get_judge_url(self) -> str:
        return reverse("grants:staff_proposal_judge", args=[self.pk])

    def get_contract_url(self) -> str:
        """Where an officer begins the contract."""
        return reverse("grants:staff_contract_new", args=[self.pk])

    def get_opinion_url(self) -> str:
        return reverse("grants:staff_opinion", args=[self.pk])

    def get_withdraw_url(self) -> str:
        return reverse("grants:proposal_withdraw", args=[self.pk])

    def get_part_url(self, part: str) -> str:
        """Where what was set aside of a section is written."""
        return self.get_edit_url(part)

    def get_take_up_url(self) -> str:
        return reverse("grants:proposal_take_up", args=[self.pk])

    @property
    def menu(self) -> "Menu":
        """The menu ④ under which its theme was called."""
        found: Menu = self.call.theme.menu
        return found

    @property
    def municipality(self) -> Any:
        """The municipality whose theme it answers."""
        return self.call.theme.municipality

    @property
    def is_draft(self) -> bool:
        return self.state == ProposalState.DRAFT

    @property
    def is_withdrawable(self) -> bool:
        return self.state not in {
            ProposalState.DISQUALIFIED,
            ProposalState.NOT_ADOPTED,
            ProposalState.WITHDRAWN,
        }

    @property
    def papers(self) -> list["ProposalFile"]:
        """The papers that were not taken out, oldest first; from what was prefetched, if it was."""
        return [row for row in self.files.all() if row.removed_at is None]

    def may_take_up(self, at: datetime) -> bool:
        """Whether the 次点 may take the place of the adopted one at `at`."""
        return self.reserve_until is not None and at < self.reserve_until


class ConsortiumPartner(Record):
    """One further body of a consortium; the proposing organisation is the 幹事."""

    proposal = models.ForeignKey(
        Proposal, on_delete=models.CASCADE, verbose_name="企画提案", related_name="partners"
    )
    position = models.PositiveSmallIntegerField("番号")
    name = Line("団体の名前", max_length=120)
    role = Line("受け持つこと", max_length=200)
    name_key = models.CharField("照合用の名前", max_length=240, editable=False)

    class Meta:
        verbose_name = verbose_name_plural = "共同で行う団体"
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(
                fields=["proposal", "name_key"],
                name="consortiumpartner_once",
                violation_error_message="同じ名前の団体が、もうあります。",
            )
        ]

    def __str__(self) -> str:
        return self.name


class ProposalLine(Record):
    """One line of the 経費内訳, in yen with tax."""

    proposal = models.ForeignKey(
        Proposal, on_delete=models.CASCADE, verbose_name="企画提案", related_name="lines"
    )
    position = models.PositiveSmallIntegerField("番号")
    label = Line("費目と内容", max_length=120)
    amount_yen = models.PositiveBigIntegerField("金額(円)")

    class Meta:
        verbose_name = verbose_name_plural = "経費の内訳"
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(
                fields=["proposal", "position"],
                name="proposalline_position_once",
                violation_error_message="同じ番号の行が、もうあります。",
            ),
            models.CheckConstraint(
                name="proposalline_amount_in_range",
                condition=Q(amount_yen__gt=0, amount_yen__lte=YEN_MAX),
                violation_error_message="金額が、入力できる範囲の外です。",
            ),
        ]

    def __str__(self) -> str:
        return self.label


class ProposalFile(Record):
    """A paper of a proposal. Taken out of a draft, it stays stored."""

    privacy: ClassVar[Privacy] = Privacy(fields=("added_by",), retention="5y", purpose=PURPOSE)

    proposal = models.ForeignKey(
        Proposal, on_delete=models.PROTECT, verbose_name="企画提案", related_name="files"
    )
    kind = models.CharField("書類", max_length=12, choices=FileKind)
    file = models.OneToOneField(
        "kernel.StoredFile", on_delete=models.PROTECT, verbose_name="ファイル", related_name="+"
    )
    added_by = person("添付した人")
    removed_at = models.DateTimeField("外した日時", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "企画提案の書類"
        ordering = ["created_at", "id"]
        constraints = [
            models.CheckConstraint(
                name="proposalfile_removed_after_added",
                condition=Q(removed_at__isnull=True) | Q(removed_at__gte=F("created_at")),
                violation_error_message="外した日時は、添付した日時より後です。",
            )
        ]
        indexes = [models.Index(fields=["proposal", "created_at"], name="proposalfile_of_proposal")]

    def __str__(self) -> str:
        return self.get_kind_display()

    def get_absolute_url(self) -> str:
        return reverse("grants:proposal_file", args=[self.proposal_id, self.pk])

    def get_remove_url(self) -> str:
        return reverse("grants:proposal_file_remove", args=[self.proposal_id, self.pk])
