"""From the report of a meeting to the record of activity of its community."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from portal.accounts.decorators import signed_in
from portal.kernel.clock import JST
from portal.kernel.forms import keeps_form
from portal.kernel.http import see_other

from .. import actions
from ..forms.writing import RecordForm
from ..models import Event, EventReport
from .event_links import home_of
from .requests import posted, require, visible_event


@require_http_methods(["GET", "POST"])
@signed_in
@keeps_form
def event_record(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The record, filled in from the report. One that is there already is shown instead."""
    event = visible_event(request, pk)
    community, report = event.host_community, getattr(event, "report", None)
    if community is None or report is None:
        raise Http404
    require(request, "communities.log_activity", community)
    form = RecordForm(*posted(request), community=community, initial=from_report(event, report), once=request)
    if not form.is_bound and report.activity is not None:
        return see_other(report.activity)
    if form.acts(actions.record_event, by=request.actor, event=event):
        messages.success(request, "活動記録に載せました。")
        return see_other(form.result)
    context = {"event": event, "community": community, "form": form, "back_url": home_of(request, event)}
    return render(request, "communities/event_record.html", context, status=form.status)


def from_report(event: Event, report: EventReport) -> dict[str, Any]:
    """What the report says already. A meeting of one day counts everybody once: 延べ is 実人数."""
    begins, ends = event.starts_at.astimezone(JST).date(), event.ends_at.astimezone(JST).date()
    people = report.people_count
    return {
        "title": event.title, "held_on": begins, "place": event.venue, "people_count": people,
        "visits_count": people if begins == ends else None, "summary": report.result,
    }  # fmt: skip
