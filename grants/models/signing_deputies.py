"""Who signs while the holder of a role is away (代決)."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from portal.accounts.enums import Role
from portal.kernel.models import Record
from portal.kernel.privacy import Privacy

from .applications import person
from .approving import PURPOSE


class SigningDeputy(Record):
    """Who may sign in place of the holder of a role while that one is away (代決), from day to day, both included."""

    privacy: ClassVar[Privacy] = Privacy(fields=("holder", "deputy"), retention="5y", purpose=PURPOSE)

    authority = models.ForeignKey(
        "areas.Authority", on_delete=models.PROTECT, verbose_name="団体", related_name="+"
    )
    role = models.CharField("役職", max_length=30, choices=Role)
    holder = person("不在の人")
    deputy = person("代決する人")
    starts_on = models.DateField("いつから")
    ends_on = models.DateField("いつまで")
    ended_at = models.DateTimeField("取り消した日時", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "代決者"
        ordering = ["-starts_on", "id"]
        constraints = [
            models.CheckConstraint(
                name="signingdeputy_another_person",
                condition=Q(holder__isnull=False, deputy__isnull=False) & ~Q(holder=F("deputy")),
                violation_error_message="代決者には、自分のほかの人を選んでください。",
            ),
            models.CheckConstraint(
                name="signingdeputy_ends_after_start",
                condition=Q(ends_on__gte=F("starts_on")),
                violation_error_message="終わりの日は、始まりの日と同じ日か、それより後にしてください。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_role_display()} {self.starts_on}"
