"""Photos of posts and of records of activity: each with words, each with what is said about the people in it.

add_photo(by=organiser, owner=post, photo=NewPhoto(file=stored, alt="…", caption="…", consent="agreed"))
"""

from dataclasses import dataclass

from django.db import transaction

from portal.kernel import audit, permissions, uploads
from portal.kernel.actors import Actor
from portal.kernel.models import StoredFile
from portal.kernel.refusals import Refusal

from .. import indexing
from ..models import Activity, Photo, Post
from ..saving import insert, locked

MOST = 12  # photos of one post or one record


@dataclass(frozen=True, slots=True, kw_only=True)
class NewPhoto:
    """A staged picture with its words. `consent` is a PhotoConsent."""

    file: StoredFile
    alt: str
    caption: str
    consent: str


@transaction.atomic
def add_photo(*, by: Actor, owner: Post | Activity, photo: NewPhoto) -> Photo:
    """Add a picture to a post or a record of activity. Raises Refusal for the thirteenth, or a file that is gone."""
    locked(owner)
    permissions.require(by, _permission(owner), owner)
    if not photo.file.content_type.startswith("image/"):
        raise Refusal("写真は、JPEG、PNG、WebPの画像にしてください。", field="photo", code="kind")
    if owner.photos.count() >= MOST:
        raise Refusal(f"写真は、{MOST}枚までです。", field="photo", code="many")
    place = {"post": owner} if isinstance(owner, Post) else {"activity": owner}
    row = insert(Photo(file=photo.file, alt=photo.alt, caption=photo.caption, consent=photo.consent, **place))
    uploads.attach(photo.file, row)
    audit.record(
        f"{owner._meta.label_lower}.photo_added", by=by, target=owner, data={"consent": photo.consent}
    )
    _index(owner)
    return row


@transaction.atomic
def remove_photo(*, by: Actor, photo: Photo) -> Post | Activity:
    """Take a picture away for good: row and bytes. Twice is once."""
    owner = photo.owner
    locked(owner)
    permissions.require(by, _permission(owner), owner)
    row = owner.photos.filter(pk=photo.pk).first()
    if row is not None:
        stored = row.file
        row.delete()
        uploads.release(stored)
        audit.record(f"{owner._meta.label_lower}.photo_removed", by=by, target=owner)
        _index(owner)
    return owner


def _permission(owner: Post | Activity) -> str:
    return "communities.edit_post" if isinstance(owner, Post) else "communities.log_activity"


def _index(owner: Post | Activity) -> None:
    if isinstance(owner, Post):
        indexing.put_post(owner)
