"""実施報告 by the 窓口."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from portal.accounts.decorators import staff_required
from portal.kernel import permissions
from portal.kernel.forms import keeps_form
from portal.kernel.http import see_other

from ..actions import running
from ..forms.acts import WorkshopReportForm
from .plans import SIDES, find


@keeps_form
@require_http_methods(["GET", "POST"])
@staff_required(*SIDES)
def workshop_report(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Report what came of it; what the portal counted stands there already."""
    workshop = find(request, pk)
    permissions.require(request.actor, "grants.report_workshop", workshop)
    form = WorkshopReportForm(request.POST or None, request.FILES or None, workshop=workshop, once=request)
    if form.acts(running.report_workshop, by=request.actor, workshop=workshop):
        messages.success(request, "実施を報告しました。報告書のPDFを作っています。")
        return see_other(workshop)
    context = {"form": form, "workshop": workshop}
    return render(request, "grants/workshop/workshop_report.html", context, status=form.status)
