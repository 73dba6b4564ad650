"""What one viewer sees of a profile: only the fields that are open to them. Pages, lists and the preview use this alone."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from django.urls import reverse

from ..enums.people import OPEN_FIELDS, Openness
from ..models import Profile

FACE = "?w=160"  # a photo of 72 pixels on a sharp screen


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """A person as this viewer sees them; what is not open to them is empty here, so a template cannot show it."""

    name: str = ""
    kana: str = ""
    does: str = ""
    helps: str = ""
    seeks: str = ""
    areas: Sequence[str] = ()
    themes: Sequence[str] = ()
    photo: str = ""
    links: Sequence[tuple[str, str]] = ()
    url: str = ""

    @property
    def summary(self) -> str:
        """The first words about this person, for lists."""
        return next((text for text in (self.does, self.helps, self.seeks) if text), "")


def card_of(profile: Profile, *, near: bool) -> Card | None:
    """Of a row with `area_names` and `theme_names` (queries.with_names). `near`: the viewer shares a community."""
    values = {
        **{name: getattr(profile, name) for name in ("name", "kana", "does", "helps", "seeks", "links")},
        "areas": getattr(profile, "area_names", ()),
        "themes": getattr(profile, "theme_names", ()),
        "photo": reverse("communities:person_photo", args=[profile.pk]) + FACE if profile.photo_id else "",
        "url": profile.get_absolute_url(),
    }
    return card_from(values, {name: getattr(profile, f"{name}_seen") for name in OPEN_FIELDS}, near=near)


def card_from(values: Mapping[str, Any], seen: Mapping[str, str], *, near: bool) -> Card | None:
    """Of plain values and who sees each field. None for who does not see the name: they see nothing."""
    if not sees(seen["name"], near=near) or not values["name"]:
        return None
    shown = {name: values[name] for name in OPEN_FIELDS if sees(seen[name], near=near)}
    links = [(link, urlsplit(link).hostname or link) for link in shown.pop("links", ())]
    return Card(**shown, links=links, kana=values["kana"], url=values.get("url", ""))


def sees(openness: str, *, near: bool) -> bool:
    """Whether a field of this openness is seen by a stranger, or by who shares a community (`near`)."""
    return openness == Openness.EVERYBODY or (near and openness == Openness.MEMBERS)
