"""Keeping what two people typed at once into a request of ①: the text that came second is stored too, until it is settled."""

from collections.abc import Mapping, Sequence

from django.db import transaction

from portal.kernel import audit, clock, permissions
from portal.kernel.actors import UserActor

from ..models import Dispatch, DispatchTyped


@transaction.atomic
def keep_dispatch_typed(
    *, by: UserActor, dispatch: Dispatch, revision: int, sent: Mapping[str, Sequence[str]]
) -> DispatchTyped:
    """Store what `by` sent for a request that was saved meanwhile; the newest of a person replaces the one before."""
    permissions.require(by, "grants.write_dispatch", dispatch)
    kept, _ = DispatchTyped.objects.update_or_create(
        dispatch=dispatch,
        typed_by=by.user,
        defaults={
            "based_on": revision,
            "sent": {name: list(values) for name, values in sent.items()},
            "typed_at": clock.now(),
        },
    )
    audit.record("grants.dispatchtyped.kept", by=by, target=kept, data={"based_on": revision})
    return kept


@transaction.atomic
def settle_dispatch_typed(*, by: UserActor, dispatch: Dispatch) -> int:
    """Let go of what `by` had typed, because it was saved or is not wanted. Returns how many were let go."""
    permissions.require(by, "grants.write_dispatch", dispatch)
    gone = 0
    for kept in DispatchTyped.objects.filter(dispatch=dispatch, typed_by=by.user):
        audit.record("grants.dispatchtyped.settled", by=by, target=kept)
        kept.delete()
        gone += 1
    return gone
