"""Choices of the retention of grant files."""

from django.db.models import TextChoices

RETENTION_YEARS = (
    5  # of a grant file, from the 1 April after its end (三股町の規則の例; a setting of the menu)
)


HELD_BY = {
    "is_held": ("保留", "廃棄の保留があります。"),
    "is_bound": ("処分制限期間中の財産", "処分制限期間中の財産があります。"),
    "is_owed": ("済んでいない返還", "納入の済んでいない返還か、納付金があります。"),
    "is_in_approval": ("決裁の途中", "決裁の途中です。"),
    "is_unpaid": ("支払い待ち", "支払いを待っている支出命令があります。"),
}  # what keeps a file beyond its term: in a list, and as the reason of a refusal


class HoldKind(TextChoices):
    """Why a file must not be thrown away."""

    SUIT = "suit", "訴訟・審査請求"
    AUDIT = "audit", "監査・会計検査"
    REQUEST = "request", "情報公開・開示の請求"
    OTHER = "other", "その他"


class DiscardState(TextChoices):
    """Where the 廃棄 of one file stands."""

    PROPOSED = "proposed", "承認待ち"
    APPROVED = "approved", "廃棄済み"
    DECLINED = "declined", "廃棄しない"
