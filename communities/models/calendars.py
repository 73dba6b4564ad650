"""The secret address of a person's own calendar."""

from typing import ClassVar

from django.conf import settings
from django.db import models

from portal.kernel.models import Record
from portal.kernel.privacy import Privacy


class PersonalCalendar(Record):
    """Whether a person's calendar can be fetched, and at which address: its token is of this row and version.

    A higher version ends every address given out before.
    """

    privacy: ClassVar[Privacy] = Privacy(
        fields=("user",),
        retention="account",
        purpose="申し込んだ催しと、参加しているコミュニティの催しを、本人のカレンダーに届けるため",
    )

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="calendar",
        verbose_name="利用者",
    )
    token_version = models.PositiveSmallIntegerField("アドレスの版", default=0)
    is_open = models.BooleanField("届けている", default=True)

    class Meta:
        verbose_name = verbose_name_plural = "自分のカレンダー"

    def __str__(self) -> str:
        return "自分のカレンダー"
