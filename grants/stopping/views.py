"""廃止 on screen: one page for both sides; asked for and taken back by the municipality, answered by the office."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from portal.accounts.decorators import staff_required
from portal.documents import queries as documents
from portal.kernel import clock, permissions
from portal.kernel.forms import OnceForm, keeps_form
from portal.kernel.http import see_other

from .. import queries as applications
from ..decision_day import runs_until
from ..enums import ApplicationState
from ..forms import PostButton
from ..models import Application, StopRequest
from ..views.common import find
from . import queries
from .actions import deciding, requesting
from .enums import StopState
from .forms import GrantStopForm, RefuseStopForm, StopForm
from .papers import KINDS


@dataclass(frozen=True, slots=True)
class Act:
    """One button about a request: whose it is, what it does, what is said then."""

    form: type[Any]
    action: Callable[..., Any]
    permission: str
    said: str


ACTS: dict[str, Act] = {
    "draft": Act(GrantStopForm, deciding.draft_stop, "grants.handle_stop", "廃止の承認を起案しました。"),
    "refuse": Act(RefuseStopForm, deciding.draft_stop_refusal, "grants.handle_stop", "廃止を承認しないことを起案しました。"),
    "take_back": Act(PostButton, requesting.take_back_stop, "grants.take_back_stop", "廃止の申請を取り下げました。事業をつづけられます。"),
}  # fmt: skip


@keeps_form
@require_http_methods(["GET", "POST"])
@staff_required
def stop(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The 廃止 of one file, and a new request of its municipality."""
    application, form = _find(request, pk), None
    if request.method == "POST":
        permissions.require(request.actor, "grants.request_change", application)  # type: ignore[attr-defined]
        form = StopForm(request.POST, at=_page_of(application), once=request)
        if form.acts(requesting.request_stop, by=request.actor, application=application):  # type: ignore[attr-defined]
            messages.success(request, "廃止を申請しました。承認申請書を作っています。")
            return see_other(_page_of(application))
    return _page(request, application, form, "")


@keeps_form
@require_POST
@staff_required
def stop_act(request: HttpRequest, pk: UUID, act: str) -> HttpResponse:
    """One step about the newest request; refused, the page comes again with everything that was typed."""
    if act not in ACTS:
        raise Http404
    application, shape = _find(request, pk), ACTS[act]
    rows = application.stop_requests.select_related("approval").order_by("-requested_at", "-id")
    row = get_object_or_404(rows[:1])
    row.application = application
    permissions.require(request.actor, shape.permission, row)  # type: ignore[attr-defined]
    form = shape.form(request.POST, at=_at(application, act), once=request)
    if form.acts(shape.action, by=request.actor, stop=row):  # type: ignore[attr-defined]
        messages.success(request, shape.said)
        return see_other(row if act == "take_back" else row.approval)
    return _page(request, application, form, act)


def _find(request: HttpRequest, pk: UUID) -> Application:
    """A file whose grant was decided."""
    seen = applications.with_case(applications.visible_to(request.scope))  # type: ignore[attr-defined]
    application = find(request, seen, pk)
    if not application.is_granted and not application.revoked_at:
        raise Http404
    return application


def _page_of(application: Application) -> str:
    return reverse("grants:stop", args=[application.pk])


def _at(application: Application, act: str) -> str:
    return reverse("grants:stop_act", args=[application.pk, act])


def _acts(
    request: HttpRequest, row: StopRequest, failed: str, form: OnceForm | None, waiting: Any
) -> dict[str, Any]:
    """The forms of a request that this person may use now; the one that was refused, as it was typed."""
    if row.state != StopState.REQUESTED:
        return {}
    return {
        name: form if failed == name else act.form(at=_at(row.application, name), once=request)
        for name, act in ACTS.items()
        if permissions.check(request.actor, act.permission, row)  # type: ignore[attr-defined]
        and (name == "take_back" or not waiting)
    }


def _ask(request: HttpRequest, application: Application, waiting: Any) -> StopForm | None:
    """The form of a new request, while a decided project runs and nothing about it is being decided."""
    if application.state != ApplicationState.DECIDED or application.stopped or waiting:
        return None
    if clock.today_jst() > runs_until(application):
        return None
    return StopForm(at=_page_of(application), once=request)


def _page(request: HttpRequest, application: Application, form: OnceForm | None, failed: str) -> HttpResponse:
    rows, actor = queries.of_file(application), request.actor  # type: ignore[attr-defined]
    waiting = application.approvals.filter(state="drafted").first()
    for row in rows:
        row.application = application
    context = {
        "application": application, "form": form, "waiting": waiting,
        "ask": form if form and not failed else _ask(request, application, waiting),
        "rows": [(row, _acts(request, row, failed, form, waiting)) for row in rows],
        "writes": permissions.check(actor, "grants.write_result", application).allowed,
        "verdict": permissions.check(actor, "grants.request_change", application),
        "documents": documents.of(application).filter(kind__in=[kind.key for kind in KINDS]),
    }  # fmt: skip
    return render(request, "grants/stop.html", context, status=form.status if form else 200)
