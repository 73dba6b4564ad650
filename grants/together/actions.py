"""Keeping what two people typed at once into a draft: the text that came second is stored too, until it is settled."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.db.models import Model

from portal.kernel import audit, clock, permissions
from portal.kernel.actors import JobActor, UserActor

from ..models import DraftTyped, SetAside, SheetTyped
from .drafts import Draft, column, right

FORGOTTEN = timedelta(days=365)  # the retention of what is set aside: 1y
KEPT: tuple[type[Model], ...] = (DraftTyped, SetAside, SheetTyped)


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
def forget_typed(*, by: JobActor) -> int:
    """Take away what was typed a year ago and never settled, of any draft, section or sheet. Returns how many rows."""
    before = clock.now() - FORGOTTEN
    return sum(model._default_manager.filter(typed_at__lt=before).delete()[0] for model in KEPT)


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
