"""廃止: what a municipality asks when it does not go on with a decided project, and how it was answered."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from grants.enums import YEN_MAX
from grants.stopping.enums import LIVE, StopKind, StopState
from portal.kernel import clock
from portal.kernel.fields import Line, Text
from portal.kernel.models import Record
from portal.kernel.privacy import Privacy

from .applications import Application, person
from .approving import Approval


class StopRequest(Record):
    """A decided project ends on `stops_on`. Asked for by the chief, answered by a 決裁. Whole yen.

    `spent_yen` are the eligible costs until then, `keep_yen` what of `before_yen` (the decision) may still be settled for
    them. `refusal` is the reason of a drafted refusal; `approval` the newest 決裁. `state` is written by
    `stopping.workflow.STOP` only.
    """

    privacy: ClassVar[Privacy] = Privacy(
        fields=("reason", "refusal", "requested_by", "declined_by", "taken_back_by"),
        retention="5y",
        purpose="補助事業の廃止を審査し、承認するため",
    )

    application = models.ForeignKey(
        Application, on_delete=models.PROTECT, verbose_name="申請", related_name="stop_requests"
    )
    kind = models.CharField("廃止の区分", max_length=9, choices=StopKind)
    reason = Text("廃止の理由", max_length=1000)
    stops_on = models.DateField("廃止の日")
    spent_yen = models.PositiveBigIntegerField("その日までの補助対象経費(円)")
    before_yen = models.PositiveBigIntegerField("廃止の前の交付決定額(円)")
    keep_yen = models.PositiveBigIntegerField("精算の見込額(円)")
    own_number = Line("文書番号", max_length=40, blank=True)
    state = models.CharField("状態", max_length=10, choices=StopState, default=StopState.REQUESTED)
    requested_at = models.DateTimeField("申請した日時", default=clock.now)
    requested_by = person("申請した人")
    approval = models.OneToOneField(
        Approval, on_delete=models.PROTECT, verbose_name="決裁", related_name="stop_request", null=True, blank=True
    )  # fmt: skip
    refusal = Text("承認しない理由", max_length=1000, blank=True)
    granted_at = models.DateTimeField("承認した日時", null=True, blank=True)
    declined_at = models.DateTimeField("承認しないことにした日時", null=True, blank=True)
    declined_by = person("承認しないことにした人")
    taken_back_at = models.DateTimeField("取り下げた日時", null=True, blank=True)
    taken_back_by = person("取り下げた人")

    class Meta:
        verbose_name = verbose_name_plural = "廃止の申請"
        ordering = ["requested_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["application"],
                condition=Q(state__in=LIVE),
                name="stoprequest_one_live",
                violation_error_message="この申請の廃止は、もう申請されているか、承認されています。",
            ),
            models.CheckConstraint(
                name="stoprequest_says_why",
                condition=~Q(reason=""),
                violation_error_message="廃止の理由を書いてください。",
            ),
            models.CheckConstraint(
                name="stoprequest_keeps_within_decision",
                condition=Q(keep_yen__lte=F("before_yen"), spent_yen__lte=YEN_MAX)
                & Q(keep_yen__lte=F("spent_yen")),
                violation_error_message="精算の見込額は、交付決定額と、その日までの補助対象経費までです。",
            ),
            models.CheckConstraint(
                name="stoprequest_granted_iff_stamped",
                condition=Q(state=StopState.GRANTED, granted_at__isnull=False, approval__isnull=False, refusal="")
                | (~Q(state=StopState.GRANTED) & Q(granted_at__isnull=True)),
                violation_error_message="承認した日時は、決裁が済んだ廃止が持ちます。",
            ),
            models.CheckConstraint(
                name="stoprequest_declined_iff_stamped",
                condition=Q(state=StopState.DECLINED, declined_at__isnull=False, approval__isnull=False)
                & ~Q(refusal="")
                | (~Q(state=StopState.DECLINED) & Q(declined_at__isnull=True)),
                violation_error_message="承認しない廃止には、理由のある決裁が要ります。",
            ),
            models.CheckConstraint(
                name="stoprequest_taken_back_iff_stamped",
                condition=Q(state=StopState.TAKEN_BACK, taken_back_at__isnull=False)
                | (~Q(state=StopState.TAKEN_BACK) & Q(taken_back_at__isnull=True)),
                violation_error_message="取り下げた日時は、取り下げた廃止だけが持ちます。",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.stops_on}"

    def get_absolute_url(self) -> str:
        return reverse("grants:stop", args=[self.application_id])
