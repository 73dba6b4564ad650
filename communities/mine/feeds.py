"""What a person's own page shows of what they follow."""

from collections.abc import Iterator
from typing import Any

from portal.accounts.models import User
from portal.accounts.scope import Scope
from portal.kernel.ports import Panel

from .. import queries


def panels(obj: Any, scope: Scope) -> Iterator[Panel]:
    """One panel on one's own page. Two queries."""
    if not isinstance(obj, User) or scope.user_id != obj.pk:
        return
    calendar = queries.calendar_of(obj.pk)
    searches = list(queries.searches_visible_to(scope))
    context = {"searches": searches, "calendar_open": calendar is not None and calendar.is_open}
    yield Panel(template="communities/_me_following.html", context=context, order=60)
