"""Letting go of what was set aside of a draft, and saying that one has it open."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST

from portal.accounts.decorators import signed_in
from portal.kernel import permissions
from portal.kernel.http import see_other

from ..actions.presence import be_present
from ..commission.views.proposals import find_own as proposal
from ..commission.views.themes import find_own as theme
from ..enums import Place
from ..forms import PostButton
from ..views.dispatches import find_own as dispatch
from ..workshop.views.plans import find as workshop
from . import actions
from .drafts import PARTS, Draft, right
from .writing import present_context

FINDERS: dict[str, Callable[[HttpRequest, UUID], Any]] = {
    "dispatch": dispatch,
    "workshop": workshop,
    "theme": theme,
    "proposal": proposal,
}


@require_POST
@signed_in
def draft_settle(request: HttpRequest, kind: str, pk: UUID, part: str) -> HttpResponse:
    """Let go of what was set aside."""
    draft = _find(request, kind, pk, part)
    permissions.require(request.actor, right(draft), draft)  # type: ignore[attr-defined]
    form = PostButton(request.POST, once=request)
    if form.acts(actions.settle_draft, by=request.actor, draft=draft, part=part):
        messages.success(request, "取り置いた入力を消しました。")
    else:
        messages.error(request, " ".join(form.non_field_errors()))
    return see_other(draft.get_part_url(part))


@require_POST
@signed_in
def draft_presence(request: HttpRequest, kind: str, pk: UUID, part: str) -> HttpResponse:
    """Say that one is here, and hear who else is: 204 when nothing changed since the page was last told."""
    draft = _find(request, kind, pk, part)
    be_present(by=request.actor, file=draft, place=Place(part))
    context = present_context(request, draft, part)
    if request.POST.get("known") == context["present_known"]:
        return HttpResponse(status=204)
    return render(request, "grants/_presence.html", context)


def _find(request: HttpRequest, kind: str, pk: UUID, part: str) -> Draft:
    """The draft that one may write, else 404 (403 with the reason for who only reads it)."""
    if part not in PARTS.get(kind, ()):
        raise Http404
    draft: Draft = FINDERS[kind](request, pk)
    return draft
