"""How every write to a draft begins: who asks, the case locked, still a draft."""

from portal.kernel import permissions
from portal.kernel.actors import Actor
from portal.kernel.refusals import Refusal

from .. import queries
from ..models import Application


def lock_draft(application: Application, *, by: Actor) -> Application:
    """Lock and re-read a draft for writing; the case is always locked first. Raises PermissionDenied, or Refusal when it is no draft any more."""
    permissions.require(by, "grants.edit_application", application)
    queries.lock(application)
    if not application.is_draft:
        raise Refusal(
            f"この申請は、いま「{application.get_state_display()}」です。直せるのは下書きのあいだだけです。最新の内容を確かめてください。",
            code="moved",
        )
    return application
