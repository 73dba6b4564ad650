"""繰越し: what a municipality asks when its project cannot end in the year, and how it was answered."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from grants.carrying.enums import LIVE, CarryKind, CarryState
from portal.kernel import clock
from portal.kernel.fields import Line, Text
from portal.kernel.models import Record
from portal.kernel.privacy import Privacy

from .applications import Application, person
from .approving import Approval

ENDED = (CarryState.DECLINED, CarryState.TAKEN_BACK)


class CarryOver(Record):
    """A decided project goes on until `ends_on` of the next year instead of `before_on`. Asked for by the chief, granted by a 決裁.

    `authorised_on` is the 議決日 of 繰越明許費 or the 承認日 of 事故繰越し; `approval` the newest 決裁. `state` is written by
    `carrying.workflow.CARRY_OVER` only.
    """

    privacy: ClassVar[Privacy] = Privacy(
        fields=("reason", "requested_by", "declined_by", "taken_back_by"),
        retention="5y",
        purpose="補助事業の繰越しを審査し、承認するため",
    )

    application = models.ForeignKey(
        Application, on_delete=models.PROTECT, verbose_name="申請", related_name="carry_overs"
    )
    kind = models.CharField("種類", max_length=12, choices=CarryKind)
    reason = Text("繰越しの理由", max_length=1000)
    before_on = models.DateField("繰越し前の完了予定")
    ends_on = models.DateField("繰越し後の完了予定")
    own_number = Line("文書番号", max_length=40, blank=True)
    state = models.CharField("状態", max_length=10, choices=CarryState, default=CarryState.REQUESTED)
    requested_at = models.DateTimeField("申請した日時", default=clock.now)
    requested_by = person("申請した人")
    approval = models.OneToOneField(
        Approval,
        on_delete=models.PROTECT,
        verbose_name="決裁",
        related_name="carry_over",
        null=True,
        blank=True,
    )
    authorised_on = models.DateField("議決日・承認日", null=True, blank=True)
    granted_at = models.DateTimeField("承認した日時", null=True, blank=True)
    declined_at = models.DateTimeField("承認しないことにした日時", null=True, blank=True)
    declined_by = person("承認しないことにした人")
    taken_back_at = models.DateTimeField("取り下げた日時", null=True, blank=True)
    taken_back_by = person("取り下げた人")

    class Meta:
        verbose_name = verbose_name_plural = "繰越し"
        ordering = ["requested_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["application"],
                condition=Q(state__in=LIVE),
                name="carryover_one_live",
                violation_error_message="この申請の繰越しは、もう申請されているか、承認されています。",
            ),
            models.CheckConstraint(
                name="carryover_says_why_and_until",
                condition=~Q(reason="") & Q(ends_on__gt=F("before_on")),
                violation_error_message="繰越しには、理由と、いまより後の完了予定が要ります。",
            ),
            models.CheckConstraint(
                name="carryover_granted_iff_stamped",
                condition=Q(
                    state=CarryState.GRANTED,
                    granted_at__isnull=False,
                    approval__isnull=False,
                    authorised_on__isnull=False,
                )
                | (~Q(state=CarryState.GRANTED) & Q(granted_at__isnull=True)),
                violation_error_message="承認した日時は、議決日・承認日のある、決裁が済んだ繰越しが持ちます。",
            ),
            models.CheckConstraint(
                name="carryover_ended_iff_stamped",
                condition=Q(state=CarryState.DECLINED, declined_at__isnull=False, taken_back_at__isnull=True)
                | Q(state=CarryState.TAKEN_BACK, taken_back_at__isnull=False, declined_at__isnull=True)
                | (~Q(state__in=ENDED) & Q(declined_at__isnull=True, taken_back_at__isnull=True)),
                violation_error_message="終わった日時は、承認しないか取り下げた繰越しだけが持ちます。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.ends_on}"

    @property
    def day_label(self) -> str:
        """What `authorised_on` is called."""
        return "議決日" if self.kind == CarryKind.APPROPRIATED else "承認日"
