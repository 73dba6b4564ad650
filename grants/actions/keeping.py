"""Keeping what two people typed at once: the text that came second is stored too, until its writer has settled it."""

from collections.abc import Mapping, Sequence

from django.db import transaction

from portal.kernel import audit, clock, permissions
from portal.kernel.actors import UserActor

from ..models import Application, ApplicationPart, SetAside


@transaction.atomic
def keep_typed(
    *, by: UserActor, application: Application, key: str, revision: int, sent: Mapping[str, Sequence[str]]
) -> SetAside:
    """Store what `by` sent for a section that was saved meanwhile; the newest of a person replaces the one before."""
    permissions.require(by, "grants.edit_application", application)
    part = ApplicationPart.objects.get(application=application, key=key)
    kept, _ = SetAside.objects.update_or_create(
        part=part,
        typed_by=by.user,
        defaults={
            "based_on": revision,
            "sent": {name: list(values) for name, values in sent.items()},
            "typed_at": clock.now(),
        },
    )
    audit.record("grants.setaside.kept", by=by, target=kept, data={"part": part.pk, "based_on": revision})
    return kept


@transaction.atomic
def settle_typed(*, by: UserActor, application: Application, key: str) -> int:
    """Let go of what `by` had typed, because it was saved or is not wanted. Returns how many were let go."""
    permissions.require(by, "grants.edit_application", application)
    gone = 0
    for kept in SetAside.objects.filter(part__application=application, part__key=key, typed_by=by.user):
        audit.record("grants.setaside.settled", by=by, target=kept, data={"part": kept.part_id})
        kept.delete()
        gone += 1
    return gone
