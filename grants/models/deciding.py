"""The decision of an application: what was computed, what is granted, or why nothing is."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from grants.enums.approving import Outcome
from portal.kernel.fields import Text
from portal.kernel.models import Record
from portal.kernel.privacy import Privacy

from .approving import Approval


class Decision(Record):
    """One drafted decision of an application; it counts while its 決裁 is open or signed. Whole yen, of thousands.

    `computed_yen` is the most the terms allowed when it was drafted (share, cap left, amount applied for); `note` says
    why less is granted, `reason` why nothing is (printed on the letter), `stage_reason` why a コミプラ at another stage than
    the type is meant for is accepted. `conditions`: those of this file alone, one a line, after the menu's on the letter.
    """

    privacy: ClassVar[Privacy] = Privacy(
        fields=("note", "reason", "stage_reason", "conditions"),
        retention="5y",
        purpose="補助金の交付を決め、結果と理由を知らせるため",
    )

    approval = models.OneToOneField(
        Approval, on_delete=models.PROTECT, verbose_name="決裁", related_name="decision"
    )
    application = models.ForeignKey(
        "grants.Application", on_delete=models.PROTECT, verbose_name="申請", related_name="decisions"
    )
    outcome = models.CharField("結果", max_length=8, choices=Outcome)
    computed_yen = models.PositiveBigIntegerField("計算した額(円)", null=True, blank=True)
    amount_yen = models.PositiveBigIntegerField("交付決定額(円)", null=True, blank=True)
    note = Text("減らした理由", max_length=1000, blank=True)
    reason = Text("不交付の理由", max_length=1000, blank=True)
    stage_reason = Text("型と段階が合わなくても認める理由", max_length=1000, blank=True)
    conditions = Text("この申請だけに付ける条件", max_length=2000, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "交付の決定"
        ordering = ["created_at", "id"]
        constraints = [
            models.CheckConstraint(
                name="decision_amount_iff_granted",
                condition=Q(
                    outcome=Outcome.GRANT,
                    computed_yen__isnull=False,
                    amount_yen__isnull=False,
                    amount_yen__gt=0,
                )
                | Q(outcome=Outcome.REJECT, computed_yen__isnull=True, amount_yen__isnull=True),
                violation_error_message="交付決定額は、交付のときだけ入ります。",
            ),
            models.CheckConstraint(
                name="decision_within_computed",
                condition=Q(amount_yen__isnull=True) | Q(amount_yen__lte=F("computed_yen")),
                violation_error_message="交付決定額は、計算した額を超えられません。",
            ),
            models.CheckConstraint(
                name="decision_less_says_why",
                condition=Q(amount_yen__isnull=True) | Q(amount_yen=F("computed_yen")) | ~Q(note=""),
                violation_error_message="計算した額より減らすときは、理由を書いてください。",
            ),
            models.CheckConstraint(
                name="decision_rejection_says_why",
                condition=(Q(outcome=Outcome.REJECT) & ~Q(reason="")) | Q(outcome=Outcome.GRANT, reason=""),
                violation_error_message="不交付には、理由を書いてください。",
            ),
            models.CheckConstraint(
                name="decision_conditions_of_grant",
                condition=Q(outcome=Outcome.GRANT) | Q(conditions=""),
                violation_error_message="条件を付けられるのは、交付の決定だけです。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_outcome_display()} {self.amount_yen or ''}".strip()

    @property
    def own_conditions(self) -> list[str]:
        """The conditions of this file alone, in order."""
        return [line.strip() for line in self.conditions.splitlines() if line.strip()]

    @property
    def is_grant(self) -> bool:
        return self.outcome == Outcome.GRANT
