"""Writing a request of ①: saved by the button or while typing; a second writer is told, both texts are kept."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_POST

from portal.accounts.decorators import staff_required
from portal.kernel.forms import keeps_form
from portal.kernel.http import see_other

from .. import actions
from ..enums import Place
from ..forms.dispatch import DispatchForm
from ..rules import MUNICIPAL
from ..together import writing
from .dispatches import find_own, reason_of_end


@keeps_form
@require_http_methods(["GET", "POST"])
@staff_required(*MUNICIPAL)
def dispatch_edit(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Write in a draft, or in one that came back."""
    dispatch = find_own(request, pk)
    form = writing.opened(
        request, dispatch, Place.REQUEST, lambda data: DispatchForm(data, dispatch=dispatch, once=request)
    )
    if request.method == "POST" and form.acts(actions.save_dispatch, by=request.actor, dispatch=dispatch):
        writing.let_go(request, dispatch, Place.REQUEST)
        messages.success(request, "保存しました。決裁者が申し込むと、県に届きます。")
        return see_other(dispatch)
    context = {"form": form, "dispatch": dispatch, "reason": reason_of_end(dispatch)}
    context |= writing.writing_context(request, dispatch, Place.REQUEST, form)
    return render(request, "grants/dispatch_edit.html", context, status=form.status)


@require_POST
@staff_required(*MUNICIPAL)
def dispatch_autosave(request: HttpRequest, pk: UUID) -> JsonResponse:
    """Save while people type (`writing.autosaved`)."""
    dispatch = find_own(request, pk)
    form = DispatchForm(request.POST, dispatch=dispatch, once=request)
    return writing.autosaved(request, dispatch, Place.REQUEST, form, actions.save_dispatch)
