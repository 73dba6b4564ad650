"""Events whose plan a procedure of a floor above keeps: there it is changed and called off, not here."""

from collections.abc import Mapping
from typing import Any

from portal.kernel import ports
from portal.kernel.actors import Actor
from portal.kernel.refusals import Refusal

from .models import Event
from .rules import DECISION

PLANNED = (
    "title",
    "starts_at",
    "ends_at",
    "venue",
    "address",
    "audience",
    "capacity",
)  # what such a plan says


def keeper_of(event: Event) -> tuple[str, str] | None:
    """Why this event is changed elsewhere, and where; None when it is not. A query for each floor that keeps events."""
    return next((said for keeper in ports.keepers if (said := keeper(event)) is not None), None)


def refuse_kept(event: Event, by: Actor) -> None:
    """Moving and calling off are the procedure's matter, which acts as the decision. Raises Refusal."""
    if by != DECISION and (said := keeper_of(event)) is not None:
        raise Refusal(said[0], code="kept")


def refuse_planned(event: Event, by: Actor, fields: Mapping[str, Any]) -> None:
    """So is every change of what the plan says; the rest is mended here. Raises Refusal at the first such field."""
    changed = [name for name in PLANNED if name in fields and fields[name] != _now(event, name)]
    if changed and by != DECISION and (said := keeper_of(event)) is not None:
        raise Refusal(said[0], field=changed[0], code="kept")


def _now(event: Event, name: str) -> Any:
    return event.seats.capacity if name == "capacity" else getattr(event, name)
