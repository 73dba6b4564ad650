"""What 間接補助 shows on the own page of a person who writes for a コミプラ."""

from collections.abc import Iterator
from typing import Any

from portal.accounts.models import User
from portal.accounts.scope import Scope
from portal.kernel.ports import Panel

from . import queries


def panels(obj: Any, scope: Scope) -> Iterator[Panel]:
    """One panel with the files that the person writes. One query for a writer, none for others."""
    if isinstance(obj, User) and scope.user_id == obj.pk and scope.standing("subgrant"):
        yield Panel(template="grants/_me_subgrants.html", context={"rows": queries.of_writer(scope)}, order=7)
