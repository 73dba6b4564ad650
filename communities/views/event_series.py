"""Making a meeting come back."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from portal.accounts.decorators import signed_in
from portal.kernel.forms import keeps_form
from portal.kernel.http import see_other

from .. import actions
from ..forms.event_details import SeriesForm
from .event_links import home_of, run_event
from .requests import posted


@require_http_methods(["GET", "POST"])
@signed_in
@keeps_form
def event_repeat(request: HttpRequest, pk: UUID) -> HttpResponse:
    """How often it comes back; the later meetings are made at once."""
    event = run_event(request, pk)
    form = SeriesForm(*posted(request), once=request)
    if form.acts(actions.repeat_event, by=request.actor, event=event):
        messages.success(request, f"シリーズにしました。全部で{form.result.count}回です。")
        return see_other(home_of(request, event))
    context = {"event": event, "form": form, "back_url": home_of(request, event)}
    return render(request, "communities/event_repeat.html", context, status=form.status)
