"""What views share: what was posted, and the row this person sees."""

from collections.abc import Callable
from typing import Any, TypeVar

from django.db.models import Model, QuerySet
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from portal.areas.site import set_authority
from portal.kernel import permissions, ports, tokens
from portal.kernel.ports import Edge, Panel

from .. import easy, queries
from ..models import Community, Event, Initiative

M = TypeVar("M", bound=Model)
EVENT_WITH = (
    "easy",
    "seats",
    "series",
    "report__activity__community",
    "survey",
    "venue_sketch__file",
    "area__parent",
    "host_community__area",
    "host_platform",
    "host_authority",
)


def posted(request: HttpRequest) -> tuple[Any, Any]:
    """(data, files) of a POST, else (None, None): an empty POST is a bound form too."""
    return (request.POST, request.FILES) if request.method == "POST" else (None, None)


def visible_community(
    request: HttpRequest, slug: str, also: Callable[[QuerySet[Community]], QuerySet[Community]] | None = None
) -> Community:
    """The community of this address with what every page of it shows, and what `also` adds; 404 for a stranger."""
    rows: QuerySet[Community] = queries.communities_visible_to(request.scope)  # type: ignore[attr-defined]
    rows = queries.with_people(queries.with_theme_names(rows)).select_related("area__parent", "easy")
    community = get_object_or_404(also(rows) if also else rows, slug=slug)
    set_authority(request, community.area)
    easy.remember(request)
    return community


def visible_event(request: HttpRequest, pk: Any) -> Event:
    """The event of this address with seats and host; 404 for a stranger."""
    rows = queries.events_visible_to(request.scope).select_related(*EVENT_WITH)  # type: ignore[attr-defined]
    event = get_object_or_404(rows, pk=pk)
    set_authority(request, event.area)
    easy.remember(request)
    return event


def visible_initiative(request: HttpRequest, pk: Any) -> Initiative:
    """The initiative of this address with its community; 404 for a stranger."""
    rows = queries.initiatives_visible_to(request.scope)  # type: ignore[attr-defined]
    initiative = get_object_or_404(rows.select_related("community__area__parent"), pk=pk)
    set_authority(request, initiative.community.area)
    return initiative


def row_of_link(rows: QuerySet[M], purpose: str, token: str) -> M:
    """The row that a secret link stands for; 404 for a link that is forged, or ended by a newer one."""
    try:
        pk, version = tokens.read(purpose, token)
    except tokens.BadToken:
        raise Http404 from None
    return get_object_or_404(rows, pk=pk, token_version=version)


def require(request: HttpRequest, permission: str, obj: Any) -> None:
    """403 with the reason when this person may not."""
    permissions.require(request.actor, permission, obj)  # type: ignore[attr-defined]


def may(request: HttpRequest, permission: str, obj: Any) -> bool:
    """Whether this person may; for showing a link."""
    return bool(permissions.check(request.actor, permission, obj))  # type: ignore[attr-defined]


def edges(request: HttpRequest, obj: Any) -> list[Edge]:
    """The thread from this row, as far as every floor knows it."""
    return [edge for source in ports.thread_edges for edge in source(obj, request.scope)]  # type: ignore[attr-defined]


def panels(request: HttpRequest, obj: Any) -> list[Panel]:
    """What higher floors show on this page, in order."""
    found = [panel for source in ports.panels for panel in source(obj, request.scope)]  # type: ignore[attr-defined]
    return sorted(found, key=lambda panel: panel.order)
