"""The entrance: home, wards, search, the staff desk."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from communities import queries as communities_queries
from communities.queries.contacts import NOTING
from portal.accounts.decorators import staff_required
from portal.areas.site import authority_of
from portal.indicators.queries import ward_totals
from portal.kernel import clock
from portal.kernel.fiscal import fiscal_year

from . import finding, queries
from .desk import REGISTERING, Choice, desk_of

LISTS = ("communities:community_list", "communities:event_list")
WORDS = ("子ども", "ものづくり", "農業", "35歳以下", "ピッチ", "寺子屋")


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """What happens in the wards, what comes next, and the number."""
    authority, today = authority_of(request), clock.today_jst()
    wards = queries.wards_with_counts(authority)
    codes = [authority.area_id, *(ward.pk for ward in wards)]
    by_ward, total = ward_totals(authority, fiscal_year(today))
    context = {
        "wards": wards,
        "words": WORDS,
        "posts": queries.newest_posts(wards),
        "feed": queries.latest_communities(codes, 4),
        "events": queries.next_events(codes, clock.now(), 5),
        "initiatives": queries.moving_initiatives(codes, 5),
        "ward_rows": [(place.slug, place.name, count) for place, count in by_ward],
        "collaboration_total": total,
        "overlap": sum(count for _, count in by_ward) - total,
        "fiscal_year": fiscal_year(today),
        "today": today,
    }
    return render(request, "site/home.html", context)


@require_safe
def ward(request: HttpRequest, slug: str) -> HttpResponse:
    """One ward: its communities, the way of its initiatives, its meetings."""
    today = clock.today_jst()
    found = queries.ward_with_facts(slug, today)
    if found is None:
        raise Http404("この区のページはありません。")
    communities, events = (f"{reverse(name)}?area={found.pk}" for name in LISTS)
    context = {
        "ward": found,
        "profile": getattr(found, "profile", None),
        "page": queries.ward_page(found, clock.now()),
        "posts": communities_queries.newest_post_rows(found.post_rows),  # type: ignore[attr-defined]
        "fiscal_year": fiscal_year(today),
        "community_url": communities,
        "event_url": events,
        "tabs": [
            ("ようす", request.path),
            ("コミュニティ", communities, queries.capped_label(found.community_count)),  # type: ignore[attr-defined]
            ("取組", "#initiatives", queries.capped_label(found.initiative_count)),  # type: ignore[attr-defined]
            ("集まり", events),
            ("カレンダー", reverse("communities:ward_calendar", args=[slug])),
        ],
    }
    return render(request, "site/ward.html", context)


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """The one search: from two characters, over everything the person may see."""
    query, kind = finding.words(request.GET.get("q", "")), request.GET.get("kind", "")
    if kind and kind not in finding.kinds_known():
        raise Http404("この種類はありません。")
    found = finding.find(query, request.scope, kind=kind) if query else None  # type: ignore[attr-defined]
    context = {
        "query": query,
        "kind": kind,
        "found": found,
        "kinds": finding.chips(query, kind),
        "examples": [(word, finding.address(word)) for word in WORDS],
    }
    return render(request, "site/search.html", context)


@staff_required
@require_safe
def desk(request: HttpRequest) -> HttpResponse:
    """Today's to-dos by deadline, and what one looks after."""
    post = request.scope.post  # type: ignore[attr-defined]
    chosen = Choice(kind=request.GET.get("kind", "")[:40], place=request.GET.get("place", "")[:40])
    found = desk_of(request.scope, chosen)  # type: ignore[attr-defined]
    context = {
        "desk": found,
        "sidenav_counts": {"/staff/": found.urgent},
        "now": clock.now(),
        "ward_slug": post.area_slug,
        "can_note": request.scope.has(*NOTING),  # type: ignore[attr-defined]
        "can_register": request.scope.has(*REGISTERING),  # type: ignore[attr-defined]
    }
    return render(request, "site/desk.html", context)
