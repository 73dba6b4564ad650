"""Writing a request of ①: saved by the button or while typing; a second writer is told, both texts are kept."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from portal.accounts.decorators import staff_required
from portal.kernel.forms import keeps_form
from portal.kernel.http import see_other
from portal.kernel.templatetags.fmt import jtime

from .. import actions
from ..actions.dispatch_cases import CONFLICT
from ..dispatch import queries
from ..forms import PostButton
from ..forms.dispatch import DispatchForm
from ..models import Dispatch
from ..rules import MUNICIPAL
from .dispatches import find_own, reason_of_end

SKIPPED = {"csrfmiddlewaretoken", "once", "revision", "tab"}


@keeps_form
@require_http_methods(["GET", "POST"])
@staff_required(*MUNICIPAL)
def dispatch_edit(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Write in a draft, or in one that came back."""
    dispatch = find_own(request, pk)
    form = _form(request, dispatch)
    if request.method == "POST" and form.acts(actions.save_dispatch, by=request.actor, dispatch=dispatch):
        actions.settle_dispatch_typed(by=request.actor, dispatch=dispatch)
        messages.success(request, "保存しました。決裁者が申し込むと、県に届きます。")
        return see_other(dispatch)
    if request.method == "POST" and form.conflicts:
        _keep(request, dispatch, form)
    kept = None if form.is_bound else queries.typed_by(dispatch, request.scope.user_id)
    settle_url = reverse("grants:dispatch_settle", args=[dispatch.pk])
    context = {
        "form": form, "dispatch": form.stored, "reason": reason_of_end(dispatch), "kept": kept,
        "settle_form": PostButton(at=settle_url, once=request) if kept else None,
    }  # fmt: skip
    return render(request, "grants/dispatch_edit.html", context, status=form.status)


@require_POST
@staff_required(*MUNICIPAL)
def dispatch_autosave(request: HttpRequest, pk: UUID) -> JsonResponse:
    """Save while people type: 200 with the new revision, 409 when another saved meanwhile, 422 for values."""
    dispatch = find_own(request, pk)
    form = DispatchForm(request.POST, dispatch=dispatch, once=request)
    if form.saves(actions.save_dispatch, by=request.actor, dispatch=dispatch):
        stored: Dispatch = form.result
        return JsonResponse({"revision": stored.revision, "text": f"{jtime(stored.saved_at)}に保存しました"})
    if form.conflicts:
        _keep(request, dispatch, form)
    text = " ".join(form.non_field_errors()) or "読み取れない入力があるため、まだ保存していません。"
    return JsonResponse({"text": text, "conflict": form.conflicts}, status=form.status)


@require_POST
@staff_required(*MUNICIPAL)
def dispatch_settle(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Let go of what was set aside."""
    dispatch = find_own(request, pk)
    form = PostButton(request.POST, once=request)
    if form.acts(actions.settle_dispatch_typed, by=request.actor, dispatch=dispatch):
        messages.success(request, "取り置いた入力を消しました。")
    else:
        messages.error(request, " ".join(form.non_field_errors()))
    return see_other(dispatch.get_edit_url())


def _form(request: HttpRequest, dispatch: Dispatch) -> DispatchForm:
    """The form as sent, as stored, or (`?restore=1`) as it was set aside, upon the newest revision."""
    if request.method == "POST":
        return DispatchForm(request.POST, dispatch=dispatch, once=request)
    kept = queries.typed_by(dispatch, request.scope.user_id) if request.GET.get("restore") else None
    if kept is None:
        return DispatchForm(dispatch=dispatch, once=request)
    sent = QueryDict(mutable=True)
    for name, values in kept.sent.items():
        sent.setlist(name, values)
    form = DispatchForm(sent, dispatch=dispatch, once=request)
    form.rebase_on(dispatch.revision)
    if form.is_valid() and kept.based_on != dispatch.revision:
        form.add_error(None, ValidationError(CONFLICT, code="conflict"))
    return form


def _keep(request: HttpRequest, dispatch: Dispatch, form: DispatchForm) -> None:
    """Store what came second, and show it upon what is stored now."""
    sent: dict[str, Any] = {
        name: values for name, values in request.POST.lists() if name in form.fields and name not in SKIPPED
    }
    actions.keep_dispatch_typed(by=request.actor, dispatch=dispatch, revision=form.based_on(), sent=sent)
    form.stored = find_own(request, dispatch.pk)
    form.rebase_on(form.stored.revision)
