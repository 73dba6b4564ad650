"""What is attached to an application, and its frozen submissions."""

from typing import ClassVar

import pgtrigger
from django.db import models
from django.urls import reverse

from portal.kernel.fields import Line
from portal.kernel.models import Record
from portal.kernel.privacy import Privacy

from .applications import person


class Attachment(Record):
    """A file attached under one of the menu's papers. Taken out, it stays stored: an earlier submission may name it."""

    privacy: ClassVar[Privacy] = Privacy(
        fields=("added_by",), retention="5y", purpose="補助金の申請を受け付け、審査するため"
    )

    application = models.ForeignKey(
        "grants.Application", on_delete=models.PROTECT, verbose_name="申請", related_name="attachments"
    )
    kind = models.CharField("書類", max_length=20)
    title = Line("名前", max_length=100)
    file = models.OneToOneField(
        "kernel.StoredFile", on_delete=models.PROTECT, verbose_name="ファイル", related_name="+"
    )
    added_by = person("添付した人")
    filed_at = models.DateTimeField("はじめて提出した日時", null=True, blank=True)
    removed_at = models.DateTimeField("外した日時", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "添付書類"
        ordering = ["created_at", "id"]
        indexes = [models.Index(fields=["application", "created_at"], name="attachment_of_application")]

    def __str__(self) -> str:
        return self.title

    def get_file_url(self) -> str:
        return reverse("grants:attachment_file", args=[self.application_id, self.pk])

    def get_remove_url(self) -> str:
        return reverse("grants:attachment_remove", args=[self.application_id, self.pk])


class ApplicationSnapshot(Record):
    """Submission n, frozen: everything that was filed with the digests of its files. A trigger refuses changes."""

    privacy: ClassVar[Privacy] = Privacy(
        fields=("data",), retention="5y", purpose="提出した申請の内容を確かめられるようにするため"
    )

    application = models.ForeignKey(
        "grants.Application", on_delete=models.PROTECT, verbose_name="申請", related_name="snapshots"
    )
    number = models.PositiveSmallIntegerField("提出の回")
    data = models.JSONField("内容")
    digest = models.CharField("SHA-256", max_length=64)

    class Meta:
        verbose_name = verbose_name_plural = "提出の控え"
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["application", "number"], name="applicationsnapshot_number_once")
        ]
        triggers = [
            pgtrigger.ReadOnly(
                name="snapshot_is_frozen", fields=["application", "number", "data", "digest", "created_at"]
            ),
        ]

    def __str__(self) -> str:
        return f"第{self.number}回の提出"
