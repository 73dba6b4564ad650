"""States of a numbered document."""

from django.db.models import TextChoices

REIWA_FIRST_YEAR = 2019  # 令和元年
LIVE_STATES = ("issuing", "issued")


class DocumentState(TextChoices):
    """Where a document is. The number and the date are fixed from the first moment on (workflows.md, Documents)."""

    ISSUING = "issuing", "作成中"
    ISSUED = "issued", "有効"
    REPLACED = "replaced", "差替え"
    VOID = "void", "無効"
