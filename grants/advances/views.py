"""概算払 on screen: one page for both sides; asked for and taken back by the municipality, decided and ordered by the office."""

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
from portal.kernel import permissions
from portal.kernel.forms import OnceForm, keeps_form
from portal.kernel.http import see_other

from .. import queries as applications
from ..enums import ApplicationState
from ..forms import PostButton
from ..models import Advance, Application
from ..settlement.queries.standing import Standing, standing_of
from ..views.common import find
from . import queries
from .actions import deciding, requesting
from .enums import AdvanceState
from .forms import AdvanceForm, DeclineForm, DraftForm
from .papers import REQUEST


@dataclass(frozen=True, slots=True)
class Act:
    """One button about one advance: whose it is, in which states it stands, what it does, what is said then."""

    form: type[Any]
    action: Callable[..., Any]
    permission: str
    states: tuple[str, ...]
    said: str


REQUESTED, GRANTED = (AdvanceState.REQUESTED,), (AdvanceState.GRANTED,)
ACTS: dict[str, Act] = {
    "draft": Act(DraftForm, deciding.draft_advance, "grants.handle_advance", REQUESTED, "概算払を起案しました。"),
    "order": Act(PostButton, deciding.order_advance, "grants.handle_advance", GRANTED, "概算払の支出命令を出しました。"),
    "decline": Act(DeclineForm, deciding.decline_advance, "grants.handle_advance", REQUESTED + GRANTED, "概算払を行わないことにしました。"),
    "take_back": Act(PostButton, requesting.take_back_advance, "grants.take_back_advance", REQUESTED, "概算払の請求を取り下げました。"),
}  # fmt: skip


@keeps_form
@require_http_methods(["GET", "POST"])
@staff_required
def advances(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The advances of one file, and a new request of its municipality."""
    application = _find(request, pk)
    form = None
    if request.method == "POST":
        permissions.require(request.actor, "grants.request_change", application)  # type: ignore[attr-defined]
        form = _request_form(request, application, queries.room_of(application), request.POST)
        if form.acts(requesting.request_advance, by=request.actor, application=application):  # type: ignore[attr-defined]
            messages.success(request, "概算払を請求しました。概算払請求書を作っています。")
            return see_other(application.get_advances_url())
    return _page(request, application, form=form)


@keeps_form
@require_POST
@staff_required
def advance_act(request: HttpRequest, pk: UUID, advance_pk: UUID, act: str) -> HttpResponse:
    """One step about one advance; refused, the page comes again with everything that was typed."""
    if act not in ACTS:
        raise Http404
    application, shape = _find(request, pk), ACTS[act]
    advance = get_object_or_404(application.advances.select_related("approval"), pk=advance_pk)
    advance.application = application
    permissions.require(request.actor, shape.permission, advance)  # type: ignore[attr-defined]
    form = shape.form(request.POST, at=_at(advance, act), once=request)
    if form.acts(shape.action, by=request.actor, advance=advance):  # type: ignore[attr-defined]
        messages.success(request, shape.said)
        return see_other(advance.approval if act == "draft" else application.get_advances_url())
    return _page(request, application, form=form, failed=(advance.pk, act))


def _find(request: HttpRequest, pk: UUID) -> Application:
    """A file whose grant was decided."""
    seen = applications.with_case(applications.visible_to(request.scope))  # type: ignore[attr-defined]
    application = find(request, seen, pk)
    if not application.is_granted and not application.revoked_at:
        raise Http404
    return application


def _at(advance: Advance, act: str) -> str:
    return reverse("grants:advance_act", args=[advance.application_id, advance.pk, act])


def _request_form(
    request: HttpRequest, application: Application, room_yen: int, data: Any = None
) -> AdvanceForm:
    at = application.get_advances_url()
    return AdvanceForm(data, application=application, room_yen=room_yen, at=at, once=request)


def _offered(application: Application, advance: Any, at: Standing) -> list[str]:
    """The steps that its state allows; the payment, once ordered, is the accountant's."""
    if application.state != ApplicationState.DECIDED or (advance.payment and advance.payment["id"]):
        return []
    names = [name for name, act in ACTS.items() if advance.state in act.states]
    return [name for name in names if name == "take_back" or not at.approval_url]


def _acts(
    request: HttpRequest, row: Advance, at: Standing, failed: tuple[UUID, str] | None, form: OnceForm | None
) -> dict[str, Any]:
    """The forms of one advance that this person may use now; the one that was refused, as it was typed."""
    return {
        name: form if failed == (row.pk, name) else ACTS[name].form(at=_at(row, name), once=request)
        for name in _offered(row.application, row, at)
        if permissions.check(request.actor, ACTS[name].permission, row)  # type: ignore[attr-defined]
    }


def _asks(application: Application, room_yen: int, at: Standing) -> bool:
    """Whether an advance may be asked for now, as far as the file goes."""
    may = application.state == ApplicationState.DECIDED and application.menu.advance_allowed
    return may and room_yen > 0 and not at.requested_yen and not at.approval_url


def _page(
    request: HttpRequest,
    application: Application,
    *,
    form: OnceForm | None,
    failed: tuple[UUID, str] | None = None,
) -> HttpResponse:
    rows, at, actor = queries.of_file(application), standing_of(application), request.actor  # type: ignore[attr-defined]
    for row in rows:
        row.application = application
    room = queries.room_in(application, rows)
    ask = form if form and failed is None else None
    if ask is None and _asks(application, room, at):
        ask = _request_form(request, application, room)
    context = {
        "application": application, "money": at.money, "standing": at, "room": room, "ask": ask, "form": form,
        "advances": [(row, _acts(request, row, at, failed, form)) for row in rows],
        "writes": permissions.check(actor, "grants.write_result", application).allowed,
        "verdict": permissions.check(actor, "grants.request_change", application),
        "documents": documents.of(application).filter(kind=REQUEST),
    }  # fmt: skip
    return render(request, "grants/advances.html", context, status=form.status if form else 200)
