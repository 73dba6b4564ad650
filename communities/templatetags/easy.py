"""Plain Japanese on a page: the switch, the text, names with their reading."""

from typing import Any

from django import template
from django.urls import reverse

from .. import easy
from ..models import Event

register = template.Library()


@register.inclusion_tag("communities/_easy.html", takes_context=True)
def easy_part(context: dict[str, Any], row: Any, may_edit: Any = False) -> dict[str, Any]:
    """The switch where there is something to switch, and the text when it is on."""
    name = "event_easy" if isinstance(row, Event) else "community_easy"
    key = row.pk if isinstance(row, Event) else row.slug
    return {
        "on": context["request"].easy,
        "text": easy.text_of(row),
        "edit_url": reverse(f"communities:{name}", args=[key]) if may_edit else "",
    }
