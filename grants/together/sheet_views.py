"""The worksheet of a draft: fetch it, bring it back."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from portal.accounts.decorators import signed_in
from portal.kernel import permissions
from portal.kernel.forms import keeps_form
from portal.kernel.http import private, see_other

from ..commission.views.proposals import SECTIONS
from ..commission.views.proposals import find_own as proposal
from ..enums import Place
from ..forms.dispatch import DispatchForm
from ..models import Dispatch, Proposal, Workshop
from ..views.dispatches import find_own as dispatch
from ..worksheet.forms import WorksheetForm
from ..worksheet.views import XLSX
from ..workshop.forms.plan import PlanForm
from ..workshop.views.plans import find as workshop
from .boxes import Box, boxes
from .drafts import column, is_open, right
from .worksheet import bring_draft, write

WRITTEN = Dispatch | Workshop | Proposal
FINDERS: dict[str, Callable[[HttpRequest, UUID], Any]] = {
    "dispatch": dispatch,
    "workshop": workshop,
    "proposal": proposal,
}


@keeps_form
@require_http_methods(["GET", "POST"])
@signed_in
def draft_worksheet(request: HttpRequest, kind: str, pk: UUID) -> HttpResponse:
    """How it goes, the worksheet itself, and where it comes back."""
    draft = _find(request, kind, pk)
    if request.method == "GET" and not is_open(draft):
        return redirect(draft)
    form = WorksheetForm(request.POST or None, request.FILES or None, once=request)
    if form.acts(bring_draft, by=request.actor, draft=draft, rows=_boxes(request, draft)):
        kept = form.result  # None: sent again after it was settled
        return see_other(f"{draft.get_part_url(kept.part)}?restore=1" if kept else draft)
    layout = "layouts/simple.html" if isinstance(draft, Proposal) else "layouts/desk.html"
    context = {"draft": draft, "kind": column(draft), "form": form, "layout": layout}
    return render(request, "grants/draft_worksheet.html", context, status=form.status)


@require_safe
@signed_in
def draft_worksheet_file(request: HttpRequest, kind: str, pk: UUID) -> FileResponse:
    """The xlsx file with what is stored now."""
    draft = _find(request, kind, pk)
    file = write(str(draft), _boxes(request, draft))
    return private(FileResponse(file, as_attachment=True, filename=f"用紙_{draft}.xlsx", content_type=XLSX))


def _find(request: HttpRequest, kind: str, pk: UUID) -> WRITTEN:
    """The draft that one may write. Raises Http404, PermissionDenied."""
    if kind not in FINDERS:
        raise Http404
    draft: WRITTEN = FINDERS[kind](request, pk)
    permissions.require(request.actor, right(draft), draft)  # type: ignore[attr-defined]
    return draft


def _boxes(request: HttpRequest, draft: WRITTEN) -> list[Box]:
    """The boxes of the draft's own forms, as stored."""
    if isinstance(draft, Dispatch):
        return boxes([(Place.REQUEST, DispatchForm(dispatch=draft, once=request))])
    if isinstance(draft, Workshop):
        return boxes([(Place.WORKSHOP, PlanForm(workshop=draft, scope=request.scope, once=request))])  # type: ignore[attr-defined]
    return boxes([(part, shape(proposal=draft, once=request)) for part, (shape, _) in SECTIONS.items()])
