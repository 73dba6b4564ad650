"""Calendars to subscribe to, and the page on which a person manages the address of their own."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_http_methods, require_safe

from portal.accounts.decorators import signed_in
from portal.areas.models import Area
from portal.kernel import ics, tokens
from portal.kernel.forms import keeps_form
from portal.kernel.http import private, see_other
from portal.kernel.publishing import published

from .. import actions, queries
from ..feeds import calendars
from ..forms.following import CalendarForm
from .requests import posted

DONE = {
    "open": "カレンダーのアドレスをつくりました。",
    "renew": "新しいアドレスにしました。前のアドレスは、もう使えません。",
    "close": "カレンダーへのお届けをやめました。前のアドレスは、もう使えません。",
}


@require_safe
def events_ics(request: HttpRequest) -> HttpResponse:
    """The public events of all areas, or of the one that `?area=` names by its code."""
    code = request.GET.get("area", "")
    rows = queries.public_events().filter(area=code) if code else queries.public_events()
    found = queries.near(rows)
    place = "協働ひろば"
    if code:
        place = found[0].area.name if found else get_object_or_404(Area, pk=code).name
    return published(request, calendars.body(found, name=f"{place}のイベント"), ics.CONTENT_TYPE)


@require_safe
def ward_events_ics(request: HttpRequest, slug: str) -> HttpResponse:
    """The public events of one ward."""
    found = queries.near(queries.public_events().filter(area__slug=slug))
    area = found[0].area if found else get_object_or_404(Area.objects.wards(), slug=slug)
    return published(request, calendars.body(found, name=f"{area.name}のイベント"), ics.CONTENT_TYPE)


@require_safe
def community_events_ics(request: HttpRequest, slug: str) -> HttpResponse:
    """The public events of one community."""
    community = queries.community_of_feed(slug)
    if community is None:
        raise Http404
    found = queries.near(queries.public_events().filter(host_community=community))
    return published(request, calendars.body(found, name=f"{community.name}のイベント"), ics.CONTENT_TYPE)


@require_safe
def event_ics(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One public event, to put into a calendar once."""
    event = get_object_or_404(queries.public_events(), pk=pk)
    made = calendars.body([event], name=event.title)
    return published(request, made, ics.CONTENT_TYPE, filename=f"event-{event.pk}.ics")


@require_safe
def personal_calendar(request: HttpRequest, token: str) -> HttpResponse:
    """The calendar of whoever was given this address; 404 for one that is forged or ended."""
    try:
        pk, version = tokens.read(calendars.PURPOSE, token)
    except tokens.BadToken as problem:
        raise Http404 from problem
    calendar = queries.calendar_at(pk, version)
    if calendar is None:
        raise Http404
    found = queries.near(queries.events_of_person(calendar.user_id))
    notes = queries.states_of_person(calendar.user_id)
    made = calendars.body(found, name="わたしの予定(協働ひろば)", notes=notes)
    return published(request, made, ics.CONTENT_TYPE, secret=True)


@require_http_methods(["GET", "POST"])
@signed_in
@keeps_form
def my_calendar(request: HttpRequest) -> HttpResponse:
    """Open, renew or close the address of one's own calendar."""
    form = CalendarForm(*posted(request), once=request)
    if form.acts(actions.change_calendar, by=request.actor):
        messages.success(request, DONE[form.data["step"]])
        return private(see_other("communities:my_calendar"))
    calendar = queries.calendar_of(request.scope.user_id)
    is_open = calendar is not None and calendar.is_open
    context = {
        "form": form,
        "is_open": is_open,
        "secret_url": calendars.secret_url(calendar) if is_open else "",
    }
    return private(render(request, "communities/my_calendar.html", context, status=form.status))
