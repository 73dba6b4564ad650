"""Who has a file open: two people in one file see each other before their texts meet."""

from typing import ClassVar

from django.conf import settings
from django.db import models

from grants.enums import Place, Side
from portal.kernel import clock
from portal.kernel.models import Record
from portal.kernel.privacy import Privacy


class Presence(Record):
    """Where in a file a person was last seen. One row a person and file; the sweep takes old ones away within a day."""

    privacy: ClassVar[Privacy] = Privacy(
        fields=("user",), retention="1y", purpose="同じ申請を同時に開いている人どうしに知らせるため"
    )

    application = models.ForeignKey(
        "grants.Application", on_delete=models.CASCADE, verbose_name="申請", related_name="presences"
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, verbose_name="開いている人", related_name="+"
    )
    side = models.CharField("どちらの側か", max_length=12, choices=Side)
    place = models.CharField("開いているところ", max_length=12, choices=Place)
    seen_at = models.DateTimeField("最後に見かけた日時", default=clock.now)

    class Meta:
        verbose_name = verbose_name_plural = "開いている人"
        constraints = [
            models.UniqueConstraint(
                fields=["application", "user"],
                name="presence_once",
                violation_error_message="この人は、もう記録されています。",
            ),
        ]
        indexes = [models.Index(fields=["seen_at"], name="presence_old")]

    def __str__(self) -> str:
        return f"{self.application_id} {self.get_place_display()}"
