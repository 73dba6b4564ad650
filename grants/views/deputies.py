"""Naming who signs in one's place while one is away (代決)."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from portal.accounts.decorators import staff_required
from portal.areas.site import set_authority
from portal.kernel.forms import keeps_form
from portal.kernel.http import see_other

from .. import actions
from ..enums.approving import SIGNING
from ..forms import DeputyForm, PostButton
from ..queries import approving
from .common import own_authority


@keeps_form
@require_http_methods(["GET", "POST"])
@staff_required(*SIGNING)
def deputy_list(request: HttpRequest) -> HttpResponse:
    """Those one named, and the form for another."""
    authority = own_authority(request, *SIGNING)
    set_authority(request, authority)
    roles = [role.value for role in SIGNING if request.scope.has(role)]
    form = DeputyForm(request.POST or None, authority=authority, roles=roles, once=request)
    if form.acts(actions.name_deputy, by=request.actor, authority=authority):
        messages.success(request, "代決者を決めました。")
        return see_other("grants:deputy_list")
    mine = approving.deputies_of(request.scope.user_id)
    rows = [(row, PostButton(at=reverse("grants:deputy_end", args=[row.pk]), once=request)) for row in mine]
    return render(request, "grants/deputy_list.html", {"form": form, "rows": rows}, status=form.status)


@require_POST
@staff_required(*SIGNING)
def deputy_end(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Take the right back."""
    row = get_object_or_404(approving.deputies_of(request.scope.user_id), pk=pk)
    form = PostButton(request.POST, once=request)
    if form.acts(actions.end_deputy, by=request.actor, row=row):
        messages.success(request, "代決者を取り消しました。")
    else:
        messages.error(request, " ".join(form.non_field_errors()))
    return see_other("grants:deputy_list")
