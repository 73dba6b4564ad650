"""Objects with which the rows of the officer's day are opened."""

from typing import Any

from communities.models import Community
from portal.kernel.ports import DeskItem
from portal.site.desk_keys import digest


def cases() -> dict[str, dict[str, Any]]:
    """A to-do of 秋葉区: a request that waits."""
    akiha = Community.objects.get(name="「タイトル未定」")
    waiting = DeskItem(title="", meta="", url="", action="", key=f"communities.requests:{akiha.pk}")
    return {"to-do": {"item": digest(waiting)}}
