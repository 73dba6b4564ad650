"""Pages that say what will be there. Each row of the table becomes one address; nothing is pretended."""

from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import URLPattern, path
from django.views.decorators.http import require_safe

from portal.accounts.decorators import signed_in, staff_required
from portal.areas.models import Area

from .coming import PAGES, WARD_EVENTS_ICS, Audience, Coming


def view_of(page: Coming) -> Callable[..., HttpResponse]:
    """The view of one row: 200 with `noindex`; staff ones for their roles, after sign-in."""
    template = "site/coming_staff.html" if page.audience is Audience.STAFF else "site/coming.html"

    @require_safe
    def show(request: HttpRequest) -> HttpResponse:
        return render(request, template, {"coming": page})

    if page.audience is Audience.STAFF:
        return staff_required(*sorted(page.roles))(show)
    return signed_in(show) if page.audience is Audience.SIGNED_IN else show


@require_safe
def ward_events_ics(request: HttpRequest, slug: str) -> HttpResponse:
    """What will be a ward's calendar; 404 for a ward that does not exist."""
    if not Area.objects.wards().filter(slug=slug).exists():
        raise Http404("この区はありません。")
    return render(request, "site/coming.html", {"coming": WARD_EVENTS_ICS})


def urlpatterns() -> list[URLPattern]:
    """One address a row, and the wards' calendars."""
    rows = [path(page.path, view_of(page), name=page.name) for page in PAGES]
    return [*rows, path(WARD_EVENTS_ICS.path, ward_events_ics, name=WARD_EVENTS_ICS.name)]
