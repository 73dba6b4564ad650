"""Numbered official documents, and the counters that number them without a gap."""

from typing import ClassVar

import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from portal.kernel.models import Record
from portal.kernel.privacy import Privacy

from .calculations import number_label
from .enums import LIVE_STATES, REIWA_FIRST_YEAR, DocumentState

FROZEN = (
    "created_at",
    "kind",
    "code",
    "title",
    "object_id",
    "version",
    "authority",
    "section",
    "year",
    "number",
    "check_suffix",
    "own_number",
    "token",
    "issued_on",
    "snapshot",
    "replaces",
)


class Counter(models.Model):
    """The last number given in one series. Locked last of all rows, and briefly: no number is skipped or given twice."""

    kind = models.CharField("文書の種類", max_length=60)
    authority = models.ForeignKey("areas.Authority", models.PROTECT, related_name="+", verbose_name="団体")
    section = models.ForeignKey(
        "areas.Section", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="課・室"
    )
    year = models.PositiveSmallIntegerField("年度")
    last = models.PositiveIntegerField("最後の番号", default=0)

    class Meta:
        verbose_name = verbose_name_plural = "番号簿"
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "authority", "section", "year"],
                name="counter_one_per_series",
                nulls_distinct=False,
                violation_error_message="この番号簿は、もうあります。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.year} {self.last}"


class Document(Record):
    """One official paper. Number, date and content are frozen when it is issued; the file follows from the snapshot.

    Nothing issued is overwritten: the database refuses to change the frozen columns, to exchange the file, to delete.
    Only the 廃棄 of a file whose term is over empties snapshot and file; number, day and digest stay (ADR 23).
    """

    privacy: ClassVar[Privacy] = Privacy(
        fields=("snapshot",), retention="5y", purpose="申請や決定の内容を、文書として残し、示すため"
    )

    kind = models.CharField("文書の種類", max_length=60)
    code = models.CharField("種類の記号", max_length=4)
    title = models.CharField("文書名", max_length=100)
    object_id = models.UUIDField("対象")
    version = models.CharField("対象の版", max_length=40)
    authority = models.ForeignKey(
        "areas.Authority", models.PROTECT, related_name="documents", verbose_name="発行した団体"
    )
    section = models.ForeignKey(
        "areas.Section",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="documents",
        verbose_name="課・室",
    )
    year = models.PositiveSmallIntegerField("年度")
    number = models.PositiveIntegerField("番号")
    check_suffix = models.CharField("照合の文字", max_length=4)
    own_number = models.CharField("文書番号", max_length=60, blank=True)
    token = models.CharField("確認用の文字列", max_length=32, unique=True)
    issued_on = models.DateField("発行日")
    snapshot = models.JSONField("発行した内容")
    state = models.CharField("状態", max_length=10, choices=DocumentState, default=DocumentState.ISSUING)
    file = models.OneToOneField(
        "kernel.StoredFile",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="document",
        verbose_name="ファイル",
    )
    sha256 = models.CharField("SHA-256", max_length=64, blank=True)
    rendered_at = models.DateTimeField("作成日時", null=True, blank=True)
    voided_at = models.DateTimeField("無効にした日時", null=True, blank=True)
    replaces = models.OneToOneField(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="replaced_by",
        verbose_name="差し替えた文書",
    )

    class Meta:
        verbose_name = verbose_name_plural = "文書"
        ordering = ["-created_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "object_id", "version"],
                name="document_once_per_version",
                violation_error_message="この版の文書は、もう発行されています。",
            ),
            models.UniqueConstraint(
                fields=["kind", "authority", "section", "year", "number"],
                name="document_number_once",
                nulls_distinct=False,
                violation_error_message="この番号は、もう使われています。",
            ),
            models.UniqueConstraint(
                fields=["kind", "object_id"],
                condition=Q(state__in=LIVE_STATES),
                name="document_one_live",
                violation_error_message="有効な文書が、もうあります。",
            ),
            models.CheckConstraint(
                name="document_file_with_digest",
                condition=Q(file__isnull=True, sha256="", rendered_at__isnull=True)
                | Q(file__isnull=False, sha256__regex=r"^[0-9a-f]{64}$", rendered_at__isnull=False),
                violation_error_message="ファイルとSHA-256は、いつもいっしょに記録します。",
            ),
            models.CheckConstraint(
                name="document_issued_iff_file",
                condition=Q(state=DocumentState.ISSUING, file__isnull=True)
                | Q(state=DocumentState.ISSUED, file__isnull=False)
                | Q(state__in=[DocumentState.REPLACED, DocumentState.VOID]),
                violation_error_message="有効な文書にはファイルがあり、作成中の文書にはありません。",
            ),
            models.CheckConstraint(
                name="document_voided_at_iff_void",
                condition=Q(state=DocumentState.VOID, voided_at__isnull=False)
                | (~Q(state=DocumentState.VOID) & Q(voided_at__isnull=True)),
                violation_error_message="無効にした日時は、無効の文書だけが持ちます。",
            ),
            models.CheckConstraint(
                name="document_number_positive",
                condition=Q(number__gte=1),
                violation_error_message="番号は、1から始まります。",
            ),
            models.CheckConstraint(
                name="document_year_reiwa",
                condition=Q(year__gte=REIWA_FIRST_YEAR),
                violation_error_message="年度は、令和元年度からです。",
            ),
            models.CheckConstraint(
                name="document_not_its_own_successor",
                condition=Q(replaces__isnull=True) | ~Q(replaces=F("id")),
                violation_error_message="文書は、自分自身を差し替えられません。",
            ),
        ]
        indexes = [
            models.Index(fields=["-created_at", "-id"], name="document_recent"),
            models.Index(fields=["kind", "-created_at", "-id"], name="document_recent_of_kind"),
            models.Index(fields=["state", "-created_at", "-id"], name="document_recent_in_state"),
            models.Index(fields=["object_id", "-created_at"], name="document_of_object"),
            models.Index(fields=["year", "code", "number"], name="document_by_number"),
        ]
        triggers = [
            pgtrigger.Protect(name="document_kept", operation=pgtrigger.Delete),
            pgtrigger.ReadOnly(name="document_frozen", fields=list(FROZEN)),
            pgtrigger.Protect(
                name="document_file_once",
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition(
                    'OLD."file_id" IS NOT NULL AND (OLD."file_id", OLD."sha256") IS DISTINCT FROM (NEW."file_id", NEW."sha256")'
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title} {self.check_number}"

    def get_absolute_url(self) -> str:
        return reverse("documents:document_detail", args=[self.pk])

    def get_file_url(self) -> str:
        return reverse("documents:file", args=[self.pk])

    def get_verify_url(self) -> str:
        return reverse("documents:verify", args=[self.token])

    @property
    def number_label(self) -> str:
        """「R8-KC-0042」."""
        return number_label(self.year, self.code, self.number)

    @property
    def check_number(self) -> str:
        """「R8-KC-0042-7F3A」, the 確認番号 printed on the paper."""
        return f"{self.number_label}-{self.check_suffix}"

    @property
    def is_ready(self) -> bool:
        """Whether there is a file to hand out."""
        return self.file_id is not None

    @property
    def successor(self) -> "Document | None":
        """The document that took this one's place."""
        return getattr(self, "replaced_by", None)

    @property
    def job_key(self) -> str:
        """The key of the job that renders this document."""
        return f"document:{self.pk}"
