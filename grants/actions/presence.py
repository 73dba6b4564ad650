"""Saying that one has a file open. Not part of the file's history: it tells who looks, not what was done."""

from datetime import timedelta

from django.db import transaction

from portal.accounts.scope import Scope
from portal.kernel import clock, permissions
from portal.kernel.actors import Actor, JobActor, UserActor
from portal.kernel.refusals import Refusal

from ..enums import Place
from ..models import Application, Presence
from ..models.presence import FILES
from ..queries import presence
from ..together.drafts import Draft, column, right

KEPT = timedelta(days=1)


@transaction.atomic
def be_present(*, by: Actor, file: Application | Draft, place: Place) -> Presence:
    """Note that this person has `place` of the file open now; only who may write there is seen.

    Raises PermissionDenied, Refusal (not a person).
    """
    if not isinstance(by, UserActor):
        raise Refusal("開いている人として記録するのは、利用者だけです。")
    side = presence.side_of(Scope.of(by), file)
    permissions.require(
        by, presence.needed(side, place) if isinstance(file, Application) else right(file), file
    )
    row = Presence(user=by.user, side=side, place=place, seen_at=clock.now(), **{column(file): file})
    Presence.objects.bulk_create(
        [row],
        update_conflicts=True,
        unique_fields=[*FILES, "user"],
        update_fields=["side", "place", "seen_at"],
    )
    return row


@transaction.atomic
def forget_presences(*, by: JobActor) -> int:
    """Take away what is older than a day; there is nothing to tell about it. Returns how many rows."""
    return Presence.objects.filter(seen_at__lt=clock.now() - KEPT).delete()[0]
