"""The floors themselves. Each asserts how many statements it makes, so that a floor cannot quietly become a cellar."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import get_template

from communities.enums import CommunityState
from communities.models import Community

View = Callable[..., HttpResponse]


def makes(expected: int) -> Callable[[View], View]:
    """Fail the request unless the view makes exactly `expected` statements."""

    def decorate(view: View) -> View:
        @wraps(view)
        def inner(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            made = 0

            def count(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
                nonlocal made
                made += 1
                return execute(sql, params, many, context)

            if expected:
                connection.ensure_connection()  # what a fresh connection says first is not the view's
            with connection.execute_wrapper(count):
                response = view(request, *args, **kwargs)
            if made != expected:
                raise AssertionError(f"{view.__name__}: {made} statements instead of {expected}")
            return response

        return inner

    return decorate


def page(name: str, context: dict[str, Any]) -> HttpResponse:
    """A template without a request: no context processors."""
    return HttpResponse(get_template(f"bench/{name}.html").render(context))


def newest() -> list[Community]:
    """Twenty rows, by the product's partial index."""
    rows = Community.objects.filter(state=CommunityState.PUBLISHED).select_related("area")
    return list(rows.order_by("-published_at", "-id")[:20])


@makes(0)
def empty(request: HttpRequest) -> HttpResponse:
    """(a) Nothing but a base template of 15 KB."""
    return page("empty", {})


@makes(1)
def list_bare(request: HttpRequest) -> HttpResponse:
    """(bn) A list of 20 rows, without a count."""
    return page("list", {"rows": newest(), "count": None})


@makes(2)
def list_counted(request: HttpRequest) -> HttpResponse:
    """(b) The same with an exact count."""
    count = Community.objects.filter(state=CommunityState.PUBLISHED).count()
    return page("list", {"rows": newest(), "count": count})


@makes(4)
def detail(request: HttpRequest, slug: str) -> HttpResponse:
    """(c) One row with its members, initiatives and events."""
    community = Community.objects.select_related("area").get(slug=slug)
    context = {
        "community": community,
        "members": list(community.memberships.select_related("user").order_by("joined_at", "id")[:12]),
        "initiatives": list(community.initiatives.order_by("-stage_changed_at", "id")[:20]),
        "events": list(community.events.order_by("starts_at", "id")[:5]),
    }
    return page("detail", context)


def layout(request: HttpRequest) -> HttpResponse:
    """The product's public layout around an empty body."""
    return render(request, "bench/layout.html")
