"""What pages show of moderation: the way to report, and to its own people that the page is hidden and why."""

from collections.abc import Iterator
from typing import Any

from portal.accounts.scope import Scope
from portal.kernel.ports import Panel

from .. import moderation
from ..models import Activity, Community, Event, Initiative, Post, WorkingGroup
from ..rules import WARD_STAFF, area_code, community_ids

KINDS: dict[type[Any], str] = {
    Community: "community", Event: "event", Initiative: "initiative", Post: "post",
    Activity: "activity", WorkingGroup: "group",
}  # fmt: skip


def panels(obj: Any, scope: Scope) -> Iterator[Panel]:
    """One panel. A query only for those who see hidden pages at all: organisers and the staff of the area."""
    kind = KINDS.get(type(obj))
    if kind is None:
        return
    is_staff = area_code(obj) in scope.areas(*WARD_STAFF)
    own = is_staff or bool(community_ids(obj) & scope.standing("organiser"))
    context = {
        "kind": kind, "pk": obj.pk, "is_staff": is_staff,
        "hiding": moderation.hiding_of(obj) if own else None,
    }  # fmt: skip
    yield Panel(template="communities/_moderation_panel.html", context=context, order=90)
