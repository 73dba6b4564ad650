"""The joint work of a contract: minutes of what prefecture, municipality and contractor settled, with who was there."""

from typing import ClassVar

from django.db import models

from grants.contracts.enums import JointSide
from portal.kernel import clock
from portal.kernel.fields import Line, Text
from portal.kernel.models import Record
from portal.kernel.privacy import Privacy

from .applications import person
from .commission_contracts import PURPOSE, Contract


class JointMeeting(Record):
    """The minutes of one meeting. Written once by any side; a mistake is put right in the next."""

    privacy: ClassVar[Privacy] = Privacy(fields=("written_by",), retention="5y", purpose=PURPOSE)

    contract = models.ForeignKey(
        Contract, on_delete=models.PROTECT, verbose_name="契約", related_name="meetings"
    )
    held_on = models.DateField("日")
    place = Line("場所", max_length=120, blank=True)
    topics = Text("話し合ったこと", max_length=3000)
    settled = Text("決めたこと", max_length=2000, blank=True)
    written_by = person("書いた人")
    written_at = models.DateTimeField("書いた日時", default=clock.now)

    class Meta:
        verbose_name = verbose_name_plural = "協議の記録"
        ordering = ["held_on", "created_at", "id"]
        indexes = [models.Index(fields=["contract", "held_on"], name="jointmeeting_of_contract")]

    def __str__(self) -> str:
        return f"{self.held_on:%Y-%m-%d}の協議"


class JointAttendance(Record):
    """One person who was there, for one side."""

    privacy: ClassVar[Privacy] = Privacy(fields=("name",), retention="5y", purpose=PURPOSE)

    meeting = models.ForeignKey(
        JointMeeting, on_delete=models.CASCADE, verbose_name="協議", related_name="attendance"
    )
    position = models.PositiveSmallIntegerField("番号")
    side = models.CharField("側", max_length=12, choices=JointSide)
    name = Line("職と氏名", max_length=80)

    class Meta:
        verbose_name = verbose_name_plural = "協議の出席者"
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "position"],
                name="jointattendance_position_once",
                violation_error_message="同じ番号の出席者が、もうあります。",
            )
        ]

    def __str__(self) -> str:
        return self.name
