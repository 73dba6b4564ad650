"""Keeping what two people typed at once into a result or a change: what came second is stored too, until it is settled."""

from collections.abc import Mapping, Sequence

from django.db import transaction

from portal.kernel import audit, clock, permissions
from portal.kernel.actors import UserActor

from ...models import Application, SheetTyped


@transaction.atomic
def keep_sheet(
    *, by: UserActor, application: Application, sheet: str, based_on: str, sent: Mapping[str, Sequence[str]]
) -> SheetTyped:
    """Store what `by` sent for a sheet that was saved meanwhile; the newest of a person replaces the one before."""
    permissions.require(by, "grants.write_result", application)
    kept, _ = SheetTyped.objects.update_or_create(
        application=application,
        sheet=sheet,
        typed_by=by.user,
        defaults={
            "based_on": based_on,
            "sent": {name: list(values) for name, values in sent.items()},
            "typed_at": clock.now(),
        },
    )
    audit.record("grants.sheettyped.kept", by=by, target=kept, data={"sheet": sheet})
    return kept


@transaction.atomic
def settle_sheet(*, by: UserActor, application: Application, sheet: str) -> int:
    """Let go of what `by` had typed, because it was saved or is not wanted. Returns how many were let go."""
    permissions.require(by, "grants.write_result", application)
    gone = 0
    for kept in SheetTyped.objects.filter(application=application, sheet=sheet, typed_by=by.user):
        audit.record("grants.sheettyped.settled", by=by, target=kept, data={"sheet": sheet})
        kept.delete()
        gone += 1
    return gone
