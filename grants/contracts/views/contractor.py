"""The contractor's side of a contract: the next step first, then what was settled and handed in."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_POST, require_safe

from portal.accounts.decorators import signed_in
from portal.areas.site import set_authority
from portal.kernel import permissions
from portal.kernel.forms import OnceForm, keeps_form
from portal.kernel.http import attachment as send_file
from portal.kernel.http import see_other

from ...forms import PostButton
from ...models import Contract
from .. import queries
from ..actions import amending, fulfilling, negotiating, parting
from ..enums import AMENDMENT_PAPER, WORKING, ContractState, PartState
from ..forms import AmendForm, CompleteForm, InterimForm, QuoteForm, StartForm
from ..papers import CONTRACT_KIND, INVOICE_KIND
from .acting import Act, made, of_part, standing

State = ContractState
PAPERS = (CONTRACT_KIND, AMENDMENT_PAPER, INVOICE_KIND)  # the 検査調書 is the office's own
ACTS: dict[str, Act] = {
    "quote": Act(QuoteForm, negotiating.give_quote, frozenset({State.NEGOTIATING}), "見積りを出しました。県にメールで知らせます。"),
    "start": Act(StartForm, fulfilling.start_work, frozenset({State.SIGNED}), "着手を届け出ました。"),
    "interim": Act(InterimForm, fulfilling.report_interim, frozenset({State.STARTED}), "中間報告を出しました。"),
    "complete": Act(CompleteForm, fulfilling.complete_work, frozenset({State.INTERIM}), "完了を届け出ました。検査を待ってください。"),
    "amend": Act(AmendForm, amending.ask_amendment, frozenset(WORKING), "契約の変更を申し出ました。県にメールで知らせます。", knows=True, asked=False),
    "unamend": Act(PostButton, amending.withdraw_amendment, frozenset(WORKING), "変更の申出を取り下げました。", asked=True),
    "invoice": Act(PostButton, fulfilling.invoice, frozenset({State.INSPECTED}), "請求しました。請求書を作っています。"),
    "part_invoice": Act(PostButton, parting.invoice_part, frozenset(), "出来形を請求しました。請求書を作っています。", part=frozenset({PartState.DECIDED})),
}  # fmt: skip


@require_safe
@signed_in
def contract_detail(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One's own contract, and what to do next."""
    return _page(request, _find(request, pk))


@keeps_form
@require_POST
@signed_in
def contract_act(request: HttpRequest, pk: UUID, act: str) -> HttpResponse:
    """One step of the contractor; refused, the page comes again with everything that was typed."""
    if act not in ACTS:
        raise Http404
    contract, shape = _find(request, pk), ACTS[act]
    permissions.require(request.actor, "grants.fulfil_contract", contract)
    form = made(request, contract, shape, contract.get_act_url(act), request.POST, request.FILES)
    if form.acts(shape.action, by=request.actor, contract=contract):
        messages.success(request, shape.said)
        return see_other(contract)
    return _page(request, contract, act, form)


@require_safe
@signed_in
def contract_file(request: HttpRequest, pk: UUID, file_pk: UUID) -> HttpResponse:
    """One paper of a contract, for those who may read it."""
    row = get_object_or_404(queries.files_visible_to(request.scope), contract=pk, pk=file_pk)
    return send_file(row.file)


def _find(request: HttpRequest, pk: UUID) -> Contract:
    contract = get_object_or_404(queries.with_case(queries.own(request.scope)), pk=pk)
    set_authority(request, contract.proposal.call.theme.menu.programme.authority)
    return contract


def _page(
    request: HttpRequest, contract: Contract, act: str = "", failed: OnceForm | None = None
) -> HttpResponse:
    approval, amendments = queries.open_approval(contract), queries.amendments_of(contract)
    part = queries.part_of(contract)
    forms: dict[str, Any] = {
        name: made(request, contract, ACTS[name], contract.get_act_url(name))
        for name in (*standing(ACTS, contract, approval, amendments), *of_part(ACTS, part))
    }
    if failed is not None:
        forms[act] = failed
    context = {
        "contract": contract, "forms": forms, "form": failed, "deciding": approval is not None,
        "files": queries.files_of(contract, request.scope), "meetings": queries.meetings_of(contract),
        "documents": queries.papers_of(contract).filter(kind__in=PAPERS), "amendments": amendments, "part": part,
        "note": queries.note_of(contract), "interim_on": queries.interim_on(contract),
    }  # fmt: skip
    status = failed.status if failed is not None else 200
    return render(request, "grants/contracts/contract_detail.html", context, status=status)
