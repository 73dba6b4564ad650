"""The case is locked first, always in the same way; what may be written to it is checked on the locked row."""

from portal.kernel import permissions
from portal.kernel.actors import Actor
from portal.kernel.refusals import Refusal

from ..models import Application


def lock(application: Application) -> Application:
    """Lock and re-read the case in place. Needs a transaction."""
    application.refresh_from_db(
        from_queryset=Application.objects.select_for_update(no_key=True, of=("self",))
    )
    return application


def lock_draft(application: Application, *, by: Actor) -> Application:
    """Lock a draft for writing. Raises PermissionDenied, or Refusal when it is no draft any more."""
    permissions.require(by, "grants.edit_application", application)
    lock(application)
    if not application.is_draft:
        raise Refusal(
            f"この申請は、いま「{application.get_state_display()}」です。直せるのは下書きのあいだだけです。最新の内容を確かめてください。",
            code="moved",
        )
    return application
