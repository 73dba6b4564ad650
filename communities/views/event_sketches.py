"""The picture of the way to a venue: shown to whoever sees the event, changed by whoever runs it."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_safe

from portal.accounts.decorators import signed_in
from portal.kernel.forms import keeps_form
from portal.kernel.http import picture, see_other

from .. import actions
from ..forms.event_details import SketchForm
from .event_links import home_of, run_event
from .requests import posted, visible_event


@require_safe
def event_sketch(request: HttpRequest, pk: UUID) -> HttpResponseBase:
    """The picture itself."""
    sketch = getattr(visible_event(request, pk), "venue_sketch", None)
    if sketch is None:
        raise Http404
    return picture(request, sketch.file)


@require_http_methods(["GET", "POST"])
@signed_in
@keeps_form
def event_sketch_edit(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Put a picture on, change its words, take it away."""
    event = run_event(request, pk)
    sketch = getattr(event, "venue_sketch", None)
    initial = {"file": sketch.file, "alt": sketch.alt} if sketch else {}
    form = SketchForm(*posted(request), initial=initial, once=request)
    if form.acts(actions.set_sketch, by=request.actor, event=event):
        messages.success(
            request, "案内図を載せました。" if form.cleaned_data["file"] else "案内図を消しました。"
        )
        return see_other(home_of(request, event))
    context = {"event": event, "sketch": sketch, "form": form, "back_url": home_of(request, event)}
    return render(request, "communities/event_sketch.html", context, status=form.status)
