"""事前着手届: that a project begins before its grant is decided, and what the office found of it."""

from datetime import date
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.urls import reverse

from grants.early.enums import EarlyState
from portal.kernel import clock
from portal.kernel.fields import Line, Text
from portal.kernel.models import Record
from portal.kernel.privacy import Privacy

from .applications import Application, person


class EarlyStart(Record):
    """The one 事前着手届 of a file; refused, it may be filed anew. `answered_on` is the day of 受理 or 不受理, JST.

    Work before the 交付決定 is eligible only from `starts_on` of an accepted one (domain.md 3.1, step 5). `state` is
    written by `early.workflow.EARLY_START` only.
    """

    privacy: ClassVar[Privacy] = Privacy(
        fields=("reason", "refusal", "filed_by", "answered_by"),
        retention="5y",
        purpose="交付決定の前に始める事業を、受理するか決めるため",
    )

    application = models.OneToOneField(
        Application, on_delete=models.PROTECT, verbose_name="申請", related_name="early_start"
    )
    starts_on = models.DateField("着手する日")
    reason = Text("決定の前に着手する理由", max_length=1000)
    own_number = Line("文書番号", max_length=40, blank=True)
    state = models.CharField("状態", max_length=8, choices=EarlyState, default=EarlyState.FILED)
    number = models.PositiveSmallIntegerField("届出の回数", default=1)
    filed_at = models.DateTimeField("届け出た日時", default=clock.now)
    filed_by = person("届け出た人")
    answered_on = models.DateField("受理・不受理の日", null=True, blank=True)
    answered_by = person("受理・不受理を決めた人")
    refusal = Text("受理しない理由", max_length=1000, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "事前着手届"
        constraints = [
            models.CheckConstraint(
                name="earlystart_says_why",
                condition=~Q(reason=""),
                violation_error_message="決定の前に着手する理由を書いてください。",
            ),
            models.CheckConstraint(
                name="earlystart_answered_iff_dated",
                condition=Q(state=EarlyState.FILED, answered_on__isnull=True)
                | (~Q(state=EarlyState.FILED) & Q(answered_on__isnull=False)),
                violation_error_message="受理・不受理の日は、答えの出た届だけが持ちます。",
            ),
            models.CheckConstraint(
                name="earlystart_refused_says_why",
                condition=(Q(state=EarlyState.REFUSED) & ~Q(refusal=""))
                | (~Q(state=EarlyState.REFUSED) & Q(refusal="")),
                violation_error_message="受理しないときだけ、その理由を書きます。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.application} 事前着手届"

    def get_absolute_url(self) -> str:
        return reverse("grants:early_start", args=[self.application_id])

    @property
    def is_accepted(self) -> bool:
        return self.state == EarlyState.ACCEPTED

    @property
    def filed_on(self) -> date:
        """The day on which it was filed, JST."""
        return self.filed_at.astimezone(clock.JST).date()
