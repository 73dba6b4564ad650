"""What a person's own page shows of what they follow, and everything held about it for 開示."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from uuid import UUID

from portal.accounts.models import User
from portal.accounts.scope import Scope
from portal.kernel.ports import Panel

from . import queries


def panels(obj: Any, scope: Scope) -> Iterator[Panel]:
    """One panel on one's own page. One query."""
    if not isinstance(obj, User) or scope.user_id != obj.pk:
        return
    calendar = queries.calendar_of(obj.pk)
    context = {"calendar_open": calendar is not None and calendar.is_open}
    yield Panel(template="communities/_me_following.html", context=context, order=60)


def personal_data(user_id: UUID) -> Mapping[str, Sequence[Mapping[str, Any]]]:
    """The calendar's address is a secret of the person: that it exists is said, not what it is. One query."""
    calendar = queries.calendar_of(user_id)
    rows = (
        [{"つくった日時": calendar.created_at, "届けている": "はい" if calendar.is_open else "いいえ"}]
        if calendar
        else []
    )
    return {"自分のカレンダー": rows}
