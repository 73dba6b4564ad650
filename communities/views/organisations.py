"""Organisations for those who keep them: list, put right, merge, take back."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_http_methods, require_safe

from portal.accounts.decorators import staff_required
from portal.kernel import paging
from portal.kernel.forms import ButtonForm, keeps_form
from portal.kernel.http import see_other

from ..actions import merging
from ..forms.filters import ListFilter
from ..forms.organisations import MergeForm, OrganisationForm
from ..models import OrganisationMerge
from ..queries.organisations import candidates_for, merges_of, organisations_kept_by, with_words
from ..rules import WARD_STAFF
from .requests import posted


@require_safe
@staff_required(*WARD_STAFF)
def staff_organisation_list(request: HttpRequest) -> HttpResponse:
    """The organisations of one's areas by name; merged ones are left out."""
    chosen = ListFilter.of(request)
    rows = organisations_kept_by(request.scope).filter(merged_into__isnull=True)
    page = paging.keyset(request, with_words(rows, chosen.words), order=("name_key", "id"), per_page=50)
    context = {"page": page, "chosen": chosen, "state": ""}
    return render(request, "communities/staff_organisation_list.html", context)


@require_http_methods(["GET", "POST"])
@staff_required(*WARD_STAFF)
@keeps_form
def staff_organisation_detail(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One organisation: put it right, see who may be the same, what was merged."""
    organisation = get_object_or_404(organisations_kept_by(request.scope), pk=pk)
    form = OrganisationForm(*posted(request), organisation=organisation, once=request)
    if form.acts(merging.edit_organisation, by=request.actor, organisation=organisation):
        messages.success(request, "主体の内容を直しました。")
        return see_other("communities:staff_organisation_detail", organisation.pk)
    stands = organisation.merged_into is None
    context = {
        "organisation": organisation, "form": form, "stands": stands,
        "candidates": list(candidates_for(organisation, request.scope)[:8]) if stands else [],
        "merges": list(merges_of(organisation)[:20]),
    }  # fmt: skip
    return render(request, "communities/staff_organisation_detail.html", context, status=form.status)


@require_http_methods(["GET", "POST"])
@staff_required(*WARD_STAFF)
@keeps_form
def staff_organisation_merge(request: HttpRequest, pk: UUID, other_pk: UUID) -> HttpResponse:
    """Merge the other one into this one, after looking at both."""
    rows = organisations_kept_by(request.scope)
    kept, gone = get_object_or_404(rows, pk=pk), get_object_or_404(rows, pk=other_pk)
    form = MergeForm(*posted(request), once=request)
    if form.acts(merging.merge_organisations, by=request.actor, kept=kept, gone=gone):
        messages.success(
            request, "二つの主体を一つにまとめました。まちがえたときは、下の記録からもどせます。"
        )
        return see_other("communities:staff_organisation_detail", kept.pk)
    context = {"kept": kept, "gone": gone, "form": form}
    return render(request, "communities/staff_organisation_merge.html", context, status=form.status)


@require_http_methods(["GET", "POST"])
@staff_required(*WARD_STAFF)
@keeps_form
def staff_organisation_unmerge(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Take a merge back."""
    mine = organisations_kept_by(request.scope).values("pk")
    rows = OrganisationMerge.objects.filter(kept__in=mine, gone__in=mine).select_related("kept", "gone")
    merge = get_object_or_404(rows, pk=pk)
    form = ButtonForm(*posted(request), once=request)
    if form.acts(merging.undo_merge, by=request.actor, merge=merge):
        messages.success(request, "まとめたのを、もとにもどしました。")
        return see_other("communities:staff_organisation_detail", merge.kept_id)
    context = {"merge": merge, "form": form}
    return render(request, "communities/staff_organisation_unmerge.html", context, status=form.status)
