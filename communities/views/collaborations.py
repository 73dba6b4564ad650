"""Collaborations 協働: recording them, and their public record."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_http_methods, require_safe

from portal.accounts.decorators import signed_in
from portal.areas.site import set_authority
from portal.kernel.forms import ButtonForm, keeps_form
from portal.kernel.http import see_other

from .. import actions, queries
from ..actions.collaborations import OPEN
from ..enums import CollaborationState, EvidenceKind
from ..forms.work import CollaborationEditForm, CollaborationForm, EvidenceForm
from ..models import Collaboration
from .requests import edges, may, panels, posted, require, visible_initiative


def visible_collaboration(request: HttpRequest, pk: UUID) -> Collaboration:
    """The record of this address; 404 for a stranger."""
    rows = queries.with_evidence_kinds(queries.collaborations_visible_to(request.scope))  # type: ignore[attr-defined]
    collaboration = get_object_or_404(rows, pk=pk)
    set_authority(request, collaboration.lead_area)
    return collaboration


def mine_to_change(request: HttpRequest, pk: UUID) -> Collaboration:
    """The record, for those who may record; 403 with the reason otherwise."""
    collaboration = visible_collaboration(request, pk)
    require(request, "communities.record_collaboration", collaboration)
    return collaboration


@require_http_methods(["GET", "POST"])
@signed_in
@keeps_form
def collaboration_new(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Record what was done with whom, with its evidence."""
    initiative = visible_initiative(request, pk)
    require(request, "communities.record_collaboration", initiative)
    form = CollaborationForm(*posted(request), initiative=initiative, once=request)
    if form.acts(actions.record_collaboration, by=request.actor, initiative=initiative):
        draft = form.result.state == CollaborationState.DRAFT
        messages.success(
            request,
            "協働を下書きに保存しました。" if draft else "協働の記録を提出しました。区の担当者が確認します。",
        )
        return see_other(form.result)
    context = {"initiative": initiative, "community": initiative.community, "form": form}
    return render(request, "communities/collaboration_new.html", context, status=form.status)


@require_safe
def collaboration_detail(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The public record: the partner's name only when it agreed, kinds of evidence only."""
    collaboration = visible_collaboration(request, pk)
    may_record = may(request, "communities.record_collaboration", collaboration)
    returned = collaboration.state == CollaborationState.RETURNED
    context = {
        "collaboration": collaboration,
        "initiative": collaboration.initiative,
        "community": collaboration.initiative.community,
        "evidence_labels": [EvidenceKind(kind).label for kind in collaboration.evidence_kinds],
        "edges": edges(request, collaboration),
        "may_record": may_record,
        "is_open": collaboration.state in OPEN,
        "reason": queries.reason_of(collaboration, "return") if may_record and returned else "",
        "panels": panels(request, collaboration),
    }
    return render(request, "communities/collaboration_detail.html", context)


@require_http_methods(["GET", "POST"])
@signed_in
@keeps_form
def collaboration_edit(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Put right what was returned, or finish a draft."""
    collaboration = mine_to_change(request, pk)
    form = CollaborationEditForm(*posted(request), collaboration=collaboration, once=request)
    if form.acts(actions.edit_collaboration, by=request.actor, collaboration=collaboration):
        messages.success(request, "協働の内容を直しました。")
        return see_other(collaboration)
    context = {"collaboration": collaboration, "form": form}
    return render(request, "communities/collaboration_edit.html", context, status=form.status)


@require_http_methods(["GET", "POST"])
@signed_in
@keeps_form
def evidence_new(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Add a file that proves it."""
    collaboration = mine_to_change(request, pk)
    form = EvidenceForm(*posted(request), once=request)
    if form.acts(actions.add_evidence, by=request.actor, collaboration=collaboration):
        messages.success(request, "根拠の資料を加えました。")
        return see_other(collaboration)
    context = {"collaboration": collaboration, "form": form}
    return render(request, "communities/evidence_new.html", context, status=form.status)


@require_http_methods(["GET", "POST"])
@signed_in
@keeps_form
def collaboration_submit(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Hand it to the ward."""
    collaboration = mine_to_change(request, pk)
    form = ButtonForm(*posted(request), once=request)
    if form.acts(actions.submit_collaboration, by=request.actor, collaboration=collaboration):
        messages.success(request, "協働の記録を提出しました。区の担当者が確認します。")
        return see_other(collaboration)
    context = {"collaboration": collaboration, "form": form}
    return render(request, "communities/collaboration_submit.html", context, status=form.status)
