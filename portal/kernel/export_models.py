"""An export: who took which list out, for what. Its file is short-lived; the note that it was made stays."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models

from . import clock
from .fields import Line
from .privacy import Privacy
from .upload_models import StoredFile


class ExportForm(models.TextChoices):
    """What kind of file."""

    CSV = "csv", "CSV(UTF-8)"
    CP932 = "cp932", "CSV(Shift_JIS)"
    XLSX = "xlsx", "Excel(.xlsx)"


class Export(models.Model):
    """One list taken out. `kind` names an entry of the port `export_kinds`; `params` are the filters of the list.

    A long one is written to `file` by a job, a short one is read when it is fetched. Only `owner_ref` fetches it, until
    `expires_at`.
    """

    privacy: ClassVar[Privacy] = Privacy(
        fields=("owner_ref", "purpose", "params"),
        retention="3y",
        purpose="名簿などを、だれが何のために持ち出したかを確かめるため",
    )

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    created_at = models.DateTimeField("登録日時", default=clock.now, editable=False)
    kind = models.CharField("種類", max_length=40)
    form = models.CharField("ファイルの形", max_length=10, choices=ExportForm)
    params = models.JSONField("絞り込み", default=dict)
    purpose = Line("使いみち", max_length=200, blank=True)
    owner_ref = models.CharField("書き出した人", max_length=120)
    row_count = models.PositiveIntegerField("行")
    job_key = models.CharField("処理の鍵", max_length=200, blank=True)
    file = models.ForeignKey(
        StoredFile, on_delete=models.SET_NULL, null=True, related_name="+", verbose_name="ファイル"
    )
    expires_at = models.DateTimeField("受け取りの期限")

    class Meta:
        verbose_name = verbose_name_plural = "書き出し"
        constraints = [
            models.CheckConstraint(
                name="export_file_by_job",
                condition=models.Q(file__isnull=True) | ~models.Q(job_key=""),
                violation_error_message="ファイルを持つのは、あとで作った書き出しだけです。",
            ),
        ]
        indexes = [
            models.Index(
                fields=["expires_at"], name="export_expiring", condition=models.Q(file__isnull=False)
            ),
            models.Index(fields=["owner_ref", "-created_at"], name="export_owner"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"

    @property
    def is_long(self) -> bool:
        """Whether a job writes it."""
        return bool(self.job_key)

    @property
    def is_open(self) -> bool:
        """Whether it can still be fetched."""
        return clock.now() < self.expires_at
