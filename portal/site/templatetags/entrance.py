"""What the entrance's templates say: capped figures, and which drawing stands where.

Drawings are prints of ours; no photograph stands in for people who did not agree.
"""

from typing import Any

from django import template
from django.templatetags.static import static

from portal.site.queries import capped_label

register = template.Library()

WARD_SCENES = {"kita": "kata", "akiha": "akiha", "nishikan": "locahun"}
THEME_SCENES = {
    "食・農": "marche",
    "子ども・教育": "terakoya",
    "情報発信・映像": "pitch",
    "観光・ロケーション": "locahun",
}
NATURE, WATER, ANYWHERE = "自然・里山", "kata", "base"


@register.filter
def ward_scene(area: Any) -> str:
    """The scene's name for the head of a ward's page; empty where there is none."""
    return WARD_SCENES.get(area.slug, "")


@register.filter
def scene_of(community: Any) -> str:
    """The scene's name for a community, from the first theme that has one (`theme_names` annotated)."""
    for name in community.theme_names:
        if name in THEME_SCENES:
            return THEME_SCENES[name]
        if name == NATURE:
            return WARD_SCENES.get(community.area.slug, WATER)
    return ANYWHERE


@register.filter
def scene_url(community: Any) -> str:
    """The address of that scene."""
    return static(f"img/scene-{scene_of(community)}.svg")


@register.filter
def motif_url(area: Any) -> str:
    """The address of the ward's motif."""
    return static(f"img/motif-{area.slug}.svg")


@register.filter
def capped(count: int) -> str:
    """A figure that was counted up to a cap."""
    return capped_label(count)
