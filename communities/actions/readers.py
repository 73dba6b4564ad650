"""The two who read what people need: named, changed, told.

name_readers(by=officer, event=e, officer=sato, deputy=tanaka)
"""

from django.db import transaction

from portal.accounts.models import User
from portal.kernel import audit, permissions
from portal.kernel.actors import Actor
from portal.kernel.refusals import Refusal

from ..mails import counter as mails_counter
from ..models import Event
from ..queries.readers import possible_readers
from ..saving import change, locked


@transaction.atomic
def name_readers(*, by: Actor, event: Event, officer: User, deputy: User | None = None) -> Event:
    """Name who reads what people need to take part: staff of the area or organisers of the host, two at most.

    Both are told, and whoever reads no longer. The same two again: nothing happens. Raises PermissionDenied; Refusal
    for the same person twice, or for one who is neither.
    """
    locked(event)
    permissions.require(by, "communities.name_readers", event)
    if deputy == officer:
        raise Refusal("2人目は、1人目と別の方にしてください。", field="deputy", code="same")
    known = set(
        possible_readers(event)
        .filter(pk__in=[user.pk for user in (officer, deputy) if user])
        .values_list("pk", flat=True)
    )
    for field, user in (("officer", officer), ("deputy", deputy)):
        if user is not None and user.pk not in known:
            raise Refusal(
                "地域の担当者か、主催する団体の世話人から選んでください。", field=field, code="reader"
            )
    before = {event.needs_officer_id, event.needs_deputy_id} - {None}
    changed = change(event, {"needs_officer": officer, "needs_deputy": deputy})
    if changed:
        entry = audit.record("communities.event.readers_named", by=by, target=event, data={"fields": changed})
        mails_counter.readers_named(event, before, entry.pk)
    return event
