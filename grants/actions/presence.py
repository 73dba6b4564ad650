"""Saying that one has a file open. Not part of the file's history: it tells who looks, not what was done."""

from datetime import timedelta

from django.db import transaction

from portal.accounts.scope import Scope
from portal.kernel import clock, permissions
from portal.kernel.actors import Actor, JobActor, UserActor
from portal.kernel.refusals import Refusal

from ..enums import Place, Side
from ..models import Application, Presence
from ..queries import presence

KEPT = timedelta(days=1)
NEEDED = {Side.MUNICIPALITY: "grants.edit_application", Side.PREFECTURE: "grants.examine_application"}


@transaction.atomic
def be_present(*, by: Actor, application: Application, place: Place) -> Presence:
    """Note that this person has `place` of the file open now; only who may write there is seen.

    Raises PermissionDenied, Refusal (not a person).
    """
    if not isinstance(by, UserActor):
        raise Refusal("開いている人として記録するのは、利用者だけです。")
    side = presence.side_of(Scope.of(by), application)
    permissions.require(by, NEEDED[side], application)
    row = Presence(application=application, user=by.user, side=side, place=place, seen_at=clock.now())
    Presence.objects.bulk_create(
        [row],
        update_conflicts=True,
        unique_fields=["application", "user"],
        update_fields=["side", "place", "seen_at"],
    )
    return row


@transaction.atomic
def forget_presences(*, by: JobActor) -> int:
    """Take away what is older than a day; there is nothing to tell about it. Returns how many rows."""
    return Presence.objects.filter(seen_at__lt=clock.now() - KEPT).delete()[0]
