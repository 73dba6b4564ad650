"""Feeds, and the page that lists every calendar and feed."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from portal.areas.models import Area
from portal.areas.site import authority_of
from portal.kernel import rss
from portal.kernel.publishing import published

from .. import queries
from ..feeds.items import community_item, event_item

SHOWN = 100


@require_safe
def feed_list(request: HttpRequest) -> HttpResponse:
    """Every calendar and feed of this government's areas, and how to use them."""
    areas = Area.objects.filter(parent=authority_of(request).area_id).order_by("code")
    return render(request, "communities/feed_list.html", {"areas": areas})


@require_safe
def event_feed(request: HttpRequest, code: str = "") -> HttpResponse:
    """Of the events that come next, those published last."""
    rows = list(queries.newest_events(code)[:SHOWN])
    place = rows[0].area.name if rows else ""
    return answer(request, "イベント", code, place, [event_item(row, settings.BASE_URL) for row in rows])


@require_safe
def community_feed(request: HttpRequest, code: str = "") -> HttpResponse:
    """The communities published last."""
    rows = list(queries.published_communities([code] if code else None)[:SHOWN])
    place = rows[0].area.name if rows else ""
    return answer(
        request, "コミュニティ", code, place, [community_item(row, settings.BASE_URL) for row in rows]
    )


def answer(request: HttpRequest, what: str, code: str, place: str, items: list[rss.Item]) -> HttpResponse:
    """The feed as it is sent; 404 for an area that does not exist."""
    if code and not place:
        place = get_object_or_404(Area, pk=code).name
    title = f"{place or '協働ひろば'}の{what}"
    page = reverse("communities:event_list" if what == "イベント" else "communities:community_list")
    body = rss.feed(
        items,
        title=title,
        about=f"{title}のうち、新しく公開したものです。",
        url=settings.BASE_URL + page + (f"?area={code}" if code else ""),
        feed_url=settings.BASE_URL + request.path,
    )
    return published(request, body, rss.CONTENT_TYPE)
