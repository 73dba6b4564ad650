"""Files that people sent or the portal made. The bytes lie in private storage under a random name."""

import uuid
from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models

from . import clock
from .privacy import Privacy


class FileState(models.TextChoices):
    """Whether a file belongs to something yet."""

    STAGED = "staged", "預かり中"
    ATTACHED = "attached", "添付済み"


class StoredFile(models.Model):
    """One file. Its row never changes what its bytes are: another content is another row.

    `filename` is what people see; `storage_name` is where the bytes lie and says nothing about them. A staged file
    belongs to who sent it and is swept when nothing comes of it; an attached one belongs to `target_type`/`target_id`.
    A shredded one has no bytes and no name any more; its size and digest stay.
    Of a picture `width` and `height` are known, and `widths` names its smaller drawings (upload_sizes).
    """

    privacy: ClassVar[Privacy] = Privacy(
        fields=("filename", "uploaded_by_ref"), retention="5y", purpose="手続きや活動の記録に添えるため"
    )

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    created_at = models.DateTimeField("登録日時", default=clock.now, editable=False)
    filename = models.CharField("ファイル名", max_length=150)
    content_type = models.CharField("種類", max_length=100)
    size = models.PositiveIntegerField("大きさ(バイト)")
    sha256 = models.CharField("SHA-256", max_length=64)
    storage_name = models.CharField("保存名", max_length=200, unique=True)
    width = models.PositiveIntegerField("画像の幅(画素)", null=True, blank=True)
    height = models.PositiveIntegerField("画像の高さ(画素)", null=True, blank=True)
    widths = ArrayField(
        models.PositiveIntegerField("幅"), verbose_name="小さい画像の幅", default=list, blank=True
    )
    state = models.CharField("状態", max_length=10, choices=FileState, default=FileState.STAGED)
    uploaded_by_ref = models.CharField("送った人", max_length=120, blank=True)
    target_type = models.CharField("添付先の種類", max_length=60, blank=True)
    target_id = models.CharField("添付先", max_length=60, blank=True)
    attached_at = models.DateTimeField("添付日時", null=True, blank=True)
    shredded_at = models.DateTimeField("廃棄した日時", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "ファイル"
        constraints = [
            models.CheckConstraint(
                name="storedfile_target_iff_attached",
                condition=models.Q(
                    state=FileState.STAGED, attached_at__isnull=True, target_type="", target_id=""
                )
                | models.Q(state=FileState.ATTACHED, attached_at__isnull=False),
                violation_error_message="添付先は、添付したファイルだけが持ちます。",
            ),
            models.CheckConstraint(
                name="storedfile_size_positive",
                condition=models.Q(size__gt=0),
                violation_error_message="空のファイルは保存しません。",
            ),
            models.CheckConstraint(
                name="storedfile_sizes_of_pictures",
                condition=models.Q(width__isnull=False, width__gt=0, height__isnull=False, height__gt=0)
                | models.Q(width__isnull=True, height__isnull=True, widths=[]),
                violation_error_message="小さい画像は、大きさの分かる画像だけが持ちます。",
            ),
        ]
        indexes = [
            models.Index(
                fields=["uploaded_by_ref", "created_at"],
                name="storedfile_staged",
                condition=models.Q(state=FileState.STAGED),
            ),
            models.Index(
                fields=["created_at"],
                name="storedfile_staged_age",
                condition=models.Q(state=FileState.STAGED),
            ),
            models.Index(fields=["target_type", "target_id"], name="storedfile_target"),
        ]

    def __str__(self) -> str:
        return self.filename
