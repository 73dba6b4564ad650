"""States of the kernel's own things."""

from django.db.models import TextChoices


class JobState(TextChoices):
    """Where a job is."""

    WAITING = "waiting", "準備中"
    RUNNING = "running", "処理中"
    DONE = "done", "完了"
    FAILED = "failed", "失敗"


class MailState(TextChoices):
    """Where a mail is."""

    WAITING = "waiting", "送信待ち"
    SENT = "sent", "送信済み"
    FAILED = "failed", "送信できず"
    WITHDRAWN = "withdrawn", "取りやめ"
