"""Who acts for an organisation, as one government has it on record."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from portal.areas.models import Authority
from portal.kernel import clock
from portal.kernel.models import Record
from portal.kernel.privacy import Privacy

from .organisations import Organisation


class OrganisationMember(Record):
    """A person who says, before `authority`, that they act for an organisation; `confirmed_at`: it was checked.

    A record of one government: no other government uses it (workflows.md, conflicts of ④).
    """

    privacy: ClassVar[Privacy] = Privacy(
        fields=("user", "confirmed_by"),
        retention="5y",
        purpose="団体として手続きする人を確かめ、利害関係のある審査を防ぐため",
    )

    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="members", verbose_name="主体"
    )
    authority = models.ForeignKey(
        Authority, on_delete=models.PROTECT, related_name="+", verbose_name="記録した団体"
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="人"
    )
    said_at = models.DateTimeField("申し出た日時", default=clock.now)
    confirmed_at = models.DateTimeField("確かめた日時", null=True, blank=True)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name="確かめた人",
    )  # fmt: skip

    class Meta:
        verbose_name = verbose_name_plural = "主体の人"
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "authority", "user"],
                name="organisationmember_once",
                violation_error_message="この人は、もうこの主体の人として記録されています。",
            ),
            models.CheckConstraint(
                name="organisationmember_confirmed_by_has_time",
                condition=Q(confirmed_by__isnull=True) | Q(confirmed_at__isnull=False),
                violation_error_message="確かめた人があるときは、確かめた日時も要ります。",
            ),
        ]
        indexes = [models.Index(fields=["user", "authority"], name="organisationmember_of_user")]

    def __str__(self) -> str:
        return f"{self.organisation} {self.user}"
