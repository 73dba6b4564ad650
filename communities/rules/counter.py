"""Who may do what around a registration: name the readers of needs, receive parties, check them in, ask questions."""

from typing import Any

import rules

from portal.kernel import permissions
from portal.kernel.actors import Actor, UserActor

from . import is_named_for_needs, is_organiser, is_ward_staff, keeps_list, names_are_open, needs_are_of_use


@rules.predicate
def received_it(actor: Actor, registration: Any) -> bool:
    """Who typed a party in may print its slip, also while its list is closed to them."""
    entry = getattr(registration, "proxy", None)
    return isinstance(actor, UserActor) and entry is not None and entry.received_by_id == actor.user_id


_reads_names = keeps_list | (is_organiser & names_are_open)

permissions.define(
    "communities.name_readers",
    needs_are_of_use & (keeps_list | (is_named_for_needs & (is_ward_staff | is_organiser))),
    reason="読む人を決められるのは、申込みを集める人と、いま決められている人だけです。催しの14日後までです。",
)
permissions.define(
    "communities.receive_registration",
    keeps_list,
    reason="代わりに受け付けられるのは、申込みを集める人だけです。",
)
permissions.define(
    "communities.print_slip",
    _reads_names | received_it,
    reason="受付票を印刷できるのは、申込みを集める人と、受け付けた人だけです。",
)
