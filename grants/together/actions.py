"""Keeping what two people typed at once into a draft: the text that came second is stored too, until it is settled."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction

from portal.kernel import audit, clock, permissions
from portal.kernel.actors import UserActor

from ..models import DraftTyped
from .drafts import Draft, column, right


@transaction.atomic
def keep_draft(
    *, by: UserActor, draft: Draft, part: str, revision: int, sent: Mapping[str, Sequence[str]]
) -> DraftTyped:
    """Store what `by` sent for a draft that was saved meanwhile; the newest of a person replaces the one before.

    Raises PermissionDenied.
    """
    permissions.require(by, right(draft), draft)
    whose: dict[str, Any] = {column(draft): draft, "part": part, "typed_by": by.user}
    kept, _ = DraftTyped.objects.update_or_create(
        **whose,
        defaults={
            "based_on": revision,
            "sent": {name: list(values) for name, values in sent.items()},
            "typed_at": clock.now(),
        },
    )
    audit.record("grants.drafttyped.kept", by=by, target=kept, data={"part": part, "based_on": revision})
    return kept


@transaction.atomic
def settle_draft(*, by: UserActor, draft: Draft, part: str) -> int:
    """Let go of what `by` had typed, because it was saved or is not wanted. Returns how many were let go.

    Raises PermissionDenied.
    """
    permissions.require(by, right(draft), draft)
    gone = 0
    for kept in DraftTyped.objects.filter(**{column(draft): draft}, part=part, typed_by=by.user):
        audit.record("grants.drafttyped.settled", by=by, target=kept, data={"part": part})
        kept.delete()
        gone += 1
    return gone
