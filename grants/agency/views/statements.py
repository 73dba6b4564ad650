"""One 精算書 for its three sides: the organisation or the office writes it, the office checks it, others read."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_POST, require_safe

from communities.queries.notes import reason_of
from portal.accounts.decorators import signed_in
from portal.areas.site import set_authority
from portal.documents import queries as documents
from portal.kernel import permissions
from portal.kernel.forms import OnceForm, keeps_form
from portal.kernel.http import see_other

from ...forms import NoteForm, PostButton
from ...models import AgencyStatement, VisitCost
from ...views.visits import frame
from .. import queries
from ..actions import statements as actions
from ..enums import StatementState
from ..forms import TravelForm

WRITE, CHECK = "grants.write_statement", "grants.check_statement"


@dataclass(frozen=True, slots=True)
class Act:
    """One form of the page: in which state it stands there, what it does, who may, what is said then."""

    form: type[Any]
    action: Callable[..., Any]
    state: StatementState
    permission: str
    said: str


State = StatementState
ACTS: dict[str, Act] = {
    "write": Act(TravelForm, actions.write_statement, State.DRAFT, WRITE, "保存しました。"),
    "drop": Act(PostButton, actions.drop_statement, State.DRAFT, WRITE, "精算書を取りやめました。"),
    "check": Act(PostButton, actions.check_statement, State.SUBMITTED, CHECK, "確認し、支出命令を出しました。"),
    "return": Act(NoteForm, actions.return_statement, State.SUBMITTED, CHECK, "差し戻しました。委託先にメールで知らせます。"),
    "order": Act(PostButton, actions.order_statement, State.CHECKED, CHECK, "支出命令を出しました。"),
}  # fmt: skip


@require_safe
@signed_in
def agency_statement(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One 精算書 with what can be done now."""
    return _page(request, _find(request, pk))


@keeps_form
@require_POST
@signed_in
def agency_statement_act(request: HttpRequest, pk: UUID, act: str) -> HttpResponse:
    """One step of a 精算書; refused, the page comes again with everything that was typed."""
    if act not in ACTS:
        raise Http404
    statement, shape = _find(request, pk), ACTS[act]
    permissions.require(request.actor, shape.permission, statement)
    form = _form(request, statement, act, request.POST)
    if form.acts(shape.action, by=request.actor, statement=statement):
        handed_in = act == "write" and "hand_in" in request.POST
        messages.success(request, "精算書を提出しました。PDFを作っています。" if handed_in else shape.said)
        return see_other(statement.contract if act == "drop" else statement)
    return _page(request, statement, act, form)


def _find(request: HttpRequest, pk: UUID) -> AgencyStatement:
    seen = queries.with_statement(queries.visible_to(request.scope))  # type: ignore[attr-defined]
    statement = get_object_or_404(seen, pk=pk)
    set_authority(request, statement.contract.menu.programme.authority)
    return statement


def _form(request: HttpRequest, statement: AgencyStatement, act: str, data: Any = None) -> Any:
    shape = ACTS[act]
    more = {"statement": statement} if shape.form is TravelForm else {}
    return shape.form(data, at=statement.get_act_url(act), once=request, **more)


def _page(
    request: HttpRequest, statement: AgencyStatement, act: str = "", failed: OnceForm | None = None
) -> HttpResponse:
    forms = {
        name: _form(request, statement, name)
        for name, shape in ACTS.items()
        if name != act
        and statement.state == shape.state
        and permissions.check(request.actor, shape.permission, statement)  # type: ignore[attr-defined]
        and (name != "order" or not queries.is_ordered(statement))
    }
    if failed is not None:
        forms[act] = failed
    mended = statement.is_draft and statement.version
    costs = list(queries.costs_of(statement))
    context = {
        "statement": statement, "sums": _sums(statement, costs), "contract": statement.contract, "forms": forms, "form": failed, "costs": costs,
        "payments": queries.payments_of(statement), "documents": documents.of(statement) if statement.version else [],
        "reason": reason_of(statement, "return_for_correction") if mended else "",
        "left": queries.left(statement.contract, but=statement), **frame(request),
        "sees_payments": request.scope.is_staff,  # type: ignore[attr-defined]
    }  # fmt: skip
    status = failed.status if failed is not None else 200
    return render(request, "grants/agency/agency_statement.html", context, status=status)


def _sums(statement: AgencyStatement, costs: Sequence[VisitCost]) -> dict[str, int]:
    """What the page adds up, in yen: of a draft from its visits as they were saved, later what was handed in."""
    if not statement.is_draft:
        found = (statement.fee_yen, statement.travel_yen, statement.office_yen)
    else:
        found = (
            sum(cost.fee_yen for cost in costs),
            sum(cost.travel_yen for cost in costs),
            sum(cost.office_yen for cost in costs),
        )
    return dict(zip(("fee", "travel", "office"), found, strict=True)) | {"total": sum(found)}
