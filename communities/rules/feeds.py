"""Who may make a 回覧板, and whose saved searches and calendars are whose."""

import rules

from portal.kernel import permissions
from portal.kernel.actors import Actor, TokenActor

from ..models import SavedSearch
from . import is_own, is_ward_staff


@rules.predicate
def holds_stop_link(actor: Actor, search: SavedSearch) -> bool:
    """The link in a mail of this very search."""
    return isinstance(actor, TokenActor) and actor.object_ref == f"savedsearch:{search.pk}"


permissions.define(
    "communities.make_circular", is_ward_staff, reason="回覧板をつくれるのは、その地域の担当者だけです。"
)
permissions.define(
    "communities.own_search",
    is_own | holds_stop_link,
    reason="お知らせの条件を変えられるのは、本人だけです。",
)
