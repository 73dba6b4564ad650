"""The government's side of contracts: the list, one contract with what the officer can do now, beginning one."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_POST, require_safe

from portal.accounts.decorators import staff_required
from portal.areas.site import set_authority
from portal.kernel import paging, permissions
from portal.kernel.forms import OnceForm, keeps_form
from portal.kernel.http import see_other

from ...commission.queries.calls import PANEL_READERS
from ...commission.views.proposals_staff import find as find_proposal
from ...forms import PostButton
from ...models import Contract, PartialWork
from ...queries import READERS as GRANT_READERS
from ...rules import MUNICIPAL
from .. import queries
from ..actions import amending, deciding, ending, negotiating, parting
from ..enums import PART_AGREED, TERMINABLE, WORKING, ContractState, PartState
from ..forms import (
    AmendDeclineForm,
    AmendDraftForm,
    DraftForm,
    InspectForm,
    PartBackForm,
    PartDropForm,
    PartInspectForm,
    ReworkForm,
    TerminateForm,
    TermsForm,
)
from .acting import Act, made, of_part, standing

State = ContractState
RUN = "grants.run_contract"
NEVER: frozenset[str] = frozenset()  # in no state of the contract itself
ACTS: dict[str, Act] = {
    "terms": Act(TermsForm, negotiating.save_terms, frozenset({State.NEGOTIATING}), "契約の条件を保存しました。", knows=True),
    "draft": Act(DraftForm, deciding.draft_contract, frozenset({State.NEGOTIATING}), "契約の締結を起案しました。", knows=True),
    "amend": Act(AmendDraftForm, amending.draft_amendment, frozenset(WORKING), "契約の変更を起案しました。", knows=True, asked=True),
    "decline": Act(AmendDeclineForm, amending.decline_amendment, frozenset(WORKING), "変更しないと答えました。団体にメールで知らせます。", asked=True),
    "inspect": Act(InspectForm, ending.inspect_work, frozenset({State.COMPLETED}), "検査に合格としました。検査調書を作っています。"),
    "rework": Act(ReworkForm, ending.ask_rework, frozenset({State.COMPLETED}), "手直しを求めました。団体にメールで知らせます。"),
    "order": Act(PostButton, ending.order_contract_payment, frozenset({State.INVOICED}), "支出命令を出しました。"),
    "close": Act(PostButton, ending.close_contract, frozenset({State.PAID}), "契約を終えました。"),
    "terminate": Act(TerminateForm, ending.terminate_contract, frozenset(TERMINABLE), "契約を打ち切りました。関係者にメールで知らせます。", deciding=True),
    "part_inspect": Act(PartInspectForm, parting.inspect_part, NEVER, "出来形を検査しました。課長か決裁者が支払いを決めます。", part=frozenset({PartState.WAITING}), permission="grants.inspect_part"),
    "part_drop": Act(PartDropForm, parting.drop_part, NEVER, "出来形を支払わないことにしました。団体にメールで知らせます。", part=frozenset({PartState.WAITING, *PART_AGREED}), permission="grants.drop_part"),
    "part_decide": Act(PostButton, parting.decide_part, NEVER, "出来形の支払いを決めました。団体にメールで知らせます。", part=frozenset({PartState.INSPECTED}), permission="grants.decide_part"),
    "part_back": Act(PartBackForm, parting.send_back_part, NEVER, "検査をやりなおすことにしました。", part=frozenset({PartState.INSPECTED, *PART_AGREED}), permission="grants.decide_part"),
    "part_order": Act(PostButton, parting.order_part_payment, NEVER, "支出命令を出しました。", part=frozenset({PartState.INVOICED}), permission="grants.inspect_part"),
}  # fmt: skip


@require_safe
@staff_required(*queries.READERS)
def staff_contract_list(request: HttpRequest) -> HttpResponse:
    """The contracts of one's authority, newest first, and adopted proposals that have none."""
    rows = queries.with_case(queries.received(request.scope))
    page = paging.keyset(request, rows, order=("-created_at", "id"), per_page=30)
    context = {"page": page, "adopted": queries.adoptable(request.scope)[:20]}
    context["reads_reviews"] = request.scope.has(*PANEL_READERS)
    return render(request, "grants/contracts/staff_contract_list.html", context)


@keeps_form
@require_POST
@staff_required(*GRANT_READERS)
def staff_contract_new(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Begin the negotiation about an adopted proposal."""
    proposal = find_proposal(request, pk)
    permissions.require(request.actor, "grants.qualify_proposal", proposal)
    form = PostButton(request.POST, once=request)
    if form.acts(negotiating.open_contract, by=request.actor, proposal=proposal):
        messages.success(request, "契約の協議を始めました。団体に見積りを頼むメールを送りました。")
        return see_other(form.result.get_staff_url())
    messages.error(request, " ".join(form.non_field_errors()))
    return see_other(proposal.get_staff_url())


@require_safe
@staff_required(*queries.READERS, *MUNICIPAL)
def staff_contract(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One contract as its government, or the municipality of its theme, reads it."""
    return _page(request, _find(request, pk))


@keeps_form
@require_POST
@staff_required(*queries.READERS, *MUNICIPAL)
def staff_contract_act(request: HttpRequest, pk: UUID, act: str) -> HttpResponse:
    """One step of the office; refused, the page comes again with everything that was typed."""
    if act not in ACTS:
        raise Http404
    contract, shape = _find(request, pk), ACTS[act]
    part = queries.part_of(contract)
    if shape.permission and part is None:
        raise Http404
    permissions.require(request.actor, shape.permission or RUN, part if shape.permission else contract)
    form = made(request, contract, shape, contract.get_staff_act_url(act), request.POST, request.FILES)
    if form.acts(shape.action, by=request.actor, contract=contract):
        messages.success(request, shape.said)
        return see_other(contract.get_staff_url())
    return _page(request, contract, act, form)


def _find(request: HttpRequest, pk: UUID) -> Contract:
    contract = get_object_or_404(queries.with_case(queries.examined(request.scope)), pk=pk)
    set_authority(request, contract.proposal.call.theme.menu.programme.authority)
    return contract


def _page(
    request: HttpRequest, contract: Contract, act: str = "", failed: OnceForm | None = None
) -> HttpResponse:
    may = permissions.check(request.actor, RUN, contract)
    approval, whole = queries.open_approval(contract), queries.reads_whole(contract, request.scope)
    payments, amendments = queries.payments_of(contract) if whole else [], queries.amendments_of(contract)
    forms: dict[str, Any] = {
        name: made(request, contract, ACTS[name], contract.get_staff_act_url(name))
        for name in (standing(ACTS, contract, approval, amendments) if may else [])
        if name != "order" or not payments
    }
    part = queries.part_of(contract) if whole else None
    forms |= _part_forms(request, contract, part, bool(payments))
    if failed is not None:
        forms[act] = failed
    context = {
        "contract": contract, "forms": forms, "form": failed, "may": may, "approval": approval, "whole": whole,
        "files": queries.files_of(contract, request.scope), "meetings": queries.meetings_of(contract),
        "documents": queries.papers_of(contract) if whole else [], "payments": payments, "amendments": amendments,
        "may_meet": permissions.check(request.actor, "grants.minute_meeting", contract),
        "reads_proposal": request.scope.has(*PANEL_READERS, *MUNICIPAL),
        "part": part, "note": queries.note_of(contract), "ceiling": queries.ceiling(contract),
    }  # fmt: skip
    status = failed.status if failed is not None else 200
    return render(request, "grants/contracts/staff_contract.html", context, status=status)


def _part_forms(
    request: HttpRequest, contract: Contract, part: PartialWork | None, is_ordered: bool
) -> dict[str, Any]:
    """What this person may do now with the accepted part of a terminated contract; nothing while its payment is ordered."""
    return {
        name: made(request, contract, ACTS[name], contract.get_staff_act_url(name))
        for name in of_part(ACTS, part)
        if permissions.check(request.actor, ACTS[name].permission, part)  # type: ignore[attr-defined]
        and not is_ordered
    }
