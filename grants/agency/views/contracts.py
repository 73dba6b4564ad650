"""The contract of the 委託先: the office's list, registering it, one contract with its 精算書 for both sides."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from portal.accounts.decorators import signed_in, staff_required
from portal.accounts.enums import Role
from portal.areas.models import Authority
from portal.areas.site import set_authority
from portal.kernel import paging, permissions
from portal.kernel.forms import OnceForm, keeps_form
from portal.kernel.http import see_other

from ...models import AgencyContract
from ...payments.queries import READERS
from ...views.common import own_authority
from ...views.visits import frame
from .. import queries
from ..actions import contracts as actions
from ..actions import statements
from ..forms import AgencyForm, AmountForm, MonthForm

CHANGE, START = "grants.change_agency", "grants.start_statement"


@require_safe
@staff_required(*READERS)
def agency_list(request: HttpRequest) -> HttpResponse:
    """The contracts of the authority, the newest year first."""
    rows = queries.with_contract(queries.received(request.scope))
    page = paging.keyset(request, rows, order=("-signed_on", "id"), per_page=20)
    context = {"page": page, "may_keep": request.scope.has(Role.PREFECTURE_OFFICER)}
    return render(request, "grants/agency/agency_list.html", context)


@keeps_form
@require_http_methods(["GET", "POST"])
@staff_required(*READERS)
def agency_new(request: HttpRequest) -> HttpResponse:
    """Register the contract of a year."""
    authority = _authority(request)
    form = AgencyForm(request.POST or None, authority=authority, once=request)
    if form.acts(actions.register_agency, by=request.actor):
        messages.success(request, "委託先の契約を登録し、支出負担行為を記録しました。")
        return see_other(form.result)
    return render(request, "grants/agency/agency_new.html", {"form": form}, status=form.status)


@require_safe
@signed_in
def agency_contract(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One contract: what is left of it, its 精算書, the next one."""
    return _page(request, _find(request, pk))


@keeps_form
@require_POST
@signed_in
def agency_contract_act(request: HttpRequest, pk: UUID, act: str) -> HttpResponse:
    """Start a 精算書, or change the amount; refused, the page comes again with everything that was typed."""
    contract = _find(request, pk)
    permissions.require(request.actor, CHANGE if act == "amount" else START, contract)
    form = _form(request, contract, act, request.POST)
    if act == "amount":
        if form.acts(actions.change_agency, by=request.actor, contract=contract):
            messages.success(request, "契約額を変えました。")
            return see_other(contract)
    elif form.acts(statements.start_statement, by=request.actor, contract=contract):
        messages.success(request, "精算書を作りました。旅費を入れて、提出してください。")
        return see_other(form.result)
    return _page(request, contract, act, form)


def _authority(request: HttpRequest) -> Authority:
    """The authority for which one keeps the contracts. Raises PermissionDenied with the reason."""
    if not request.scope.has(Role.PREFECTURE_OFFICER):  # type: ignore[attr-defined]
        raise PermissionDenied("委託先を登録できるのは、この事業を行う県の担当者です。")
    authority = own_authority(request, Role.PREFECTURE_OFFICER)
    permissions.require(request.actor, "grants.keep_agency", authority)  # type: ignore[attr-defined]
    return authority


def _find(request: HttpRequest, pk: UUID) -> AgencyContract:
    seen = queries.with_contract(queries.contracts_visible_to(request.scope))  # type: ignore[attr-defined]
    contract = get_object_or_404(seen, pk=pk)
    set_authority(request, contract.menu.programme.authority)
    return contract


def _form(request: HttpRequest, contract: AgencyContract, act: str, data: Any = None) -> Any:
    shape = AmountForm if act == "amount" else MonthForm
    return shape(data, contract=contract, at=contract.get_act_url(act), once=request)


def _page(
    request: HttpRequest, contract: AgencyContract, act: str = "", failed: OnceForm | None = None
) -> HttpResponse:
    may_start = permissions.check(request.actor, START, contract)  # type: ignore[attr-defined]
    names = [
        name
        for name, right in (("start", START), ("amount", CHANGE))
        if permissions.check(request.actor, right, contract)
    ]  # type: ignore[attr-defined]
    rows = contract.statements.select_related("contract__organisation").order_by("-number")
    forms = {name: _form(request, contract, name) for name in names if name != act}
    if failed is not None:
        forms[act] = failed
    if any(row.is_draft for row in rows):
        forms.pop("start", None)
    used = queries.used(contract)
    context = {
        "contract": contract, "statements": rows, "forms": forms, "form": failed, "may_start": may_start, "used": used,
        "left": contract.amount_yen - used, **frame(request),
    }  # fmt: skip
    status = failed.status if failed is not None else 200
    return render(request, "grants/agency/agency_contract.html", context, status=status)
