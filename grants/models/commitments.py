"""支出負担行為: what a decision charges to a 科目, from the draft on."""

from django.db import models
from django.db.models import Q

from grants.enums import YEN_MAX
from portal.kernel.fields import Line
from portal.kernel.models import Record

from .agency import AgencyContract
from .approving import Approval
from .budget_lines import BudgetLine


class Commitment(Record):
    """The charge of one 決裁, or of the contract of a 委託先, to one 科目. Without `number` it is planned; with it, 支出負担行為 was made on `made_on`.

    A released one (sent back, withdrawn) stays as a record and counts nothing. Whoever writes one has locked its line.
    """

    approval = models.OneToOneField(
        Approval,
        on_delete=models.PROTECT,
        verbose_name="決裁",
        related_name="commitment",
        null=True,
        blank=True,
    )
    agency = models.OneToOneField(
        AgencyContract,
        on_delete=models.PROTECT,
        verbose_name="委託先の契約",
        related_name="commitment",
        null=True,
        blank=True,
    )
    line = models.ForeignKey(
        BudgetLine, on_delete=models.PROTECT, verbose_name="科目", related_name="commitments"
    )
    amount_yen = models.PositiveBigIntegerField("額(円)")
    number = Line("支出負担行為の番号", max_length=40, blank=True)
    made_on = models.DateField("支出負担行為の日", null=True, blank=True)
    released_at = models.DateTimeField("外した日時", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "支出負担行為"
        ordering = ["created_at", "id"]
        constraints = [
            models.CheckConstraint(
                name="commitment_one_source",
                condition=Q(approval__isnull=False, agency__isnull=True)
                | Q(approval__isnull=True, agency__isnull=False),
                violation_error_message="支出負担行為は、一つの決裁か、一つの契約についてのものです。",
            ),
            models.CheckConstraint(
                name="commitment_numbered_iff_made",
                condition=Q(number="", made_on__isnull=True) | (~Q(number="") & Q(made_on__isnull=False)),
                violation_error_message="支出負担行為の番号と日は、いつもいっしょに記録します。",
            ),
            models.CheckConstraint(
                name="commitment_in_range",
                condition=Q(amount_yen__gt=0, amount_yen__lte=YEN_MAX),
                violation_error_message="支出負担行為の額が、入力できる範囲の外です。",
            ),
        ]
        indexes = [
            models.Index(fields=["line"], name="commitment_live", condition=Q(released_at__isnull=True)),
        ]

    def __str__(self) -> str:
        return f"{self.number or '予定'} {self.amount_yen}"
