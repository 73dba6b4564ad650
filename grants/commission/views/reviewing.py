"""The reviewer's side: one's panels, declaring interests first, then reading, scoring, sealing."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from portal.accounts.decorators import signed_in
from portal.areas.site import set_authority
from portal.kernel import paging
from portal.kernel.forms import keeps_form
from portal.kernel.http import see_other

from ...forms import PostButton
from ...models import PanelInterest, PanelSeat, Proposal
from ..actions import panel as actions
from ..actions import scoring
from ..enums import RUNNING, CallState, Declared, SheetState
from ..forms.panel import DeclareForm, SheetForm
from ..queries import panel, proposals

SHEETS = {
    "seal": (scoring.seal_sheet, "採点票を提出しました。全員がそろうと確定します。"),
    "reopen": (scoring.reopen_sheet, "採点票を書きなおせます。"),
}


@require_safe
@signed_in
def review_list(request: HttpRequest) -> HttpResponse:
    """The panels in which one sits, newest first."""
    page = paging.keyset(request, panel.seats(request.scope), order=("-seated_at", "id"), per_page=20)
    return render(request, "grants/commission/review_list.html", {"page": page})


@require_safe
@signed_in
def review_call(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One panel: what waits for one's declaration, what one may read; the ranking once it is frozen."""
    seat = _seat(request, pk)
    running = seat.call.state in RUNNING
    sheets = panel.own_sheets(seat)
    ranked = panel.ranking(seat.call) if running else []
    context = {
        "seat": seat,
        "call": seat.call,
        "running": running,
        "rows": [(row, sheets.get(row.proposal_id)) for row in panel.own_interests(seat)] if running else [],
        "ranking": panel.shown(seat.call, request.scope, ranked),
    }
    return render(request, "grants/commission/review_call.html", context)


@keeps_form
@require_http_methods(["GET", "POST"])
@signed_in
def review_declare(request: HttpRequest, pk: UUID, proposal_pk: UUID) -> HttpResponse:
    """Declare whether one is tied to a proposal; only its bodies are named here."""
    interest = _interest(request, pk, proposal_pk)
    form = DeclareForm(request.POST or None, once=request)
    if form.acts(actions.declare_interest, by=request.actor, interest=interest):
        clear = form.result.declared == Declared.CLEAR
        messages.success(
            request, "申告しました。" if clear else "申告しました。この企画提案の審査には加わりません。"
        )
        return see_other(reverse("grants:review_call", args=[pk]))
    context = {"interest": interest, "proposal": interest.proposal, "call": interest.seat.call, "form": form}
    return render(request, "grants/commission/review_declare.html", context, status=form.status)


@keeps_form
@require_http_methods(["GET", "POST"])
@signed_in
def review_score(request: HttpRequest, pk: UUID, proposal_pk: UUID) -> HttpResponse:
    """Read one proposal and write one's score sheet."""
    interest, proposal = _readable(request, pk, proposal_pk)
    form = _sheet_form(request, interest, request.POST or None)
    if request.method == "POST" and form.acts(scoring.save_sheet, by=request.actor, interest=interest):
        messages.success(request, "採点票を保存しました。まだ提出していません。")
        return see_other(reverse("grants:review_score", args=[pk, proposal_pk]))
    return _page(request, interest, proposal, form)


@keeps_form
@require_POST
@signed_in
def review_sheet(request: HttpRequest, pk: UUID, proposal_pk: UUID, step: str) -> HttpResponse:
    """Seal one's sheet, or take it back until all are in."""
    interest, proposal = _readable(request, pk, proposal_pk)
    if step not in SHEETS:
        raise Http404
    action, said = SHEETS[step]
    button = PostButton(request.POST, once=request)
    if button.acts(action, by=request.actor, interest=interest):
        messages.success(request, said)
        return see_other(reverse("grants:review_call", args=[pk]))
    return _page(request, interest, proposal, _sheet_form(request, interest), button)


def _seat(request: HttpRequest, pk: UUID) -> PanelSeat:
    seat = get_object_or_404(panel.seats(request.scope), call=pk)
    set_authority(request, seat.call.theme.menu.programme.authority)
    return seat


def _interest(request: HttpRequest, pk: UUID, proposal_pk: UUID) -> PanelInterest:
    rows = panel.own_interest(request.scope, proposal_pk).filter(seat__call=pk)
    interest = get_object_or_404(rows)
    set_authority(request, interest.seat.call.theme.menu.programme.authority)
    return interest


def _readable(request: HttpRequest, pk: UUID, proposal_pk: UUID) -> tuple[PanelInterest, Proposal]:
    """The row and the proposal with its papers, for who may read it; 404 for everybody else."""
    interest = _interest(request, pk, proposal_pk)
    rows = proposals.with_papers(proposals.reviewed(request.scope)).select_related("opinion")
    return interest, get_object_or_404(rows, call=pk, pk=proposal_pk)


def _sheet_form(request: HttpRequest, interest: PanelInterest, data: Any = None) -> SheetForm:
    items = list(interest.seat.call.items.all())
    return SheetForm(data, items=items, sheet=panel.own_sheet(interest), once=request)


def _page(
    request: HttpRequest, interest: PanelInterest, proposal: Proposal, form: SheetForm, refused: Any = None
) -> HttpResponse:
    at = {step: reverse("grants:review_sheet", args=[proposal.call_id, proposal.pk, step]) for step in SHEETS}
    sheet = form.sheet
    context = {
        "interest": interest,
        "proposal": proposal,
        "call": interest.seat.call,
        "opinion": getattr(proposal, "opinion", None),
        "sheet": sheet,
        "form": form,
        "refused": refused,
        "seal": PostButton(at=at["seal"], once=request),
        "reopen": PostButton(at=at["reopen"], once=request),
        "writing": sheet is None or sheet.state == SheetState.DRAFT,
        "open": interest.seat.call.state == CallState.PANEL and interest.seat.call.frozen_at is None,
    }
    return render(request, "grants/commission/review_score.html", context, status=(refused or form).status)
