"""The prefecture's queue, one file, taking it, and the municipalities' caps."""

from uuid import UUID

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from portal.accounts.decorators import staff_required
from portal.accounts.enums import Role
from portal.areas.site import set_authority
from portal.kernel import clock, paging, permissions
from portal.kernel.forms import keeps_form
from portal.kernel.http import see_other

from .. import actions, queries
from ..assets import queries as assets
from ..early import queries as early
from ..filters import QueueFilter
from ..forms import OutsideUseForm, PostButton
from ..models import Application
from ..queries import READERS, queue
from ..recovery import steps as recovery
from ..relief import queries as relief
from ..settlement import steps
from ..settlement.queries.standing import standing_of
from .common import cap_context, find
from .deciding import decision_context, papers_of


@require_safe
@staff_required(*READERS)
def staff_queue(request: HttpRequest) -> HttpResponse:
    """Submitted files, oldest first: who holds what, and what is due."""
    wanted = QueueFilter(request.GET, scope=request.scope)
    rows = queries.in_queue(wanted.apply(queries.received(request.scope)))
    first = (
        queue.first_page(home=min(wanted.homes)) if len(wanted.homes) == 1 and not wanted.narrows else None
    )
    page = paging.keyset(
        request,
        rows,
        order=("submitted_at", "id"),
        filled=("submitted_at",),
        per_page=queue.PER_PAGE,
        first=first,
    )
    context = {"page": page, "filter": wanted, "today": clock.today_jst()}
    return render(request, "grants/staff_queue.html", context)


@require_safe
@staff_required(*READERS)
def staff_application_detail(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One file as it was submitted, with its papers and history."""
    application = queue.received_file(request.scope, pk)
    if application is None:
        raise Http404
    set_authority(request, application.menu.programme.authority)
    return _file_page(request, application, PostButton(at=application.get_take_url(), once=request))


@keeps_form
@require_POST
@staff_required(*READERS)
def staff_application_take(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Take a submitted file; whoever comes second is told who was first."""
    application = find(request, _received(request), pk)
    permissions.require(request.actor, "grants.screen_application", application)
    form = PostButton(request.POST, once=request)
    if form.acts(actions.take, by=request.actor, application=application):
        messages.success(request, "担当になりました。形式審査を始めます。")
        return see_other(application.get_staff_url())
    return _file_page(request, application, form)


def _received(request: HttpRequest) -> QuerySet[Application]:
    rows = early.with_early(queries.with_case(queries.received(request.scope)))
    return assets.noting_limits(relief.noting_received(rows))


def _file_page(request: HttpRequest, application: Application, form: PostButton) -> HttpResponse:
    snapshot, cap = queries.latest_snapshot(application), queries.cap(application)
    paper, letter = papers_of(application)
    context = {
        "application": application,
        "snapshot": snapshot,
        "sheet": snapshot.data,
        "cap": cap,
        "document": paper,
        "letter": letter if application.is_judged else None,
        "form": form,
        "early": early.mark_of(application),
        "may_take": permissions.check(request.actor, "grants.screen_application", application),
        "may_draft": permissions.check(request.actor, "grants.draft_decision", application),
        "may_examine": permissions.check(request.actor, "grants.examine_application", application),
        "remarks": queries.remarks_of(application, sent_only=True) if application.held_by_id else [],
    } | (cap_context(cap, snapshot.data["amounts"]["grant_yen"]) if cap else {})
    at = standing_of(application) if application.is_granted or application.revoked_at else None
    context |= decision_context(application) | {
        "step": recovery.for_office(application, at) or steps.for_office(application, at),
        "money": at.money if at else None,
    }
    context["reads_dossier"] = context["may_examine"].allowed or request.scope.has(Role.AUDITOR)  # type: ignore[attr-defined]
    return render(request, "grants/staff_application_detail.html", context, status=form.status)


@keeps_form
@require_http_methods(["GET", "POST"])
@staff_required(*READERS)
def staff_cap_list(request: HttpRequest, programme: str) -> HttpResponse:
    """What is left of each municipality's cap, and the decisions made outside the portal."""
    menu = get_object_or_404(queue.capped_menus(request.scope), programme__slug=programme)
    set_authority(request, menu.programme.authority)
    may_record = permissions.check(request.actor, "grants.record_cap_use", menu)
    form = OutsideUseForm(request.POST or None, menu=menu, once=request)
    if request.method == "POST" and form.acts(actions.record_outside_use, by=request.actor, menu=menu):
        messages.success(request, "枠の使用を記録しました。")
        return see_other("grants:staff_cap_list", programme)
    context = {"menu": menu, "caps": queries.caps(menu), "form": form, "may_record": may_record}
    return render(request, "grants/staff_cap_list.html", context, status=form.status)
