"""状況報告: how a decided project stands on a day; it moves no state."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from grants.enums import YEN_MAX
from grants.enums.approving import Outlook
from portal.kernel import clock
from portal.kernel.fields import Line, Text
from portal.kernel.models import Record
from portal.kernel.privacy import Privacy

from .applications import Application, person


class StatusReport(Record):
    """The `number`th report of the municipality on how its project stands. `spent_yen`: paid out until `stood_on`, in yen."""

    privacy: ClassVar[Privacy] = Privacy(
        fields=("content", "filed_by"),
        retention="5y",
        purpose="補助事業が予定どおり進んでいるかを確かめるため",
    )

    application = models.ForeignKey(
        Application, on_delete=models.PROTECT, verbose_name="申請", related_name="status_reports"
    )
    number = models.PositiveSmallIntegerField("何回目の報告か")
    stood_on = models.DateField("いつの時点か")
    outlook = models.CharField("見通し", max_length=8, choices=Outlook)
    content = Text("進み具合", max_length=2000)
    spent_yen = models.PositiveBigIntegerField("支出した額(円)")
    own_number = Line("文書番号", max_length=40, blank=True)
    filed_at = models.DateTimeField("報告した日時", default=clock.now)
    filed_by = person("報告した人")

    class Meta:
        verbose_name = verbose_name_plural = "状況報告"
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(
                fields=["application", "number"],
                name="statusreport_number_once",
                violation_error_message="同じ回の状況報告が、もうあります。",
            ),
            models.CheckConstraint(
                name="statusreport_says_something",
                condition=~Q(content="") & Q(spent_yen__lte=YEN_MAX),
                violation_error_message="状況報告には、進み具合と、範囲内の額が要ります。",
            ),
        ]

    def __str__(self) -> str:
        return f"第{self.number}回の状況報告"
