"""Who has a file open: two people in one file see each other before their texts meet."""

from typing import ClassVar

from django.conf import settings
from django.db import models

from grants.enums import Place, Side
from portal.kernel import clock
from portal.kernel.models import Record
from portal.kernel.privacy import Privacy

from .drafts import DRAFTS
from .one_of import one_of

FILES = ("application", *DRAFTS)


class Presence(Record):
    """Where in a file a person was last seen. One row a person and file; the sweep takes old ones away within a day."""

    privacy: ClassVar[Privacy] = Privacy(
        fields=("user",), retention="1y", purpose="同じ申請を同時に開いている人どうしに知らせるため"
    )

    application = models.ForeignKey(
        "grants.Application", on_delete=models.CASCADE, verbose_name="申請", related_name="presences", null=True, blank=True
    )  # fmt: skip
    dispatch = models.ForeignKey(
        "grants.Dispatch", on_delete=models.CASCADE, verbose_name="派遣", related_name="presences", null=True, blank=True
    )  # fmt: skip
    workshop = models.ForeignKey(
        "grants.Workshop", on_delete=models.CASCADE, verbose_name="ワークショップ", related_name="presences", null=True,
        blank=True,
    )  # fmt: skip
    theme = models.ForeignKey(
        "grants.CommissionTheme", on_delete=models.CASCADE, verbose_name="テーマ", related_name="presences", null=True,
        blank=True,
    )  # fmt: skip
    proposal = models.ForeignKey(
        "grants.Proposal", on_delete=models.CASCADE, verbose_name="企画提案", related_name="presences", null=True, blank=True
    )  # fmt: skip
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, verbose_name="開いている人", related_name="+"
    )
    side = models.CharField("どちらの側か", max_length=12, choices=Side)
    place = models.CharField("開いているところ", max_length=12, choices=Place)
    seen_at = models.DateTimeField("最後に見かけた日時", default=clock.now)

    class Meta:
        verbose_name = verbose_name_plural = "開いている人"
        constraints = [
            models.CheckConstraint(
                name="presence_in_one_file",
                condition=one_of(FILES),
                violation_error_message="開いているのは、一つの申請です。",
            ),
            models.UniqueConstraint(
                fields=[*FILES, "user"],
                name="presence_once",
                nulls_distinct=False,
                violation_error_message="この人は、もう記録されています。",
            ),
        ]
        indexes = [models.Index(fields=["seen_at"], name="presence_old")]

    def __str__(self) -> str:
        return f"{self.file} {self.get_place_display()}"

    @property
    def file(self) -> models.Model:
        """The file that is open. Raises StopIteration for a row of none, which the database refuses."""
        found: models.Model = next(row for name in FILES if (row := getattr(self, name)) is not None)
        return found
