"""What is held about what a person follows: their calendar and their saved searches."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from .. import queries
from ..models import SavedSearch


def personal_data(user_id: UUID) -> Mapping[str, Sequence[Mapping[str, Any]]]:
    """The calendar's address is a secret of the person: that it exists is said, not what it is. Two queries."""
    calendar = queries.calendar_of(user_id)
    rows = (
        [{"つくった日時": calendar.created_at, "届けている": "はい" if calendar.is_open else "いいえ"}]
        if calendar
        else []
    )
    searches = SavedSearch.objects.filter(user=user_id).select_related("area", "theme").order_by("created_at")
    following = [
        {
            "条件": search.label,
            "回数": search.get_frequency_display(),
            "お知らせしない時間": f"{search.quiet_from}時から{search.quiet_until}時まで",
            "保存した日時": search.created_at,
        }
        for search in searches
    ]
    return {"自分のカレンダー": rows, "新着のお知らせ": following}
