"""Choices of the retention of grant files."""

from django.db.models import TextChoices

from grants.enums import ApplicationState

ENDED = frozenset(
    {
        ApplicationState.CLOSED,
        ApplicationState.REVOKED,
        ApplicationState.REJECTED,
        ApplicationState.WITHDRAWN,
    }
)  # nothing more comes of it: its clock starts on the 1 April after


RETENTION_YEARS = (
    5  # of a grant file, from the 1 April after its end (三股町の規則の例; a setting of the menu)
)


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
