"""業務委託契約 of menu ④: the negotiation, the contract, its reports, the inspection, the invoice."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from grants.contracts.enums import INSPECTED_ON, UNSIGNED, ContractFileKind, ContractState
from grants.enums import YEN_MAX
from portal.kernel.fields import Line, Text
from portal.kernel.models import Record
from portal.kernel.privacy import Privacy

from .applications import person

PURPOSE = "業務の委託契約を結び、履行を確かめ、委託料を支払うため"


class Contract(Record):
    """The contract about one adopted proposal. `state` is written by `commission.workflow.CONTRACT` only.

    `estimated_yen` (予定価格) and `ground` with `reason` (随意契約の理由) are the government's own and never shown to the
    contractor. `price_yen` is the contractor's 見積額 with tax, and, once signed, the price. `office` is the regional
    office that looks after the municipality of the theme.
    """

    privacy: ClassVar[Privacy] = Privacy(
        fields=("created_by", "quoted_by", "started_by", "completed_by", "inspected_by", "invoiced_by", "closed_by"),
        retention="5y",
        purpose=PURPOSE,
    )  # fmt: skip

    proposal = models.OneToOneField(
        "grants.Proposal", on_delete=models.PROTECT, verbose_name="企画提案", related_name="contract"
    )
    office = models.ForeignKey(
        "areas.Section", on_delete=models.PROTECT, verbose_name="担当の振興局", related_name="+"
    )
    title = Line("業務の名称", max_length=120)
    ground = Line("随意契約の根拠", max_length=120, blank=True)
    reason = Text("随意契約の理由", max_length=1000, blank=True)
    estimated_yen = models.PositiveBigIntegerField("予定価格(円・税込)", null=True, blank=True)
    deposit_exempt = models.BooleanField("契約保証金を免除する", default=False)
    deposit_reason = Line("契約保証金を免除する理由", max_length=200, blank=True)
    starts_on = models.DateField("履行期間の始まり", null=True, blank=True)
    ends_on = models.DateField("履行期間の終わり", null=True, blank=True)
    price_yen = models.PositiveBigIntegerField("見積額・契約金額(円・税込)", null=True, blank=True)
    quoted_at = models.DateTimeField("見積りの日時", null=True, blank=True)
    quoted_by = person("見積りを出した人")
    revision = models.PositiveIntegerField("版", default=0)
    state = models.CharField("状態", max_length=12, choices=ContractState, default=ContractState.NEGOTIATING)
    created_by = person("協議を始めた人")
    signed_at = models.DateTimeField("契約を記録した日時", null=True, blank=True)
    signed_on = models.DateField("契約日", null=True, blank=True)
    started_at = models.DateTimeField("着手届の日時", null=True, blank=True)
    started_by = person("着手を届け出た人")
    started_on = models.DateField("着手日", null=True, blank=True)
    interim_at = models.DateTimeField("中間報告の日時", null=True, blank=True)
    interim = Text("中間報告", max_length=3000, blank=True)
    completed_at = models.DateTimeField("完了届の日時", null=True, blank=True)
    completed_by = person("完了を届け出た人")
    completed_on = models.DateField("完了日", null=True, blank=True)
    outcome = Text("実績報告", max_length=4000, blank=True)
    inspected_at = models.DateTimeField("検査を記録した日時", null=True, blank=True)
    inspected_by = person("検査した人")
    inspected_on = models.DateField("検査日", null=True, blank=True)
    findings = Text("検査の所見", max_length=1000, blank=True)
    invoiced_at = models.DateTimeField("請求の日時", null=True, blank=True)
    invoiced_by = person("請求した人")
    paid_at = models.DateTimeField("支払いを記録した日時", null=True, blank=True)
    closed_at = models.DateTimeField("終了した日時", null=True, blank=True)
    closed_by = person("終了した人")
    terminated_at = models.DateTimeField("打ち切った日時", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "業務委託契約"
        constraints = [
            models.CheckConstraint(
                name="contract_signed_complete",
                condition=Q(state__in=[*UNSIGNED, ContractState.TERMINATED])
                | (
                    Q(
                        signed_on__isnull=False,
                        signed_at__isnull=False,
                        price_yen__gt=0,
                        estimated_yen__gte=F("price_yen"),
                        starts_on__isnull=False,
                        ends_on__gte=F("starts_on"),
                    )
                    & ~Q(reason="")
                ),
                violation_error_message="契約には、随意契約の理由、予定価格の内の見積額、履行期間が要ります。",
            ),
            models.CheckConstraint(
                name="contract_unsigned_has_no_day",
                condition=~Q(state__in=UNSIGNED) | Q(signed_on__isnull=True, signed_at__isnull=True),
                violation_error_message="契約日は、結んだ契約だけが持ちます。",
            ),
            models.CheckConstraint(
                name="contract_inspected_in_order",
                condition=Q(
                    state__in=INSPECTED_ON,
                    completed_on__isnull=False,
                    inspected_on__gte=F("completed_on"),
                    inspected_at__isnull=False,
                )
                | (~Q(state__in=INSPECTED_ON) & Q(inspected_on__isnull=True, inspected_at__isnull=True)),
                violation_error_message="検査日は、完了日より後の、検査に合格した契約だけが持ちます。",
            ),
            models.CheckConstraint(
                name="contract_completed_in_time",
                condition=Q(completed_on__isnull=True)
                | Q(completed_on__gte=F("started_on"), completed_on__lte=F("ends_on")),
                violation_error_message="完了日は、着手日から履行期間の終わりまでの日です。",
            ),
            models.CheckConstraint(
                name="contract_terminated_iff_stamped",
                condition=Q(state=ContractState.TERMINATED, terminated_at__isnull=False)
                | (~Q(state=ContractState.TERMINATED) & Q(terminated_at__isnull=True)),
                violation_error_message="打ち切った日時は、打ち切った契約だけが持ちます。",
            ),
            models.CheckConstraint(
                name="contract_quoted_iff_price",
                condition=Q(price_yen__isnull=True, quoted_at__isnull=True)
                | Q(price_yen__range=(1, YEN_MAX), quoted_at__isnull=False),
                violation_error_message="見積りの日時は、見積額といっしょに記録します。",
            ),
            models.CheckConstraint(
                name="contract_deposit_exempt_says_why",
                condition=Q(deposit_exempt=False) | ~Q(deposit_reason=""),
                violation_error_message="契約保証金を免除するときは、理由が要ります。",
            ),
        ]
        indexes = [models.Index(fields=["-created_at", "-id"], name="contract_recent")]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """The contractor's page."""
        return reverse("grants:contract_detail", args=[self.pk])

    def get_act_url(self, act: str) -> str:
        return reverse("grants:contract_act", args=[self.pk, act])

    def get_staff_url(self) -> str:
        """The page of officers, the secretariat, the accountant and the theme's municipality."""
        return reverse("grants:staff_contract", args=[self.pk])

    def get_staff_act_url(self, act: str) -> str:
        return reverse("grants:staff_contract_act", args=[self.pk, act])

    def get_meeting_url(self) -> str:
        return reverse("grants:joint_meeting_new", args=[self.pk])

    @property
    def is_negotiating(self) -> bool:
        return self.state == ContractState.NEGOTIATING


class ContractFile(Record):
    """A paper of a contract. What was handed in stays."""

    privacy: ClassVar[Privacy] = Privacy(fields=("added_by",), retention="5y", purpose=PURPOSE)

    contract = models.ForeignKey(
        Contract, on_delete=models.PROTECT, verbose_name="契約", related_name="files"
    )
    kind = models.CharField("書類", max_length=12, choices=ContractFileKind)
    file = models.OneToOneField(
        "kernel.StoredFile", on_delete=models.PROTECT, verbose_name="ファイル", related_name="+"
    )
    added_by = person("提出した人")

    class Meta:
        verbose_name = verbose_name_plural = "契約の書類"
        ordering = ["created_at", "id"]
        indexes = [models.Index(fields=["contract", "created_at"], name="contractfile_of_contract")]

    def __str__(self) -> str:
        return self.get_kind_display()

    def get_absolute_url(self) -> str:
        return reverse("grants:contract_file", args=[self.contract_id, self.pk])
