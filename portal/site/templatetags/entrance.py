"""What the entrance's templates say: capped figures, and which drawing stands where.

Drawings are prints of ours; no photograph stands in for people who did not agree.
"""

from typing import Any

from django import template
from django.templatetags.static import static

from portal.site.queries import capped_label

register = template.Library()

# Scenes of the ward itself, and scenes of people meeting there.
WARD_SCENES = {"kita": "kata", "akiha": "akiha", "nishikan": "locahun"}
COMMUNITY_SCENES = {"kita": "kata", "akiha": "pitch", "nishikan": "terakoya"}
ANYWHERE = "base"


@register.filter
def ward_scene(area: Any) -> str:
    """The scene's name for the head of a ward's page; empty where there is none."""
    return WARD_SCENES.get(area.slug, "")


@register.filter
def scene_of(area: Any) -> str:
    """The scene's name for a community of the area."""
    return COMMUNITY_SCENES.get(area.slug, ANYWHERE)


@register.filter
def scene_url(area: Any) -> str:
    """The address of that scene."""
    return static(f"img/scene-{scene_of(area)}.svg")


@register.filter
def motif_url(area: Any) -> str:
    """The address of the ward's motif."""
    return static(f"img/motif-{area.slug}.svg")


@register.filter
def capped(count: int) -> str:
    """A figure that was counted up to a cap."""
    return capped_label(count)
