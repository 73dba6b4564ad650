"""What someone typed into the result or the change of a decided file that another had saved meanwhile."""

from typing import ClassVar

from django.conf import settings
from django.db import models

from grants.enums import Sheet
from portal.kernel import clock
from portal.kernel.models import Record
from portal.kernel.privacy import Privacy

from .applications import Application


class SheetTyped(Record):
    """Kept until its writer has saved it or says that it is settled. `based_on`: the digest of what the page had shown."""

    privacy: ClassVar[Privacy] = Privacy(
        fields=("typed_by", "sent"), retention="1y", purpose="同時に編集した内容をなくさないため"
    )

    application = models.ForeignKey(
        Application, on_delete=models.CASCADE, verbose_name="申請", related_name="sheets_typed"
    )
    sheet = models.CharField("何に", max_length=12, choices=Sheet)
    based_on = models.CharField("もとの版", max_length=64, blank=True)
    sent = models.JSONField("入力した内容", default=dict)
    typed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, verbose_name="入力した人", related_name="+"
    )
    typed_at = models.DateTimeField("入力日時", default=clock.now)

    class Meta:
        verbose_name = verbose_name_plural = "実績と変更の取り置いた入力"
        constraints = [
            models.UniqueConstraint(
                fields=["application", "sheet", "typed_by"],
                name="sheettyped_one_a_person",
                violation_error_message="取り置いた入力は、一人に一つです。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_sheet_display()} {self.typed_at:%Y-%m-%d}"
