"""What menu ② shows on an event's page: the way back to the workshop it came from, for those who see that."""

from collections.abc import Iterator
from typing import Any

from communities.models import Event
from portal.accounts.models import User
from portal.accounts.scope import Scope
from portal.kernel.ports import Panel

from ..queries import READERS
from ..rules import MUNICIPAL
from . import lectures, queries


def lecturing(obj: Any, scope: Scope) -> Iterator[Panel]:
    """One panel on the own page of a lecturer. One query for one, none for others."""
    if isinstance(obj, User) and scope.user_id == obj.pk and scope.standing("lecturer"):
        waiting = lectures.to_confirm(scope).count()
        yield Panel(template="grants/workshop/_me_lecturer.html", context={"waiting": waiting}, order=7)


def panels(obj: Any, scope: Scope) -> Iterator[Panel]:
    """One panel on the event of a workshop, for the two sides. One query for staff, none for others."""
    if isinstance(obj, Event) and scope.has(*MUNICIPAL, *READERS):
        workshop = queries.visible_to(scope).filter(event=obj).first()
        if workshop is not None:
            yield Panel(template="grants/workshop/_event_panel.html", context={"workshop": workshop}, order=8)
