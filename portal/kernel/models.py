"""Tables of the kernel: audit, seals, notes, once-keys, jobs, outbox, retention; search and files come from their rooms."""

import uuid
from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models

from . import clock
from .enums import JobState, MailState
from .export_models import Export
from .import_models import Import, ImportRow
from .outage_models import Outage
from .privacy import Privacy
from .search_models import SearchEntry
from .upload_models import StoredFile

__all__ = [
    "AuditEntry",
    "AuditPending",
    "AuditSeal",
    "Export",
    "Heartbeat",
    "Import",
    "ImportRow",
    "Job",
    "Outage",
    "OutboxMessage",
    "Record",
    "RetentionClass",
    "RetentionRule",
    "SearchEntry",
    "StoredFile",
    "Submission",
    "TransitionNote",
]


class Record(models.Model):
    """Base of the portal's own rows: an unguessable id and the instant of creation."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    created_at = models.DateTimeField("登録日時", default=clock.now, editable=False)

    class Meta:
        abstract = True


class AuditEntry(models.Model):
    """One thing that happened. No foreign keys, no personal data; INSERT and SELECT only for the application."""

    at = models.DateTimeField("日時", default=clock.now, editable=False)
    event = models.CharField("できごと", max_length=100)
    actor_kind = models.CharField("行為者の種類", max_length=10)
    actor_ref = models.CharField("行為者", max_length=120)
    target_type = models.CharField("対象の種類", max_length=60)
    target_id = models.CharField("対象", max_length=60)
    data = models.JSONField("内容", default=dict)
    request_id = models.CharField("リクエスト", max_length=60, blank=True)
    digest = models.CharField("要約値", max_length=64)

    class Meta:
        verbose_name = verbose_name_plural = "監査記録"
        ordering = ["id"]
        indexes = [
            models.Index(fields=["target_type", "target_id", "id"], name="auditentry_target"),
            models.Index(fields=["actor_ref", "id"], name="auditentry_actor"),
        ]

    def __str__(self) -> str:
        return f"{self.event} {self.target_id}"


class AuditPending(models.Model):
    """An entry that no seal covers yet. Written by a trigger, taken by the sealing task."""

    entry_id = models.BigIntegerField(primary_key=True)
    noted_at = models.DateTimeField()

    class Meta:
        verbose_name = verbose_name_plural = "封印待ち"

    def __str__(self) -> str:
        return str(self.entry_id)


class AuditSeal(models.Model):
    """A batch of entries under one digest, chained to the batch before."""

    at = models.DateTimeField("封印日時", default=clock.now, editable=False)
    entry_ids = ArrayField(models.BigIntegerField(), verbose_name="記録")
    members_digest = models.CharField("記録の要約値", max_length=64)
    previous_digest = models.CharField("前の封印", max_length=64, blank=True)
    digest = models.CharField("封印", max_length=64, unique=True)

    class Meta:
        verbose_name = verbose_name_plural = "封印"
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.pk} {self.digest[:12]}"


class TransitionNote(Record):
    """The reason a person wrote for a transition. Erasable; the log holds only its id and digest."""

    privacy: ClassVar[Privacy] = Privacy(
        fields=("text",), retention="5y", purpose="手続きの理由を相手に示すため"
    )

    target_type = models.CharField("対象の種類", max_length=60)
    target_id = models.CharField("対象", max_length=60)
    transition = models.CharField("手続き", max_length=60)
    text = models.TextField("理由")
    author_ref = models.CharField("書いた人", max_length=120)

    class Meta:
        verbose_name = verbose_name_plural = "理由"
        indexes = [
            models.Index(fields=["target_type", "target_id", "created_at"], name="transitionnote_target")
        ]

    def __str__(self) -> str:
        return f"{self.transition} {self.target_id}"


class Submission(Record):
    """A form that was carried out once. The same key again leads to the same result."""

    key = models.CharField("一回限りの鍵", max_length=80, unique=True)
    actor_ref = models.CharField("行為者", max_length=120)
    payload_hash = models.CharField("内容の要約値", max_length=64)
    result_type = models.CharField("結果の種類", max_length=60, blank=True)
    result_id = models.CharField("結果", max_length=60, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "送信の控え"
        indexes = [models.Index(fields=["created_at"], name="submission_created_at")]

    def __str__(self) -> str:
        return self.key[:12]


class Job(Record):
    """Work that happens later. The row is the truth; Celery only wakes it."""

    kind = models.CharField("種類", max_length=60)
    key = models.CharField("鍵", max_length=200, unique=True)
    object_type = models.CharField("対象の種類", max_length=60, blank=True)
    object_id = models.CharField("対象", max_length=60, blank=True)
    payload = models.JSONField("内容", default=dict)
    owner_ref = models.CharField("頼んだ人", max_length=120, blank=True)
    state = models.CharField("状態", max_length=10, choices=JobState, default=JobState.WAITING)
    done_count = models.PositiveIntegerField("済んだ数", default=0)
    total_count = models.PositiveIntegerField("全体の数", default=0)
    attempts = models.PositiveSmallIntegerField("試した回数", default=0)
    run_after = models.DateTimeField("開始予定", default=clock.now)
    lease_until = models.DateTimeField("受け持ちの期限", null=True, blank=True)
    lease_token = models.UUIDField("受け持ちの印", null=True, blank=True)
    finished_at = models.DateTimeField("終了日時", null=True, blank=True)
    error = models.CharField("失敗の種類", max_length=200, blank=True)
    result_type = models.CharField("結果の種類", max_length=60, blank=True)
    result_id = models.CharField("結果", max_length=60, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "処理"
        constraints = [
            models.CheckConstraint(
                name="job_lease_iff_running",
                condition=models.Q(
                    state=JobState.RUNNING, lease_until__isnull=False, lease_token__isnull=False
                )
                | (
                    ~models.Q(state=JobState.RUNNING)
                    & models.Q(lease_until__isnull=True, lease_token__isnull=True)
                ),
                violation_error_message="受け持ちの期限は、処理中のときだけ持てます。",
            ),
            models.CheckConstraint(
                name="job_finished_iff_ended",
                condition=models.Q(state__in=[JobState.DONE, JobState.FAILED], finished_at__isnull=False)
                | (
                    ~models.Q(state__in=[JobState.DONE, JobState.FAILED]) & models.Q(finished_at__isnull=True)
                ),
                violation_error_message="終了日時は、終わった処理だけが持ちます。",
            ),
        ]
        indexes = [
            models.Index(
                fields=["run_after"], name="job_waiting", condition=models.Q(state=JobState.WAITING)
            ),
            models.Index(
                fields=["lease_until"], name="job_running", condition=models.Q(state=JobState.RUNNING)
            ),
            models.Index(fields=["-created_at", "id"], name="job_recent"),
            models.Index(fields=["object_type", "object_id"], name="job_object"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.key}"

    @property
    def is_ended(self) -> bool:
        return self.state in (JobState.DONE, JobState.FAILED)


class OutboxMessage(Record):
    """One mail to one person. Secret bodies are encrypted until sent and then wiped."""

    privacy: ClassVar[Privacy] = Privacy(
        fields=("to_address", "subject", "body"),
        retention="1y",
        purpose="手続きの結果や案内を本人に知らせるため",
    )

    key = models.CharField("鍵", max_length=200, unique=True)
    template = models.CharField("ひな形", max_length=100)
    to_address = models.EmailField("宛先", max_length=254)
    subject = models.CharField("件名", max_length=200)
    body = models.TextField("本文", blank=True)
    sealed_body = models.BinaryField("封をした本文", null=True, blank=True, editable=False)
    is_secret = models.BooleanField("秘密を含む", default=False)
    about_type = models.CharField("対象の種類", max_length=60, blank=True)
    about_id = models.CharField("対象", max_length=60, blank=True)
    message_id = models.CharField("Message-ID", max_length=120, unique=True)
    state = models.CharField("状態", max_length=10, choices=MailState, default=MailState.WAITING)
    sent_at = models.DateTimeField("送信日時", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "送信箱"
        constraints = [
            models.CheckConstraint(
                name="outboxmessage_sent_at_iff_sent",
                condition=models.Q(state=MailState.SENT, sent_at__isnull=False)
                | (~models.Q(state=MailState.SENT) & models.Q(sent_at__isnull=True)),
                violation_error_message="送信日時は、送信したものだけが持ちます。",
            ),
            models.CheckConstraint(
                name="outboxmessage_secret_body_sealed",
                condition=models.Q(is_secret=False, sealed_body__isnull=True)
                | models.Q(is_secret=True, body=""),
                violation_error_message="秘密を含む本文は、そのまま保存できません。",
            ),
        ]
        indexes = [
            models.Index(fields=["-created_at", "id"], name="outboxmessage_recent"),
            models.Index(fields=["about_type", "about_id"], name="outboxmessage_about"),
        ]

    def __str__(self) -> str:
        return f"{self.template} {self.pk}"


class Heartbeat(models.Model):
    """When a part of the portal that runs by itself was last alive."""

    name = models.CharField("名前", max_length=40, primary_key=True)
    at = models.DateTimeField("日時", default=clock.now)

    class Meta:
        verbose_name = verbose_name_plural = "動いている印"

    def __str__(self) -> str:
        return self.name


class RetentionClass(models.Model):
    """文書の保存年限. The clock starts on 1 April after completion; None = as long as the account lives."""

    code = models.SlugField("記号", max_length=10, primary_key=True)
    title = models.CharField("名前", max_length=60)
    years = models.PositiveSmallIntegerField("年数", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "保存年限"

    def __str__(self) -> str:
        return self.title


class RetentionRule(models.Model):
    """Which class a kind of record follows; the office may change the row, the default comes from the model."""

    model_label = models.CharField("記録の種類", max_length=60, primary_key=True)
    retention_class = models.ForeignKey(RetentionClass, on_delete=models.PROTECT, verbose_name="保存年限")

    class Meta:
        verbose_name = verbose_name_plural = "保存年限の割当て"

    def __str__(self) -> str:
        return self.model_label
