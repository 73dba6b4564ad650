"""The page of one workshop, for both sides, with the steps each can take now."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_POST, require_safe

from portal.accounts.decorators import staff_required
from portal.kernel import permissions
from portal.kernel.forms import OnceForm, keeps_form
from portal.kernel.http import see_other

from ... import actions as grants
from ...forms import PostButton
from ...forms.dispatch import MemoForm
from ...models import Workshop
from .. import queries
from ..actions import agreeing, cases, paying, running
from ..enums import WorkshopState
from ..forms.acts import AgreeForm, CancelForm, ChangeForm, LecturerOrderForm, RefuseForm, ReturnForm
from .pages import page_context
from .plans import SIDES, find, reason


@dataclass(frozen=True, slots=True)
class Act:
    """One form of the page: what it does, in which states it stands there, who may, what is said then."""

    form: type[Any]
    action: Callable[..., Any]
    states: frozenset[str]
    permission: str
    said: str


RUN, CONSULT = "grants.run_workshop", "grants.consult_workshop"
WRITING, CONSULTING, AGREED, DECIDED, REPORTED = (
    frozenset(states)
    for states in (
        {WorkshopState.DRAFT, WorkshopState.RETURNED}, {WorkshopState.CONSULTING}, {WorkshopState.AGREED},
        {WorkshopState.DECIDED}, {WorkshopState.REPORTED},
    )
)  # fmt: skip
CALLED_OFF = CONSULTING | AGREED | DECIDED | {WorkshopState.RETURNED}
ACTS: dict[str, Act] = {
    "submit": Act(PostButton, cases.submit_workshop, WRITING, "grants.submit_workshop", "開催計画を出しました。計画書のPDFを作っています。"),
    "agree": Act(AgreeForm, agreeing.agree_workshop, CONSULTING, "grants.agree_workshop", "計画に合意しました。"),
    "return": Act(ReturnForm, cases.return_workshop, CONSULTING, RUN, "補正を依頼しました。市町村にメールで知らせます。"),
    "draft": Act(MemoForm, grants.draft_workshop_decision, AGREED, RUN, "開催の決定を起案しました。"),
    "refuse": Act(RefuseForm, grants.draft_workshop_refusal, AGREED, RUN, "開催しないことを起案しました。"),
    "close": Act(PostButton, paying.close_workshop, REPORTED, RUN, "ワークショップを終了しました。"),
    "change": Act(ChangeForm, running.change_workshop, AGREED | DECIDED, CONSULT, "計画を変える協議を始めました。直して、両者が合意すると、もう一度決定します。"),
    "discard": Act(PostButton, cases.discard_workshop, frozenset({WorkshopState.DRAFT}), "grants.write_workshop", "下書きを取りやめました。"),
    "cancel": Act(CancelForm, running.cancel_workshop, CALLED_OFF, CONSULT, "開催を取りやめました。関係する人にメールで知らせます。"),
}  # fmt: skip


@require_safe
@staff_required(*SIDES)
def workshop_detail(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One workshop: its plan, where it stands, what one can do now."""
    return _page(request, find(request, pk))


@keeps_form
@require_POST
@staff_required(*SIDES)
def workshop_act(request: HttpRequest, pk: UUID, act: str) -> HttpResponse:
    """One step; refused, the page comes again with everything that was typed."""
    if act not in ACTS:
        raise Http404
    workshop, shape = find(request, pk), ACTS[act]
    _require(request, shape.permission, workshop)
    form = _form(request, workshop, act, request.POST)
    if form.acts(shape.action, by=request.actor, workshop=workshop):
        messages.success(request, shape.said)
        return see_other(workshop)
    return _page(request, workshop, {act: form})


@keeps_form
@require_POST
@staff_required(*SIDES)
def workshop_pay(request: HttpRequest, pk: UUID, lecturer_pk: UUID) -> HttpResponse:
    """Order the payment of one lecturer."""
    workshop = find(request, pk)
    _require(request, RUN, workshop)
    lecturer = get_object_or_404(workshop.lecturers.select_related("advisor__user"), pk=lecturer_pk)
    form = _order(request, workshop, lecturer, request.POST)
    if form.acts(paying.order_lecturer_payment, by=request.actor, workshop=workshop, lecturer=lecturer):
        messages.success(request, "支出命令を出しました。")
        return see_other(workshop)
    return _page(request, workshop, failed_order=form)


def _require(request: HttpRequest, permission: str, workshop: Workshop) -> None:
    verdict = permissions.check(request.actor, permission, workshop)
    if not verdict:
        raise PermissionDenied(verdict.reason)


def _form(request: HttpRequest, workshop: Workshop, act: str, data: Any = None) -> Any:
    more: dict[str, Any] = {"workshop": workshop} if act == "agree" else {}
    if act == "draft":
        more = {"programme": workshop.menu.programme, "expected_yen": queries.expected_fees(workshop)}
    return ACTS[act].form(data, at=workshop.get_act_url(act), once=request, **more)


def _order(request: HttpRequest, workshop: Workshop, lecturer: Any, data: Any = None) -> LecturerOrderForm:
    return LecturerOrderForm(data, lecturer=lecturer, at=workshop.get_pay_url(lecturer), once=request)


def _offered(request: HttpRequest, workshop: Workshop, approval: Any) -> list[str]:
    """The steps that this person can take now."""
    may = {name: permissions.check(request.actor, shape.permission, workshop) for name, shape in ACTS.items()}
    offered = [name for name, shape in ACTS.items() if workshop.state in shape.states and may[name]]
    if approval is not None:
        offered = [name for name in offered if name not in ("draft", "refuse", "change")]
    if workshop.missing:
        offered = [name for name in offered if name not in ("submit", "agree")]
    if workshop.is_planned_by_office or workshop.event_id:
        offered = [name for name in offered if name != "return"]
    if not any(_still_to_agree(workshop, side) for side in queries.sides_of(workshop, request.actor)):
        offered = [name for name in offered if name != "agree"]
    return offered


def _still_to_agree(workshop: Workshop, side: str) -> bool:
    return getattr(workshop, f"{agreeing.FIELDS[agreeing.Side(side)]}_at") is None


def _orders(request: HttpRequest, workshop: Workshop) -> list[LecturerOrderForm]:
    if workshop.state != WorkshopState.REPORTED or not permissions.check(request.actor, RUN, workshop):
        return []
    return [_order(request, workshop, row) for row in queries.unordered(workshop)]


def _page(
    request: HttpRequest,
    workshop: Workshop,
    failed: dict[str, OnceForm] | None = None,
    failed_order: LecturerOrderForm | None = None,
) -> HttpResponse:
    approval = queries.open_approval(workshop)
    forms = {name: _form(request, workshop, name) for name in _offered(request, workshop, approval)}
    forms |= failed or {}
    refused = failed_order or next(iter((failed or {}).values()), None)
    orders = _orders(request, workshop)
    if failed_order is not None:
        orders = [failed_order, *(row for row in orders if row.lecturer.pk != failed_order.lecturer.pk)]
    context = {
        **page_context(request, workshop, approval),
        "forms": forms,
        "form": refused,
        "orders": orders,
        "reason": reason(workshop),
    }
    return render(
        request, "grants/workshop/workshop_detail.html", context, status=refused.status if refused else 200
    )
