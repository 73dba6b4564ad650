"""The regional office's page of a decided file: the result, its inspection, 額の確定, 支出命令, the end."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from portal.accounts.decorators import staff_required
from portal.documents import queries as documents
from portal.kernel import permissions
from portal.kernel.forms import OnceForm, keeps_form
from portal.kernel.http import see_other

from ... import queries as applications
from ...early import queries as early
from ...enums import Place
from ...forms import PostButton
from ...models import Application
from ...queries import READERS
from ...views.common import find
from ...views.presence import officer_context, with_officers
from .. import queries
from ..actions import inspecting, paying, results, settling
from ..forms.office import InspectForm, ReturnForm, SettleForm
from ..papers import KINDS
from ..queries.reported import Reported, reported
from .results import result_context

RUN = "grants.inspect_result"


@dataclass(frozen=True, slots=True)
class Act:
    """One form of the page: in which state it stands there, what it does, what is said then."""

    form: type[Any]
    action: Callable[..., Any]
    state: str
    said: str


ACTS: dict[str, Act] = {
    "inspect": Act(InspectForm, inspecting.inspect_result, "reported", "検査を終えました。額の確定を起案します。"),
    "return": Act(ReturnForm, results.return_result, "reported", "実績報告を戻しました。市町村にメールで知らせます。"),
    "settle": Act(SettleForm, settling.draft_settlement, "inspected", "額の確定を起案しました。"),
    "order": Act(PostButton, paying.order_grant, "settled", "支出命令を出しました。"),
    "close": Act(PostButton, paying.close_application, "settled", "この申請を完了にしました。"),
}  # fmt: skip


@require_safe
@staff_required(*READERS)
def staff_result(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The result as it was reported, what was found of it, and what the office does next."""
    return _page(request, _find(request, pk))


@keeps_form
@require_POST
@staff_required(*READERS)
def staff_result_act(request: HttpRequest, pk: UUID, act: str) -> HttpResponse:
    """One step of the office; refused, the page comes again with everything that was typed."""
    if act not in ACTS:
        raise Http404
    application, shape = _find(request, pk), ACTS[act]
    permissions.require(request.actor, RUN, application)
    form = _form(request, application, act, request.POST)
    if form.acts(shape.action, by=request.actor, application=application):
        messages.success(request, shape.said)
        return see_other(_after(application, act))
    return _page(request, application, act, form)


def _after(application: Application, act: str) -> Any:
    """Where one goes on: a draft leads to its 決裁, what is given back to the file."""
    if act == "settle":
        return application.approvals.filter(state="drafted").latest("drafted_at")
    return application.get_staff_url() if act in {"return", "close"} else application.get_staff_result_url()


def _find(request: HttpRequest, pk: UUID) -> Application:
    """A file whose result lies with the prefecture."""
    received = with_officers(request, applications.received(request.scope))
    seen = early.with_early(applications.with_case(received))
    application = find(request, seen, pk)
    if not queries.lies_with_prefecture(application):
        raise Http404
    return application


def _form(request: HttpRequest, application: Application, act: str, data: Any = None) -> Any:
    shape = ACTS[act]
    more = {"application": application} if shape.form is InspectForm else {}
    at = reverse("grants:staff_result_act", args=[application.pk, act])
    return shape.form(data, at=at, once=request, **more)


def _offered(application: Application, context: dict[str, Any]) -> list[str]:
    """The steps that can be taken now."""
    offered = [name for name, shape in ACTS.items() if shape.state == application.state]
    balance = context["balance"]
    if context["open_approval"]:
        return []
    if balance is not None:
        ordered = bool(balance.waiting_yen)
        if not context["invoice"] or ordered or balance.left_yen <= 0:
            offered.remove("order")
        if ordered or balance.left_yen:
            offered.remove("close")
    return offered


def _context(request: HttpRequest, application: Application, found: Reported) -> dict[str, Any]:
    """What the page says before its forms."""
    return {
        "application": application,
        **result_context(application, found),
        "inspection": found.inspection,
        "open_approval": found.approval,
        "balance": queries.balance_of(application) if application.state == "settled" else None,
        "invoice": found.invoice,
        "payments": found.payments,
        "early": early.mark_of(application),
        "kept": queries.kept(application),
        "documents": documents.of(application).filter(kind__in=[kind.key for kind in KINDS]),
        "may": permissions.check(request.actor, RUN, application),
        **officer_context(request, application, Place.INSPECT),
    }


def _page(
    request: HttpRequest, application: Application, act: str = "", failed: OnceForm | None = None
) -> HttpResponse:
    found = reported(application)
    if found is None:
        raise Http404
    context = _context(request, application, found)
    offered = _offered(application, context) if context["may"] else []
    forms = {name: _form(request, application, name) for name in offered if name != act}
    forms |= {act: failed} if failed is not None else {}
    if context["inspection"] is not None and "settle" in forms:
        context["most"] = queries.amount_to_settle(application, context["inspection"])
    context |= {"forms": forms, "form": failed}
    status = failed.status if failed is not None else 200
    return render(request, "grants/settlement/staff_result.html", context, status=status)
