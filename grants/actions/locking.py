"""How every write to a case begins: who asks, the case locked, still where the writer believes it to be."""

from portal.kernel import permissions
from portal.kernel.actors import Actor
from portal.kernel.refusals import Refusal

from .. import queries
from ..enums import ApplicationState
from ..models import Application
from ..routing import drafts_elsewhere


def lock_editable(application: Application, *, by: Actor) -> Application:
    """Lock and re-read a draft, or a file returned for correction, for writing; the case is always locked first.

    Raises PermissionDenied, or Refusal when the municipality may not write in it any more.
    """
    permissions.require(by, "grants.edit_application", application)
    queries.lock(application)
    if not application.is_editable:
        raise Refusal(
            f"この申請は、いま「{application.get_state_display()}」です。直せるのは、下書きと補正待ちのあいだだけです。最新の内容を確かめてください。",
            code="moved",
        )
    return application


def lock_examined(application: Application, *, by: Actor) -> Application:
    """Lock and re-read a file for its examination; only the officer who holds it writes in it.

    Raises PermissionDenied, or Refusal that says where the file stands or who holds it.
    """
    permissions.require(by, "grants.examine_application", application)
    queries.lock(application)
    if not application.is_examined:
        raise Refusal(
            f"この申請は、いま「{application.get_state_display()}」です。審査の画面は使えません。最新の内容を確かめてください。",
            code="moved",
        )
    check_holder(application, by=by)
    return application


def lock_drafted(application: Application, *, by: Actor) -> Application:
    """Lock and re-read a file for the draft of its decision, by the section that drafts; where that is the office, by its holder.

    Another section drafts only what the office has passed on to 内容審査.

    Raises PermissionDenied, or Refusal that says where the file stands or who holds it.
    """
    permissions.require(by, "grants.draft_decision", application)
    queries.lock(application)
    if not application.is_examined:
        raise Refusal(
            f"この申請は、いま「{application.get_state_display()}」です。決定は起案できません。最新の内容を確かめてください。",
            code="moved",
        )
    if not drafts_elsewhere(application):
        check_holder(application, by=by)
    elif application.state != ApplicationState.REVIEWING:
        raise Refusal(
            f"この申請は、まだ「{application.get_state_display()}」です。受け持ちの課が内容審査に進めてから、起案します。",
            code="moved",
        )
    return application


def check_holder(application: Application, *, by: Actor) -> None:
    """Refuse when another officer holds the file."""
    holder = application.held_by
    if holder is not None and by.ref != f"user:{holder.pk}":
        raise Refusal(
            f"いまの担当は{holder.name}さんです。引きつぐときは「担当を替わる」を押してください。",
            code="held",
        )
