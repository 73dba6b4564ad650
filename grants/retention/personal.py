"""What the retention holds about one person, for 開示 (個人情報保護法76条)."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.db.models import Q

from ..models import Discard, Hold, TermExtension
from ..models.retention import FILES


def rows(user_id: UUID) -> Mapping[str, Sequence[Mapping[str, Any]]]:
    """Where this person held a file, kept it longer, proposed or approved its 廃棄."""
    discards = Discard.objects.filter(Q(proposed_by=user_id) | Q(approved_by=user_id))
    holds = Hold.objects.filter(Q(set_by=user_id) | Q(ended_by=user_id))
    longer = TermExtension.objects.filter(extended_by=user_id)
    return {
        "文書の廃棄": [{"文書": str(row.case), "状態": row.get_state_display()} for row in _loaded(discards)],
        "廃棄の保留": [{"文書": str(row.case), "種類": row.get_kind_display()} for row in _loaded(holds)],
        "保存期間の延長": [{"文書": str(row.case), "いつまで": row.until_on} for row in _loaded(longer)],
    }


def _loaded(found: Any) -> Any:
    return found.select_related(*FILES).order_by("created_at", "id")
