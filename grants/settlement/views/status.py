"""状況報告 on screen: read by both sides, filed by the municipality's chief."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from portal.accounts.decorators import staff_required
from portal.documents import queries as documents
from portal.kernel import permissions
from portal.kernel.forms import keeps_form
from portal.kernel.http import see_other

from ... import queries as applications
from ...calculations.asking import month_days
from ...enums import ApplicationState
from ...views.common import find
from ..actions import reporting
from ..forms.status import StatusForm
from ..papers_status import STATUS


@keeps_form
@require_http_methods(["GET", "POST"])
@staff_required
def status(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The reports of one decided file, and a new one while the project runs."""
    application = find(request, applications.with_case(applications.visible_to(request.scope)), pk)
    if not application.is_granted and not application.revoked_at:
        raise Http404
    form = StatusForm(request.POST or None, once=request)
    if request.method == "POST":
        permissions.require(request.actor, "grants.report_result", application)
        if form.acts(reporting.report_status, by=request.actor, application=application):
            messages.success(request, "状況を報告しました。状況報告書を作っています。")
            return see_other("grants:status", application.pk)
    menu = application.menu
    writes = permissions.check(request.actor, "grants.write_result", application)
    context = {
        "application": application, "form": form, "writes": writes.allowed, "asked": month_days(menu.status_days),
        "is_open": writes.allowed and application.state == ApplicationState.DECIDED,
        "verdict": permissions.check(request.actor, "grants.report_result", application),
        "reports": application.status_reports.select_related("filed_by").order_by("-number"),
        "documents": documents.of(application).filter(kind=STATUS),
    }  # fmt: skip
    return render(request, "grants/settlement/status.html", context, status=form.status)
