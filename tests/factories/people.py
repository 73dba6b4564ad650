"""Profiles for tests, made by the action."""

import io
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from communities import actions
from communities.enums.people import OPEN_FIELDS
from communities.models import Profile
from portal.kernel import uploads
from portal.kernel.actors import UserActor
from portal.kernel.models import StoredFile
from tests.support.factories import number

from . import communities as make


def picture(width: int = 64, height: int = 48, form: str = "JPEG", **more: Any) -> bytes:
    """The bytes of a plain picture."""
    out = io.BytesIO()
    Image.new("RGB", (width, height), "green").save(out, format=form, **more)
    return out.getvalue()


def photo(by: UserActor) -> StoredFile:
    """A staged photograph."""
    return uploads.stage(SimpleUploadedFile("me.jpg", picture()), by=by, accept=uploads.IMAGES)


def seen(openness: str = "everybody", **fields: str) -> dict[str, str]:
    """Every field open to the same people, but for those named."""
    return dict.fromkeys(OPEN_FIELDS, openness) | fields


def profile(by: UserActor | None = None, *, open_now: bool = True, **kwargs: Any) -> Profile:
    """A profile open to everybody."""
    values: dict[str, Any] = {
        "name": f"試験の人{number()}",
        "does": "試験のことをしています。",
        "helps": "試験の手伝い",
        "seeks": "試験の仲間",
        "seen": seen(),
    }
    return actions.save_profile(by=by or make.person(), open_now=open_now, **{**values, **kwargs})
