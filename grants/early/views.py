"""事前着手届 on screen: one page for both sides; filed by the municipality, answered by the office."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from portal.accounts.decorators import staff_required
from portal.documents import queries as documents
from portal.kernel import permissions
from portal.kernel.forms import OnceForm, keeps_form
from portal.kernel.http import see_other

from .. import queries as applications
from ..enums import UNDER_EXAMINATION
from ..models import Application, EarlyStart
from ..views.common import find
from . import queries
from .actions import filing
from .enums import EarlyState
from .forms import AcceptEarlyForm, FileEarlyForm, RefuseEarlyForm
from .papers import NOTICE


@dataclass(frozen=True, slots=True)
class Act:
    """One of the two answers."""

    form: type[Any]
    action: Callable[..., Any]
    said: str


ACTS: dict[str, Act] = {
    "accept": Act(AcceptEarlyForm, filing.accept_early_start, "事前着手届を受理しました。"),
    "refuse": Act(RefuseEarlyForm, filing.refuse_early_start, "事前着手届を受理しないことにしました。"),
}


@keeps_form
@require_http_methods(["GET", "POST"])
@staff_required
def early_start(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The 事前着手届 of one submitted file; filed here by its municipality."""
    application, form = _find(request, pk), None
    if request.method == "POST":
        permissions.require(request.actor, "grants.file_early_start", _row(application))  # type: ignore[attr-defined]
        form = FileEarlyForm(request.POST, at=_at(application), once=request)
        if form.acts(filing.file_early_start, by=request.actor, application=application):  # type: ignore[attr-defined]
            messages.success(request, "事前着手届を出しました。県が受理するかを決めます。")
            return see_other(_at(application))
    return _page(request, application, form, "")


@keeps_form
@require_POST
@staff_required
def early_start_act(request: HttpRequest, pk: UUID, act: str) -> HttpResponse:
    """One of the two answers; refused, the page comes again with everything that was typed."""
    if act not in ACTS:
        raise Http404
    application = _find(request, pk)
    row = queries.early_of(application)
    if row is None:
        raise Http404
    permissions.require(request.actor, "grants.answer_early_start", row)  # type: ignore[attr-defined]
    form = ACTS[act].form(request.POST, at=_at(application, act), once=request)
    if form.acts(ACTS[act].action, by=request.actor, early=row):  # type: ignore[attr-defined]
        messages.success(request, ACTS[act].said)
        return see_other(application.get_staff_url())
    return _page(request, application, form, act)


def _find(request: HttpRequest, pk: UUID) -> Application:
    """A file that was submitted, with its 事前着手届."""
    seen = applications.visible_to(request.scope).filter(submitted_at__isnull=False)  # type: ignore[attr-defined]
    return find(request, queries.with_early(applications.with_case(seen)), pk)


def _row(application: Application) -> EarlyStart:
    return queries.early_of(application) or EarlyStart(application=application)


def _at(application: Application, act: str = "") -> str:
    if act:
        return reverse("grants:early_start_act", args=[application.pk, act])
    return reverse("grants:early_start", args=[application.pk])


def _page(request: HttpRequest, application: Application, form: OnceForm | None, failed: str) -> HttpResponse:
    row, actor = queries.early_of(application), request.actor  # type: ignore[attr-defined]
    is_open = application.state in UNDER_EXAMINATION
    may_file = permissions.check(actor, "grants.file_early_start", _row(application))
    ask = form if form and not failed else None
    if ask is None and is_open and (row is None or row.state == EarlyState.REFUSED):
        ask = FileEarlyForm(at=_at(application), once=request)
    answers = row is not None and row.state == EarlyState.FILED and is_open
    acts = {
        name: form
        if failed == name
        else act.form(at=_at(application, name), once=request, initial={"number": row.number if row else 0})
        for name, act in ACTS.items()
        if answers and permissions.check(actor, "grants.answer_early_start", row)
    }
    context = {
        "application": application, "row": row, "ask": ask, "acts": acts, "form": form,
        "writes": permissions.check(actor, "grants.write_result", application).allowed,
        "verdict": may_file,
        "documents": documents.of(application).filter(kind=NOTICE),
    }  # fmt: skip
    return render(request, "grants/early_start.html", context, status=form.status if form else 200)
