"""The worksheet of a draft: fetch it, bring it back."""

from uuid import UUID

from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from portal.accounts.decorators import staff_required
from portal.kernel.forms import keeps_form
from portal.kernel.http import private, see_other

from .. import queries
from ..enums import Part
from ..models import Application, ApplicationPart
from ..rules import WRITERS
from ..views.common import find_own
from .actions import bring_worksheet
from .forms import WorksheetForm
from .writing import write

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@keeps_form
@require_http_methods(["GET", "POST"])
@staff_required(*WRITERS)
def application_worksheet(request: HttpRequest, pk: UUID) -> HttpResponse:
    """How it goes, the worksheet itself, and where it comes back."""
    application = find_own(request, pk)
    if request.method == "GET" and not application.is_editable:
        return redirect(application)
    form = WorksheetForm(request.POST or None, request.FILES or None, once=request)
    if form.acts(bring_worksheet, by=request.actor, application=application):
        return see_other(f"{application.get_edit_url(Part.BUDGET)}?restore=1")
    context = {
        "application": application,
        "form": form,
        "budget_url": application.get_edit_url(Part.BUDGET),
        "kept": queries.set_aside(part_of(application), request.scope.user_id),
    }
    return render(request, "grants/worksheet.html", context, status=form.status)


def part_of(application: Application) -> ApplicationPart:
    """The section of the budget, from the prefetched rows."""
    return next(row for row in application.parts.all() if row.key == Part.BUDGET)


@require_safe
@staff_required(*WRITERS)
def application_worksheet_file(request: HttpRequest, pk: UUID) -> FileResponse:
    """The xlsx file with what is stored now."""
    application = find_own(request, pk)
    name = f"収支予算_{application}.xlsx"
    return private(FileResponse(write(application), as_attachment=True, filename=name, content_type=XLSX))
