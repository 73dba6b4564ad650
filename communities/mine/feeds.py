"""What a person's own page shows of what they follow, and everything held about it for 開示."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from uuid import UUID

from portal.accounts.models import User
from portal.accounts.scope import Scope
from portal.kernel.ports import Panel

from .. import queries
from ..models import SavedSearch


def panels(obj: Any, scope: Scope) -> Iterator[Panel]:
    """One panel on one's own page. Two queries."""
    if not isinstance(obj, User) or scope.user_id != obj.pk:
        return
    calendar = queries.calendar_of(obj.pk)
    searches = list(queries.searches_visible_to(scope))
    context = {"searches": searches, "calendar_open": calendar is not None and calendar.is_open}
    yield Panel(template="communities/_me_following.html", context=context, order=60)


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
