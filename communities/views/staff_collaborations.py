"""The staff's queue of collaborations: the ward confirms, the city counts, either gives back with a reason."""

from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_http_methods, require_safe

from portal.accounts.decorators import staff_required
from portal.kernel import http, paging
from portal.kernel.fiscal import FiscalYear
from portal.kernel.forms import keeps_form
from portal.kernel.http import see_other

from .. import actions, queries, workflow
from ..enums import CollaborationState
from ..forms.communities import StepForm
from ..queries.lists import staff_collaborations
from ..rules import MUNICIPAL_STAFF, READERS, WARD_STAFF
from .requests import posted

MOVED = {
    "submit": "提出しました。",
    "ward_confirm": "区で確認しました。本庁が協働数に数えます。",
    "count": "協働数に数えました。",
    "count_directly": "協働数に数えました。",
    "return": "差し戻しました。理由は世話人に表示されます。",
}
TABS = [("waiting", "確認待ち"), *CollaborationState.choices]


@require_safe
@staff_required(*READERS)
def staff_collaboration_list(request: HttpRequest) -> HttpResponse:
    """The records of one's areas, oldest first in the queue."""
    state, year = request.GET.get("state", "waiting"), request.GET.get("year", "")
    state = state if state in CollaborationState.values else "waiting"
    rows = staff_collaborations(request.scope, request.GET)
    page = paging.keyset(request, rows, order=("created_at", "id"), per_page=50)
    tabs = [(label, f"?state={value}", None, value == state) for value, label in TABS]
    context = {
        "page": page, "tabs": tabs, "state": state, "year": year[:4], "query": urlencode({"state": state, "year": year[:4]}),
        "may_confirm": request.scope.has(*WARD_STAFF) and state in ("waiting", CollaborationState.SUBMITTED),
        "may_count": request.scope.has(*MUNICIPAL_STAFF) and state in ("waiting", *queries.WAITING),
    }  # fmt: skip
    return render(request, "communities/staff_collaboration_list.html", context)


@require_http_methods(["GET", "POST"])
@staff_required(*READERS)
@keeps_form
def staff_collaboration_detail(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One record with its files, and the answer to it."""
    collaboration = get_object_or_404(queries.collaborations_in_areas(request.scope), pk=pk)
    steps = [
        step
        for step in workflow.COLLABORATION.available(collaboration, request.actor)
        if step.name != "submit"
    ]
    form = StepForm(*posted(request), steps=steps, names=MOVED, once=request)
    if form.acts(actions.move_collaboration, by=request.actor, collaboration=collaboration):
        messages.success(request, MOVED[form.data["step"]])
        return see_other("communities:staff_collaboration_list")
    context = {
        "collaboration": collaboration, "form": form, "year_label": FiscalYear(collaboration.fiscal_year).label,
        "evidence": list(queries.evidence_visible_to(request.scope).filter(collaboration=collaboration)),
    }  # fmt: skip
    return render(request, "communities/staff_collaboration_detail.html", context, status=form.status)


@require_safe
@staff_required(*READERS)
def staff_evidence_file(request: HttpRequest, pk: UUID, evidence_pk: UUID) -> FileResponse:
    """The file itself, for the staff of the area only."""
    rows = queries.evidence_visible_to(request.scope)
    evidence = get_object_or_404(rows, pk=evidence_pk, collaboration=pk)
    return http.attachment(evidence.file)
