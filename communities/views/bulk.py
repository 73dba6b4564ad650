"""Many rows at once: choose on a list, look at what will happen, do it, read row by row what came of it."""

from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_http_methods, require_safe

from portal.accounts.decorators import staff_required
from portal.kernel import paging
from portal.kernel.actors import Actor
from portal.kernel.forms import keeps_form
from portal.kernel.http import see_other

from .. import actions, queries, workflow
from ..enums import MembershipState
from ..forms.bulk import ASK_SUBJECT, ASK_TEXT, BulkForm
from ..models import BulkRun, BulkStep, Community, Membership
from ..queries.lists import staff_collaborations, staff_communities
from ..rules import READERS, WARD_STAFF

LISTS: dict[str, tuple[str, list[str]]] = {
    "communities": ("communities:staff_community_list", [BulkStep.PUBLISH, BulkStep.WRITE, BulkStep.REST]),
    "requests": ("communities:staff_request_list", [BulkStep.ACCEPT]),
    "collaborations": ("communities:staff_collaboration_list", [BulkStep.CONFIRM, BulkStep.COUNT]),
}


def listed(kind: str, request: HttpRequest) -> "QuerySet[Any]":
    """The rows of a list as its filters in `request.POST` leave them, within one's areas."""
    scope = request.scope  # type: ignore[attr-defined]
    if kind == "communities":
        return queries.with_organisers(staff_communities(scope, request.POST))
    return (
        queries.requests_in_areas(scope) if kind == "requests" else staff_collaborations(scope, request.POST)
    )


@require_http_methods(["GET", "POST"])
@staff_required(*WARD_STAFF)
@keeps_form
def staff_bulk(request: HttpRequest, kind: str) -> HttpResponse:
    """preview=1: what will happen to each row. Without it: do it and show the result."""
    if kind not in LISTS:
        raise Http404
    back, steps = LISTS[kind]
    data = request.POST if request.method == "POST" else request.GET
    known = queries.BULK_ROWS[kind](request.scope)  # type: ignore[attr-defined]
    form = BulkForm(data, listed=listed(kind, request), known=known, steps=steps, once=request)
    previews = form.wants_preview()
    if request.method == "POST" and not previews and form.acts(actions.run_bulk, by=request.actor):  # type: ignore[attr-defined]
        return see_other(form.result)
    if previews and form.is_letter and not form.data.get("text"):
        form.suggest(subject=ASK_SUBJECT, text=ASK_TEXT)
    chosen = [(row, why_not(form, row, request.actor)) for row in getattr(form, "chosen", [])]  # type: ignore[attr-defined]
    context = {
        "form": form, "chosen": chosen, "back": back, "kind": kind, "step": form.data.get("step", ""), "once": form.initial["once"],
        "label": dict(BulkStep.choices).get(form.data.get("step", ""), "まとめて行う"),
        "able": sum(1 for _, why in chosen if not why),
    }  # fmt: skip
    return render(request, "communities/staff_bulk.html", context, status=form.status)


@require_safe
@staff_required(*WARD_STAFF)
def staff_bulk_run(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Row by row what came of it; for the one who did it."""
    run = get_object_or_404(BulkRun, pk=pk, run_by=request.user.pk)
    kind = next(kind for kind, (_, steps) in LISTS.items() if run.step in steps)
    rows = queries.BULK_ROWS[kind](request.scope).in_bulk([row["id"] for row in run.rows])  # type: ignore[attr-defined]
    found = {str(pk): row for pk, row in rows.items()}
    results = [(found.get(row["id"]), row["ok"], row.get("why", "")) for row in run.rows]
    context = {"run": run, "kind": kind, "back": LISTS[kind][0], "results": results}
    return render(request, "communities/staff_bulk_run.html", context)


@require_safe
@staff_required(*READERS)
def staff_request_list(request: HttpRequest) -> HttpResponse:
    """Who asks to join in one's areas, the oldest first."""
    rows = queries.requests_in_areas(request.scope)  # type: ignore[attr-defined]
    page = paging.keyset(request, rows, order=("created_at", "id"), per_page=50)
    context = {"page": page, "may_answer": request.scope.has(*WARD_STAFF)}  # type: ignore[attr-defined]
    return render(request, "communities/staff_request_list.html", context)


def why_not(form: BulkForm, row: Any, actor: Actor) -> str:
    """Why a row will be refused as far as it can be told beforehand; empty when nothing speaks against it."""
    step = form.data.get("step", "")
    if isinstance(row, Community) and step == BulkStep.WRITE:
        return "" if row.organiser_count else "世話人がいません"  # type: ignore[attr-defined]
    flow = workflow.COMMUNITY if isinstance(row, Community) else workflow.COLLABORATION
    flow = workflow.MEMBERSHIP if isinstance(row, Membership) else flow
    names = {each.name for each in flow.available(row, actor)}
    if step in names or (step == BulkStep.COUNT and "count_directly" in names):
        return ""
    state = MembershipState(row.state).label if isinstance(row, Membership) else row.get_state_display()
    return f"いま「{state}」のため、できません"
