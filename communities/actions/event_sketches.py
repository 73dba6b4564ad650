"""The picture of the way to a venue: put on, changed, taken away.

set_sketch(by=organiser, event=e, file=stored, alt="駅の東口を出て左、郵便局の角を右に曲がる")
"""

from django.db import transaction

from portal.kernel import audit, permissions, uploads
from portal.kernel.actors import Actor
from portal.kernel.models import StoredFile
from portal.kernel.refusals import Refusal

from ..models import Event, VenueSketch
from ..saving import change, insert, locked


@transaction.atomic
def set_sketch(*, by: Actor, event: Event, file: StoredFile | None, alt: str = "") -> Event:
    """Show this picture of the way, with its words; None takes away what is there. Again: no change.

    A picture that is replaced or taken away belongs to nobody from then on, and is swept with all its sizes.
    Raises Refusal for a file that is no picture or gone, ValidationError without words, PermissionDenied.
    """
    locked(event)
    permissions.require(by, "communities.run_event", event)
    row = VenueSketch.objects.select_related("file").filter(event=event).first()
    if file is None:
        return _without(by, event, row)
    if not file.content_type.startswith("image/"):
        raise Refusal("案内図は、JPEG、PNG、WebPの画像にしてください。", field="file", code="kind")
    if row is None:
        row, changed = insert(VenueSketch(event=event, file=file, alt=alt)), ["file", "alt"]
    else:
        old = row.file
        changed = change(row, {"file": file, "alt": alt})
        if "file" in changed:
            uploads.release(old)
    uploads.attach(file, row)
    if changed:
        audit.record("communities.event.sketch_set", by=by, target=event, data={"fields": changed})
    return event


def _without(by: Actor, event: Event, row: VenueSketch | None) -> Event:
    if row is not None:
        row.delete()
        uploads.release(row.file)
        audit.record("communities.event.sketch_removed", by=by, target=event)
    return event
