"""Public pages of events, and registering for one."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_safe

from portal.areas.site import authority_of, set_authority
from portal.kernel import clock, paging, search
from portal.kernel.forms import keeps_form
from portal.kernel.http import private, see_other

from .. import mails, queries
from ..actions.extras import register_party
from ..calculations import purpose_of
from ..calculations.extras import purpose_with
from ..calculations.route import sketch_of
from ..enums import EventState
from ..enums.events import AgeGroup
from ..forms.extras import EntryForm
from ..forms.filters_events import EventFilter, choices
from ..models import Event
from ..queries.asks import asked_of
from .event_links import home_of
from .requests import edges, may, panels, posted, visible_event

FOUND = 60


@require_safe
def event_list(request: HttpRequest) -> HttpResponse:
    """Meetings to come, soonest first, by area and words."""
    chosen = EventFilter.of(request)
    if chosen.area:
        set_authority(request, chosen.area)
    codes = [chosen.area] if chosen.area else None
    rows = chosen.narrow(queries.upcoming_events(codes))
    context = {"chosen": chosen, "page": None, "areas": [], "most": 0, "choices": choices(chosen, [])}
    if chosen.words:
        hits = search.find(chosen.words, audience=["public"], kinds=["event"], area_codes=codes, limit=FOUND)
        context["most"] = FOUND if hits.has_more else 0
        context["events"] = list(rows.filter(pk__in=[hit.object_id for hit in hits.items]))
    else:
        options = queries.filter_options(authority_of(request).area_id)
        context["areas"] = chosen.chips("area", options["area"], "すべての地域")
        context["choices"] = choices(chosen, options["theme"])
        first = queries.soonest_events() if chosen.is_empty else None
        context["page"] = page = paging.keyset(request, rows, order=("starts_at", "id"), first=first)
        context["events"] = page.items
    return render(request, "communities/event_list.html", context)


def shown_of(event: Event) -> dict[str, object]:
    """What the page of an event says to everybody. One query for a cancelled or postponed one, else none."""
    return {
        "event": event,
        "why_not": queries.why_no_entry(event),
        "reason": queries.reason_of(event, "cancel") if event.cancelled_at else "",
        "notice": queries.notice_shown(event),
        "is_ahead": event.cancelled_at is None and clock.now() < event.ends_at,
        "series": queries.series_of(event),
        "pitches": queries.pitches_shown_on(event),
        "may_pitch": queries.takes_pitches_now(event),
        **report_of(event),
        "sketch": sketch_of(event.route),
        "venue_sketch": getattr(event, "venue_sketch", None),
        "age_labels": [AgeGroup(age).label for age in event.ages],
    }


def report_of(event: Event) -> dict[str, object]:
    """The public report of a meeting. Two queries at most, none before it is there."""
    if event.state != EventState.REPORTED:
        return {"report": None}
    photos, survey = queries.photos_of(event), getattr(event, "survey", None)
    return {"report": getattr(event, "report", None), "photos": photos, "figures": queries.figures_of(survey)}


def own_entry(request: HttpRequest, event: Event) -> dict[str, Any]:
    """The registration this person has for it, with the token of its page. No query for a visitor."""
    mine = queries.live_registration_of(request.scope.user_id, event)
    return {"mine": mine, "my_token": mails.registration_token(mine) if mine else ""}


@require_safe
def event_detail(request: HttpRequest, pk: UUID) -> HttpResponse:
    """When, where, with whom, and how many seats are left."""
    event = visible_event(request, pk)
    own = own_entry(request, event)
    context = {
        **shown_of(event),
        **own,
        "knows_way_in": queries.knows_way_in(event, own["mine"]),
        "run_url": home_of(request, event) if may(request, "communities.run_event", event) else "",
        "edges": edges(request, event),
        "panels": panels(request, event),
    }
    return render(request, "communities/event_detail.html", context)


@require_http_methods(["GET", "POST"])
@keeps_form
def event_register(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Register a party, with or without an account; `preview=1` shows the confirmation page first."""
    event = visible_event(request, pk)
    who, asked = request.user if request.user.is_authenticated else None, asked_of(event)
    form = EntryForm(
        *posted(request), event=event, asked=asked, minor=who is not None and who.is_minor,
        initial={"email": who.email} if who else {}, once=request,
    )  # fmt: skip
    context = {
        "event": event,
        "form": form,
        "purpose": purpose_with(purpose_of(event), asked),
        "why_not": queries.why_no_entry(event),
        **own_entry(request, event),
    }
    if form.wants_preview():
        return private(render(request, "communities/event_register_confirm.html", context))
    if "back" in request.POST:
        return private(render(request, "communities/event_register.html", context))
    if form.acts(register_party, by=request.actor, event=event):
        return private(see_other("communities:registration_detail", mails.registration_token(form.result)))
    return private(render(request, "communities/event_register.html", context, status=form.status))
