"""A proposal as officers, the secretariat and the theme's municipality read it, and its qualification."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_POST, require_safe

from portal.accounts.decorators import staff_required
from portal.areas.site import set_authority
from portal.documents import queries as documents
from portal.kernel import permissions
from portal.kernel.forms import keeps_form
from portal.kernel.http import see_other

from ...contracts import queries as contracts
from ...forms import PostButton
from ...models import Proposal
from ...rules import MUNICIPAL
from .. import papers
from ..actions import qualifying, scoring
from ..enums import QUALIFICATIONS, CallState, ProposalState
from ..forms.panel import OpinionForm
from ..forms.proposals import JudgeForm
from ..queries import proposals
from ..queries.calls import PANEL_READERS


@require_safe
@staff_required(*PANEL_READERS, *MUNICIPAL)
def staff_proposal(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One proposal with its papers and its qualification."""
    return _page(request, find(request, pk))


@keeps_form
@require_POST
@staff_required(*PANEL_READERS, *MUNICIPAL)
def staff_proposal_judge(request: HttpRequest, pk: UUID) -> HttpResponse:
    """資格審査 of one proposal; refused, the page comes again with everything that was typed."""
    proposal = find(request, pk)
    permissions.require(request.actor, "grants.qualify_proposal", proposal)
    form = JudgeForm(request.POST, at=proposal.get_judge_url(), once=request)
    if form.acts(qualifying.judge_qualification, by=request.actor, proposal=proposal):
        messages.success(request, "資格審査の結果を記録し、団体にメールを送りました。")
        return see_other(proposal.get_staff_url())
    return _page(request, proposal, form)


@keeps_form
@require_POST
@staff_required(*MUNICIPAL)
def staff_opinion(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The words of the theme's municipality about one proposal."""
    proposal = find(request, pk)
    permissions.require(request.actor, "grants.write_opinion", proposal)
    form = OpinionForm(request.POST, at=proposal.get_opinion_url(), once=request)
    if form.acts(scoring.write_opinion, by=request.actor, proposal=proposal):
        messages.success(request, "意見を保存しました。審査委員が読みます。")
        return see_other(proposal.get_staff_url())
    return _page(request, proposal, opinion_form=form)


def find(request: HttpRequest, pk: UUID) -> Proposal:
    """The proposal with its papers if the scope examines it, else 404."""
    proposal = get_object_or_404(
        proposals.with_papers(proposals.examined(request.scope)).select_related("opinion"), pk=pk
    )
    set_authority(request, proposal.call.theme.menu.programme.authority)
    return proposal


def _page(
    request: HttpRequest, proposal: Proposal, failed: Any = None, opinion_form: OpinionForm | None = None
) -> HttpResponse:
    refused, contract = failed or opinion_form, contracts.of_proposal(proposal)
    context = {
        "proposal": proposal,
        "checks": _checks(proposal),
        "documents": _documents(request, proposal),
        "twins": proposals.twins(proposal).order_by("submitted_at", "id"),
        "contract": contract,
        "sees_contract": request.scope.has(*PANEL_READERS) or (contract is not None and contract.signed_on),
        "begin": PostButton(at=proposal.get_contract_url(), once=request),
        "judging": proposal.state == ProposalState.SUBMITTED and proposal.call.state == CallState.CLOSED,
        "may_judge": permissions.check(request.actor, "grants.qualify_proposal", proposal),
        "form": failed or JudgeForm(at=proposal.get_judge_url(), once=request),
        "failed": refused,
        "reads_call": request.scope.has(*PANEL_READERS),
        **_opinion(request, proposal, opinion_form),
    }
    status = refused.status if refused is not None else 200
    return render(request, "grants/commission/staff_proposal.html", context, status=status)


def _documents(request: HttpRequest, proposal: Proposal) -> Any:
    """The papers this reader may open: the municipality of the theme is not told a proponent's own result."""
    found = documents.of(proposal)
    return found if request.scope.has(*PANEL_READERS) else found.filter(kind__in=papers.READ_WITH_IT)


def _checks(proposal: Proposal) -> list[tuple[str, str, str]]:
    """(point, remark, verdict) of the qualification, as far as it was answered."""
    found = proposals.qualifications(proposal)
    points = [(text, found[key]) for key, text in QUALIFICATIONS if key in found]
    return [(text, row.note, row.get_verdict_display()) for text, row in points]


def _opinion(request: HttpRequest, proposal: Proposal, typed: OpinionForm | None) -> dict[str, Any]:
    """The municipality's words, and the form for who may write them while the panel runs."""
    opinion = getattr(proposal, "opinion", None)
    known = {"text": opinion.text if opinion else ""}
    running = proposal.call.state == CallState.PANEL and proposal.call.frozen_at is None
    return {
        "opinion": opinion,
        "opinion_form": typed or OpinionForm(at=proposal.get_opinion_url(), initial=known, once=request),
        "may_write": running and permissions.check(request.actor, "grants.write_opinion", proposal),
    }
