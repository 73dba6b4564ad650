"""What menu ④ shows on a person's own page: what waits for them as reviewer, proponent or contractor."""

from collections.abc import Iterator
from typing import Any

from portal.accounts.models import User
from portal.accounts.scope import Scope
from portal.kernel.ports import Panel

from ..desk import commission as desk


def panels(obj: Any, scope: Scope) -> Iterator[Panel]:
    """One panel on the own page of who sits in a panel or acts for an organisation. One query for them, none for others."""
    if not isinstance(obj, User) or scope.user_id != obj.pk:
        return
    if scope.standing("panel") or scope.standing("organisation"):
        yield Panel(template="grants/_me_commission.html", context={"items": desk.items_of(scope)}, order=7)
