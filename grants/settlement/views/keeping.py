"""Writing a result or a change together: saved by the button or while typing; a second writer is told, both texts are kept."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.template.loader import render_to_string
from django.urls import reverse

from portal.kernel import clock, permissions
from portal.kernel.http import see_other
from portal.kernel.templatetags.fmt import jtime

from ... import queries as applications
from ...enums import Side
from ...forms import PostButton
from ...forms.seen import STALE
from ...models import Application
from ...queries import presence
from ...views.common import find
from ...views.presence import presence_context
from .. import queries
from ..actions import keeping as actions
from ..forms.account_rows import NOT_STORED, AccountRows


def own(request: HttpRequest, pk: UUID, sheet: str) -> Application:
    """The decided file of one's municipality with its budget, who else has it open and what one typed into `sheet`.

    Raises Http404, PermissionDenied.
    """
    user_id = request.scope.user_id  # type: ignore[attr-defined]
    seen = queries.noting_typed(applications.visible_to(request.scope), sheet, user_id)  # type: ignore[attr-defined]
    seen = presence.noting_present(seen, Side.MUNICIPALITY, user_id)
    rows = applications.with_case(seen).prefetch_related("expenses", "incomes")
    application = find(request, rows, pk)
    if not application.is_granted and not application.revoked_at:
        raise Http404
    verdict = permissions.check(request.actor, "grants.write_result", application)  # type: ignore[attr-defined]
    if not verdict:
        raise PermissionDenied(verdict.reason)
    return application


def form_of(request: HttpRequest, application: Application, shape: type[Any]) -> AccountRows:
    """The form as sent, as stored, or (`?restore=1`) as it was set aside, upon what is stored now."""
    if request.method == "POST":
        return shape(request.POST, application=application, once=request)
    restores = request.GET.get("restore")
    kept = queries.sheet_typed(application, shape.sheet, request.scope.user_id) if restores else None  # type: ignore[attr-defined]
    if kept is None:
        return shape(application=application, once=request)
    sent = QueryDict(mutable=True)
    for name, values in kept.sent.items():
        sent.setlist(name, values)
    form: AccountRows = shape(sent, application=application, once=request)
    form.rebase()
    if form.is_valid() and kept.based_on != form.data["seen"]:
        form.is_stale = True
        form.add_error(None, ValidationError(STALE, code="stale"))
    return form


def keep(request: HttpRequest, application: Application, form: AccountRows) -> None:
    """Store what came second."""
    sent = {
        name: values
        for name, values in request.POST.lists()
        if name in form.fields and name not in NOT_STORED
    }
    actions.keep_sheet(
        by=request.actor, application=application, sheet=form.sheet, sent=sent,  # type: ignore[attr-defined]
        based_on=form.cleaned_data["seen"],
    )  # fmt: skip


def let_go(request: HttpRequest, application: Application, form: AccountRows) -> None:
    """It was saved: nothing of one's own waits any more."""
    actions.settle_sheet(by=request.actor, application=application, sheet=form.sheet)  # type: ignore[attr-defined]


def writing_context(request: HttpRequest, application: Application, form: AccountRows) -> dict[str, Any]:
    """What the page of a sheet needs beside the form: what is set aside, who else is there, when it was saved."""
    if request.method == "POST" and form.is_stale:
        keep(request, application, form)
    kept = None if form.is_bound else application.sheet_kept_at  # type: ignore[attr-defined]
    settle_url = reverse(f"grants:{form.sheet}_settle", args=[application.pk])
    return {
        "record": form.record() if form.is_stale else form.held,
        "kept_at": kept,
        "settle_form": PostButton(at=settle_url, once=request) if kept else None,
        "autosave_url": reverse(f"grants:{form.sheet}_autosave", args=[application.pk]),
        **presence_context(application, form.sheet, application.present),  # type: ignore[attr-defined]
    }


def autosaved(
    request: HttpRequest, application: Application, shape: type[Any], action: Callable[..., Any], rows: Any
) -> JsonResponse:
    """Save while people type: 200 with what the page goes on from and the sums, 409 when another saved meanwhile, 422 for values.

    `rows`: the lines of the sums beside the form, of its amounts.
    """
    form: AccountRows = shape(request.POST, application=application, once=request)
    if form.saves(action, by=request.actor, application=application):  # type: ignore[attr-defined]
        side = render_to_string(
            "grants/settlement/_sums.html", {"formula_rows": rows(form.amounts)}, request=request
        )
        text = f"{jtime(clock.now())}に保存しました"
        return JsonResponse({"revision": form.saved_as, "text": text, "side": side})
    if form.is_stale:
        keep(request, application, form)
    text = " ".join(form.non_field_errors()) or "読み取れない入力があるため、まだ保存していません。"
    return JsonResponse({"text": text, "conflict": form.is_stale}, status=form.status)


def settled(request: HttpRequest, application: Application, sheet: str) -> HttpResponse:
    """Let go of what was set aside."""
    form = PostButton(request.POST, once=request)
    if form.acts(actions.settle_sheet, by=request.actor, application=application, sheet=sheet):  # type: ignore[attr-defined]
        messages.success(request, "取り置いた入力を消しました。")
    else:
        messages.error(request, " ".join(form.non_field_errors()))
    return see_other(reverse(f"grants:{sheet}_edit", args=[application.pk]))
