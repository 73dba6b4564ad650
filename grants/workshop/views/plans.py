"""Lists of workshops, opening one, writing its plan. Both sides use the same pages."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from communities.queries.notes import reason_of
from portal.accounts.decorators import staff_required
from portal.accounts.enums import Role
from portal.areas.site import set_authority
from portal.documents import papers
from portal.kernel import clock, paging, permissions
from portal.kernel.forms import keeps_form
from portal.kernel.http import see_other

from ...calling import begun
from ...enums import Place
from ...models import Workshop
from ...queries import READERS
from ...rules import MUNICIPAL
from ...together import writing
from .. import queries
from ..actions import cases as actions
from ..enums import WorkshopState
from ..filters import WorkshopFilter
from ..forms.plan import PlanForm, WorkshopStartForm
from ..papers import PLAN_KIND

SIDES = (*MUNICIPAL, *READERS)
PLANNERS = (*MUNICIPAL, Role.PREFECTURE_OFFICER)


@require_safe
@staff_required(*MUNICIPAL)
def workshop_list(request: HttpRequest) -> HttpResponse:
    """The workshops of one's municipality, newest first, and those it takes part in."""
    rows = queries.with_case(queries.of_towns(request.scope))
    page = paging.keyset(request, rows, order=("-created_at", "id"), per_page=20)
    menus = list(begun(queries.menus(clock.now()), request.scope, clock.now())[:1])
    return render(request, "grants/workshop/workshop_list.html", {"page": page, "is_open": bool(menus)})


@require_safe
@staff_required(*READERS)
def staff_workshop_list(request: HttpRequest) -> HttpResponse:
    """What was submitted to the prefecture, and what it plans itself, newest first."""
    wanted = WorkshopFilter(request.GET, scope=request.scope)
    rows = wanted.apply(queries.with_case(queries.received(request.scope)))
    page = paging.keyset(request, rows, order=("-created_at", "id"), per_page=60)
    context = {"page": page, "filter": wanted, "may_plan": request.scope.has(Role.PREFECTURE_OFFICER)}
    return render(request, "grants/workshop/staff_workshop_list.html", context)


@keeps_form
@require_http_methods(["GET", "POST"])
@staff_required(*PLANNERS)
def workshop_new(request: HttpRequest) -> HttpResponse:
    """Open a plan with a name."""
    is_office = not request.scope.has(*MUNICIPAL)
    form = WorkshopStartForm(
        request.POST or None, menus=queries.menus(clock.now()), places=queries.places(request.scope), is_office=is_office,
        once=request,
    )  # fmt: skip
    if form.acts(actions.start_workshop, by=request.actor):
        messages.success(request, "下書きを作りました。")
        return see_other(form.result.get_edit_url())
    context = {"form": form, "is_office": is_office}
    return render(request, "grants/workshop/workshop_new.html", context, status=form.status)


@keeps_form
@require_http_methods(["GET", "POST"])
@staff_required(*PLANNERS)
def workshop_edit(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Write the plan: the side that plans before it is out, both sides in consultation."""
    workshop = find(request, pk)
    name = "grants.consult_workshop" if workshop.is_consulting else "grants.write_workshop"
    verdict = permissions.check(request.actor, name, workshop)
    if not verdict:
        raise PermissionDenied(verdict.reason)
    form = writing.opened(
        request,
        workshop,
        Place.WORKSHOP,
        lambda data: PlanForm(data, workshop=workshop, scope=request.scope, once=request),
    )
    if request.method == "POST" and form.acts(actions.save_workshop, by=request.actor, workshop=workshop):
        writing.let_go(request, workshop, Place.WORKSHOP)
        messages.success(request, "保存しました。")
        return see_other(workshop)
    context = {"form": form, "workshop": workshop, "reason": reason(workshop)}
    context |= writing.writing_context(request, workshop, Place.WORKSHOP, form)
    return render(request, "grants/workshop/workshop_edit.html", context, status=form.status)


@require_POST
@staff_required(*PLANNERS)
def workshop_autosave(request: HttpRequest, pk: UUID) -> JsonResponse:
    """Save the plan while the side that plans types (`writing.autosaved`).

    Not in consultation: a save there ends an agreement, and so is pressed.
    """
    workshop = find(request, pk)
    verdict = permissions.check(request.actor, "grants.write_workshop", workshop)
    if not verdict:
        raise PermissionDenied(verdict.reason)
    if not workshop.is_writable:
        return JsonResponse({"text": "協議中の計画は、「保存する」を押したときに保存します。"}, status=409)
    form = PlanForm(request.POST, workshop=workshop, scope=request.scope, once=request)
    return writing.autosaved(request, workshop, Place.WORKSHOP, form, actions.save_workshop)


@require_safe
@staff_required(*SIDES)
def workshop_preview(request: HttpRequest, pk: UUID) -> HttpResponse:
    """開催計画書 as it would look: 「見本」, nothing stored."""
    workshop = find(request, pk, queries.seen_by_sides(request.scope))
    content = papers.preview(
        PLAN_KIND, workshop, authority=workshop.menu.programme.authority, own_number=workshop.own_number
    )
    response = HttpResponse(content, content_type="application/pdf")
    response.headers["Content-Disposition"] = 'attachment; filename="mihon.pdf"'
    response.headers["Cache-Control"] = "private, no-store"
    return response


def find(request: HttpRequest, pk: UUID, rows: QuerySet[Workshop] | None = None) -> Workshop:
    """The workshop if the scope sees it (among `rows`), else 404; the page then speaks for its authority."""
    seen = queries.visible_to(request.scope) if rows is None else rows
    workshop: Workshop = get_object_or_404(queries.with_case(seen), pk=pk)
    set_authority(request, workshop.menu.programme.authority)
    return workshop


def reason(workshop: Workshop) -> str:
    """Why it came back, or was opened again; empty when it was not."""
    if workshop.state == WorkshopState.RETURNED:
        return reason_of(workshop, "return_for_correction")
    if workshop.is_consulting and workshop.agreed_version:
        return reason_of(workshop, "change")
    return ""
