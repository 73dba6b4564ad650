"""What menu ① shows on an advisor's own page: the way to what waits for them."""

from collections.abc import Iterator
from typing import Any

from portal.accounts.models import User
from portal.accounts.scope import Scope
from portal.kernel.ports import Panel

from . import queries
from .enums import DispatchState


def panels(obj: Any, scope: Scope) -> Iterator[Panel]:
    """One panel on the own page of an advisor, nothing for others. One query for an advisor, none for others."""
    if isinstance(obj, User) and scope.user_id == obj.pk and scope.standing("advisor"):
        waiting = queries.of_advisor(scope).filter(state=DispatchState.PROPOSED).count()
        yield Panel(template="grants/_me_advisor.html", context={"waiting": waiting}, order=6)
