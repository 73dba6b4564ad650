"""How every write after a decision begins: who asks, the case locked, still where the writer believes it to be."""

from collections.abc import Iterable

from portal.kernel import permissions
from portal.kernel.actors import Actor
from portal.kernel.refusals import Refusal

from ... import queries
from ...models import Application


def lock_in(application: Application, *, by: Actor, permission: str, states: Iterable[str]) -> Application:
    """Lock and re-read the case; it must stand in one of `states`. Raises PermissionDenied, Refusal."""
    permissions.require(by, permission, application)
    queries.lock(application)
    if application.state not in states:
        raise Refusal(
            f"この申請は、いま「{application.get_state_display()}」です。この手続きはできません。最新の内容を確かめてください。",
            code="moved",
        )
    return application
