"""Writing plain Japanese for a community or an event."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from portal.accounts.decorators import signed_in
from portal.kernel.forms import keeps_form
from portal.kernel.http import see_other

from .. import easy
from ..actions.easy import write_easy
from ..forms.easy import EasyForm
from ..models import Community, Event
from .requests import posted, require, visible_community, visible_event

SAVED = "やさしい日本語の文を保存しました。"


@require_http_methods(["GET", "POST"])
@signed_in
@keeps_form
def community_easy(request: HttpRequest, slug: str) -> HttpResponse:
    """Of a community, by its organisers and the staff of its area."""
    community = visible_community(request, slug)
    require(request, "communities.edit_community", community)
    return _page(request, community, community.name)


@require_http_methods(["GET", "POST"])
@signed_in
@keeps_form
def event_easy(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Of an event, by who runs it."""
    event = visible_event(request, pk)
    require(request, "communities.run_event", event)
    return _page(request, event, event.title)


def _page(request: HttpRequest, owner: Community | Event, title: str) -> HttpResponse:
    form = EasyForm(*posted(request), initial={"text": easy.text_of(owner)}, once=request)
    if form.acts(write_easy, by=request.actor, owner=owner):  # type: ignore[attr-defined]
        messages.success(request, SAVED)
        return see_other(owner)
    context = {"form": form, "owner": owner, "title": title}
    return render(request, "communities/easy_edit.html", context, status=form.status)
