"""Pages that say what will be there. Each row of the table becomes one address; nothing is pretended."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import URLPattern, path
from django.views.decorators.http import require_safe

from portal.accounts.decorators import signed_in, staff_required

from .coming import PAGES, Audience, Coming


def view_of(page: Coming) -> Callable[..., HttpResponse]:
    """The view of one row: 200 with `noindex`; staff ones for their roles, after sign-in."""
    template = "site/coming_staff.html" if page.audience is Audience.STAFF else "site/coming.html"

    @require_safe
    def show(request: HttpRequest) -> HttpResponse:
        return render(request, template, {"coming": page})

    if page.audience is Audience.STAFF:
        return staff_required(*sorted(page.roles))(show)
    return signed_in(show) if page.audience is Audience.SIGNED_IN else show


def urlpatterns() -> list[URLPattern]:
    """One address a row."""
    return [path(page.path, view_of(page), name=page.name) for page in PAGES]
