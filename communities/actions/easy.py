"""Writing the plain text of a community or an event.

write_easy(by=organiser, owner=community, text="だれでも 来て いいです。…")
"""

from django.db import transaction

from portal.kernel import audit, permissions
from portal.kernel.actors import Actor

from ..models import Community, EasyText, Event
from ..saving import change, insert, locked


@transaction.atomic
def write_easy(*, by: Actor, owner: Community | Event, text: str) -> Community | Event:
    """Write it, change it, or take it away with an empty text. PermissionDenied for who may not edit the page."""
    is_event = isinstance(owner, Event)
    permissions.require(by, "communities.run_event" if is_event else "communities.edit_community", owner)
    key = {"event" if is_event else "community": owner}
    locked(type(owner)._default_manager.get(pk=owner.pk))
    row = EasyText.objects.filter(**key).first()
    if not text.strip():
        changed = bool(row and row.delete())
    elif row is None:
        changed = bool(insert(EasyText(**key, text=text)))
    else:
        changed = bool(change(row, {"text": text}))
    if changed:
        event = "communities.event.easy_written" if is_event else "communities.community.easy_written"
        audit.record(event, by=by, target=owner)
    return owner
