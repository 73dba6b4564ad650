"""The pages of a visit, for its three sides: a new one, its day, what was reported, what is paid."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from portal.accounts.decorators import signed_in
from portal.areas.site import set_authority
from portal.documents import queries as documents
from portal.kernel import permissions
from portal.kernel.forms import OnceForm, keeps_form
from portal.kernel.http import see_other

from .. import actions
from ..agency import queries as agency
from ..dispatch import queries
from ..dispatch.enums import Side, VisitState
from ..forms import NoteForm, PostButton
from ..forms.visits import DateForm, MoveForm, OrderForm, ReportForm
from ..models import Dispatch, Visit


@dataclass(frozen=True, slots=True)
class Act:
    """One form of the page: what it does, in which state it stands there, who may, what is said then."""

    form: type[Any]
    action: Callable[..., Any]
    states: frozenset[str]
    permission: str
    said: str
    side: str = ""


DATED, HELD, REPORTED = (
    frozenset({state.value}) for state in (VisitState.DATED, VisitState.HELD, VisitState.REPORTED)
)
PART = "grants.take_part_in_visit"
ACTS: dict[str, Act] = {
    "hold": Act(PostButton, actions.hold_visit, DATED, PART, "実施を記録しました。報告をお願いします。"),
    "move": Act(MoveForm, actions.move_visit, DATED, "grants.run_visit", "日程を変えました。相手にメールで知らせます。"),
    "off": Act(NoteForm, actions.call_off_visit, DATED, "grants.run_visit", "この回を取りやめました。相手にメールで知らせます。"),
    "municipality": Act(ReportForm, actions.report_visit, HELD, PART, "市町村の報告を出しました。", Side.MUNICIPALITY),
    "advisor": Act(ReportForm, actions.report_visit, HELD, PART, "アドバイザーの報告を出しました。", Side.ADVISOR),
    "order": Act(OrderForm, actions.order_visit_payment, REPORTED, "grants.run_dispatch", "支出命令を出しました。"),
}  # fmt: skip


@keeps_form
@require_http_methods(["GET", "POST"])
@signed_in
def visit_new(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Set the day of one more visit."""
    dispatch = get_object_or_404(queries.with_case(queries.visible_to(request.scope)), pk=pk)
    set_authority(request, dispatch.menu.programme.authority)
    permissions.require(request.actor, "grants.set_days", dispatch)
    form = DateForm(request.POST or None, once=request)
    if form.acts(actions.date_visit, by=request.actor, dispatch=dispatch):
        messages.success(request, "日程を入れました。相手にメールで知らせます。")
        return see_other(form.result)
    context = {"form": form, "dispatch": dispatch, "back": address(request, dispatch), **frame(request)}
    return render(request, "grants/visit_new.html", context, status=form.status)


@require_safe
@signed_in
def visit_detail(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One visit as its sides see it."""
    return _page(request, _find(request, pk))


@keeps_form
@require_POST
@signed_in
def visit_act(request: HttpRequest, pk: UUID, act: str) -> HttpResponse:
    """One step of a visit; refused, the page comes again with everything that was typed."""
    if act not in ACTS:
        raise Http404
    visit, shape = _find(request, pk), ACTS[act]
    permissions.require(request.actor, shape.permission, _subject(shape, visit))
    form = _form(request, visit, act, request.POST)
    if form.acts(shape.action, by=request.actor, visit=visit):
        messages.success(request, shape.said)
        return see_other(address(request, visit.dispatch) if act == "off" else visit)
    return _page(request, visit, act, form)


def address(request: HttpRequest, dispatch: Dispatch) -> str:
    """The page of the dispatch for the side that asks."""
    if permissions.check(request.actor, "grants.write_dispatch", dispatch):
        return dispatch.get_absolute_url()
    if permissions.check(request.actor, "grants.answer_dispatch", dispatch):
        return dispatch.get_advisor_url()
    return dispatch.get_staff_url()


def _find(request: HttpRequest, pk: UUID) -> Visit:
    visit = get_object_or_404(queries.visits_visible_to(request.scope), pk=pk)
    set_authority(request, visit.dispatch.menu.programme.authority)
    return visit


def _subject(shape: Act, visit: Visit) -> Visit | Dispatch:
    return visit.dispatch if shape.permission == "grants.run_dispatch" else visit


def _form(request: HttpRequest, visit: Visit, act: str, data: Any = None) -> Any:
    shape = ACTS[act]
    more: dict[str, Any] = {"side": shape.side} if shape.side else {}
    if shape.form is MoveForm:
        more["visit"] = visit
    return shape.form(data, at=visit.get_act_url(act), once=request, **more)


def _offered(request: HttpRequest, visit: Visit, written: set[str], ordered: bool) -> list[str]:
    """The steps that this person can take now."""
    sides = queries.sides_of(visit, request.actor)
    return [
        name
        for name, shape in ACTS.items()
        if visit.state in shape.states
        and permissions.check(request.actor, shape.permission, _subject(shape, visit))
        and (not shape.side or (shape.side in sides and shape.side not in written))
        and (name != "order" or not ordered)
        and (name != "hold" or visit.is_over)
    ]


def frame(request: HttpRequest) -> dict[str, str]:
    """Staff see it on their desk, the advisor among the public pages."""
    is_staff = request.scope.is_staff
    return {
        "layout": "layouts/desk.html" if is_staff else "layouts/public.html",
        "wrapper": "stack stack--l" if is_staff else "page main stack stack--l",
        "split": "split split--staff" if is_staff else "split",
    }


def _page(request: HttpRequest, visit: Visit, act: str = "", failed: OnceForm | None = None) -> HttpResponse:
    reports = list(visit.reports.select_related("written_by"))
    paying = list(queries.payments_of(visit))
    cost = agency.cost_of(visit) if visit.state == VisitState.REPORTED else None
    settled = cost.statement if cost else None
    offered = _offered(request, visit, {report.side for report in reports}, bool(paying or settled))
    forms = {name: _form(request, visit, name) for name in offered if name != act}
    if failed is not None:
        forms[act] = failed
    sees_money = bool(permissions.check(request.actor, "grants.conclude_dispatch", visit.dispatch))
    context = {
        "visit": visit, "dispatch": visit.dispatch, "back": address(request, visit.dispatch), "forms": forms, "form": failed,
        "reports": reports, "moves": visit.moves.select_related("moved_by"), "documents": documents.of(visit),
        "payments": paying if sees_money else [], "statement": settled if sees_money else None, "fee_yen": queries.fee_of(visit) if "order" in forms else 0,
        **frame(request),
    }  # fmt: skip
    return render(
        request, "grants/visit_detail.html", context, status=failed.status if failed is not None else 200
    )
