"""資格審査 of menu ④: what an officer found of each point of a proposal."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from grants.enums import Verdict
from portal.kernel import clock
from portal.kernel.fields import Line
from portal.kernel.models import Record
from portal.kernel.privacy import Privacy

from .applications import person
from .commission_proposals import PURPOSE, Proposal


class QualificationAnswer(Record):
    """What an officer found of one point of the qualification. 否 names what does not fit."""

    privacy: ClassVar[Privacy] = Privacy(fields=("answered_by",), retention="5y", purpose=PURPOSE)

    proposal = models.ForeignKey(
        Proposal, on_delete=models.PROTECT, verbose_name="企画提案", related_name="qualifications"
    )
    key = models.CharField("項目", max_length=20)
    verdict = models.CharField("判定", max_length=6, choices=Verdict)
    note = Line("気づいたこと", max_length=200, blank=True)
    answered_by = person("答えた人")
    answered_at = models.DateTimeField("答えた日時", default=clock.now)

    class Meta:
        verbose_name = verbose_name_plural = "資格の判定"
        constraints = [
            models.UniqueConstraint(
                fields=["proposal", "key"],
                name="qualificationanswer_once",
                violation_error_message="この項目は、もう答えられています。",
            ),
            models.CheckConstraint(
                name="qualificationanswer_unfit_says_why",
                condition=~Q(verdict=Verdict.UNFIT) | ~Q(note=""),
                violation_error_message="「否」には、何が合わないかを書いてください。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.key} {self.get_verdict_display()}"
