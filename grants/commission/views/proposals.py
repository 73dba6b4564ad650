"""The proponent's side: one's proposals, starting one, its sections and papers, submitting, taking it back."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from portal.accounts.decorators import signed_in
from portal.areas.site import set_authority
from portal.documents import papers
from portal.documents import queries as documents
from portal.kernel import clock, paging, permissions
from portal.kernel.forms import keeps_form
from portal.kernel.http import attachment as send_file
from portal.kernel.http import see_other

from ...contracts import queries as contracts
from ...forms import PostButton
from ...models import Proposal
from ...together import writing
from ...together.receipts import receipt
from ..actions import proposal_files, results
from ..actions import proposals as actions
from ..completeness import problems
from ..enums import ProposalPart
from ..forms.proposals import CostsForm, FileForm, GroupForm, StartForm, SubmitForm, WithdrawForm, WordsForm
from ..papers import PROPOSAL
from ..queries import calls, outcomes, proposals

SECTIONS: dict[str, Any] = {
    ProposalPart.WORDS: (WordsForm, actions.save_words),
    ProposalPart.GROUP: (GroupForm, actions.save_group),
    ProposalPart.COSTS: (CostsForm, actions.save_costs),
}
ORDER = list(ProposalPart)


@require_safe
@signed_in
def proposal_list(request: HttpRequest) -> HttpResponse:
    """One's proposals, newest first."""
    page = paging.keyset(request, proposals.own(request.scope), order=("-created_at", "id"), per_page=20)
    return render(request, "grants/commission/proposal_list.html", {"page": page})


@keeps_form
@require_http_methods(["GET", "POST"])
@signed_in
def proposal_new(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Begin a proposal under a call."""
    call = get_object_or_404(calls.public(), pk=pk)
    set_authority(request, call.theme.menu.programme.authority)
    form = StartForm(request.POST or None, call=call, once=request)
    if form.acts(actions.start_proposal, by=request.actor, call=call):
        messages.success(request, "下書きを作りました。順に書いて、最後に提出します。")
        return see_other(form.result.get_edit_url())
    context = {"call": call, "form": form, "open": call.is_open(clock.now())}
    return render(request, "grants/commission/proposal_new.html", context, status=form.status)


@require_safe
@signed_in
def proposal_detail(request: HttpRequest, pk: UUID) -> HttpResponse:
    """What was written, what was submitted, and what became of it."""
    return detail(request, find_own(request, pk))


@keeps_form
@require_http_methods(["GET", "POST"])
@signed_in
def proposal_edit(request: HttpRequest, pk: UUID, section: str) -> HttpResponse:
    """One section of a draft."""
    proposal = find_own(request, pk)
    if section not in ProposalPart.values:
        raise Http404
    if not proposal.is_draft and request.method == "GET":
        return detail(request, proposal)
    if section == ProposalPart.FILES:
        return _files(request, proposal)
    if section == ProposalPart.SUBMIT:
        return _submit(request, proposal)
    shape, action = SECTIONS[section]
    form = writing.opened(
        request, proposal, section, lambda data: shape(data, proposal=proposal, once=request)
    )
    if request.method == "POST" and form.acts(action, by=request.actor, proposal=proposal):
        writing.let_go(request, proposal, section)
        messages.success(request, "保存しました。")
        return see_other(proposal.get_edit_url(ORDER[ORDER.index(section) + 1]))
    more = writing.writing_context(request, proposal, section, form)
    return _section(request, proposal, section, form, f"grants/commission/proposal_{section}.html", more)


@require_POST
@signed_in
def proposal_autosave(request: HttpRequest, pk: UUID, section: str) -> JsonResponse:
    """Save a section while people type (`writing.autosaved`)."""
    proposal = find_own(request, pk)
    if section not in SECTIONS:
        raise Http404
    shape, action = SECTIONS[section]
    form = shape(request.POST, proposal=proposal, once=request)
    return writing.autosaved(request, proposal, section, form, action)


@require_safe
@signed_in
def proposal_preview(request: HttpRequest, pk: UUID) -> HttpResponse:
    """企画提案書 with its 見積書 as they would look: 「見本」, nothing stored."""
    proposal = find_own(request, pk)
    content = papers.preview(PROPOSAL, proposal, authority=proposal.call.theme.menu.programme.authority)
    response = HttpResponse(content, content_type="application/pdf")
    response.headers["Content-Disposition"] = 'attachment; filename="mihon.pdf"'
    response.headers["Cache-Control"] = "private, no-store"
    return response


@keeps_form
@require_POST
@signed_in
def proposal_withdraw(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Take a proposal back, with the reason."""
    proposal = find_own(request, pk)
    form = WithdrawForm(request.POST, at=proposal.get_withdraw_url(), once=request)
    if form.acts(actions.withdraw_proposal, by=request.actor, proposal=proposal):
        messages.success(request, "企画提案を取り下げました。")
        return see_other(proposal)
    return detail(request, proposal, form)


@keeps_form
@require_POST
@signed_in
def proposal_take_up(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Take the place of the adopted one, as the 次点 that was asked."""
    proposal = find_own(request, pk)
    form = PostButton(request.POST, once=request)
    if form.acts(results.take_up, by=request.actor, proposal=proposal):
        messages.success(request, "繰上げを受けました。県から、契約についてお知らせします。")
        return see_other(proposal)
    return detail(request, proposal, form)


@require_safe
@signed_in
def proposal_file(request: HttpRequest, pk: UUID, file_pk: UUID) -> HttpResponse:
    """One paper, for those who see its proposal."""
    rows = proposals.files_visible_to(request.scope)
    return send_file(get_object_or_404(rows, proposal=pk, pk=file_pk).file)


@require_POST
@signed_in
def proposal_file_remove(request: HttpRequest, pk: UUID, file_pk: UUID) -> HttpResponse:
    """Take a paper out of a draft."""
    proposal = find_own(request, pk)
    row = get_object_or_404(proposal.files.select_related("file", "proposal__organisation"), pk=file_pk)
    form = PostButton(request.POST, once=request)
    if form.acts(proposal_files.remove_file, by=request.actor, row=row):
        messages.success(request, f"{row.file.filename}を外しました。")
    else:
        messages.error(request, " ".join(form.non_field_errors()))
    return see_other(proposal.get_edit_url(ProposalPart.FILES))


def find_own(request: HttpRequest, pk: UUID) -> Proposal:
    """One's own proposal with its papers. 404 for a stranger, 403 with the reason for a reader."""
    rows = proposals.with_papers(proposals.visible_to(request.scope))
    proposal = get_object_or_404(rows, pk=pk)
    set_authority(request, proposal.call.theme.menu.programme.authority)
    verdict = permissions.check(request.actor, "grants.write_proposal", proposal)
    if not verdict:
        raise PermissionDenied(verdict.reason)
    return proposal


def detail(request: HttpRequest, proposal: Proposal, refused: Any = None) -> HttpResponse:
    """The proponent's page; `refused`: a form to show again."""
    withdraw = (
        refused
        if isinstance(refused, WithdrawForm)
        else WithdrawForm(at=proposal.get_withdraw_url(), once=request)
    )
    found = list(documents.of(proposal))
    context = {
        "proposal": proposal,
        "receipt": receipt(proposal, found, PROPOSAL),
        "withdraw": withdraw,
        "take_up": PostButton(at=proposal.get_take_up_url(), once=request),
        "may_take_up": proposal.may_take_up(clock.now()),
        "refused": refused,
        "form": refused,
        "outcome": outcomes.told(proposal),
        "documents": found,
        "contract": contracts.of_proposal(proposal),
    }
    status = refused.status if refused is not None else 200
    return render(request, "grants/commission/proposal_detail.html", context, status=status)


def _files(request: HttpRequest, proposal: Proposal) -> HttpResponse:
    form = FileForm(request.POST or None, request.FILES or None, once=request)
    if form.acts(proposal_files.add_file, by=request.actor, proposal=proposal):
        messages.success(request, f"{form.result.file.filename}を添付しました。")
        return see_other(proposal.get_edit_url(ProposalPart.FILES))
    rows = [(row, PostButton(at=row.get_remove_url(), once=request)) for row in proposal.papers]
    more = {"papers": rows, **writing.present_context(request, proposal, ProposalPart.FILES)}
    return _section(
        request, proposal, ProposalPart.FILES, form, "grants/commission/proposal_files.html", more
    )


def _submit(request: HttpRequest, proposal: Proposal) -> HttpResponse:
    form = SubmitForm(request.POST or None, once=request)
    if request.method == "POST" and form.acts(actions.submit_proposal, by=request.actor, proposal=proposal):
        messages.success(request, "企画提案を提出しました。控えをメールで送りました。")
        return see_other(proposal)
    return _section(request, proposal, ProposalPart.SUBMIT, form, "grants/commission/proposal_submit.html")


def _section(
    request: HttpRequest, proposal: Proposal, section: str, form: Any, template: str, more: Any = None
) -> HttpResponse:
    found = [
        (ProposalPart(row.part), row.text, proposal.get_edit_url(row.part)) for row in problems(proposal)
    ]
    context = {
        "proposal": proposal, "form": form, "problems": found, "step": ORDER.index(ProposalPart(section)) + 1,
        "steps": [(part.label, proposal.get_edit_url(part)) for part in ORDER], **(more or {}),
    }  # fmt: skip
    return render(request, template, context, status=form.status)
