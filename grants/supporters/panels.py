"""What the student supporters' part shows on a student's own page: the way to what waits for them."""

from collections.abc import Iterator
from typing import Any

from portal.accounts.models import User
from portal.accounts.scope import Scope
from portal.kernel.ports import Panel

from . import queries
from .enums import PlacementState


def panels(obj: Any, scope: Scope) -> Iterator[Panel]:
    """One panel on the own page of a student supporter. One query for one, none for others."""
    if isinstance(obj, User) and scope.user_id == obj.pk and scope.standing("supporter"):
        states = queries.of_student(scope).filter(
            state__in=[PlacementState.PROPOSED, PlacementState.ACCEPTED]
        )
        found = list(states.values_list("state", flat=True))
        context = {
            "asked": found.count(PlacementState.PROPOSED),
            "running": found.count(PlacementState.ACCEPTED),
        }
        yield Panel(template="grants/supporters/_me.html", context=context, order=7)
