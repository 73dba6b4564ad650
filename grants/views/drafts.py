"""The municipality's list, starting a draft, one application's page, giving a draft up."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from portal.accounts.decorators import staff_required
from portal.areas.site import set_authority
from portal.kernel import clock, paging, permissions
from portal.kernel.forms import ButtonForm, keeps_form
from portal.kernel.http import see_other

from .. import actions, needs, queries
from ..assets import queries as assets
from ..documents import filed
from ..enums import Part
from ..forms import AnswerForm, NoteForm, StartForm
from ..models import Application, Remark
from ..recovery import steps as recovery
from ..relief import queries as relief
from ..rules import MUNICIPAL, WRITERS
from ..settlement import steps
from ..settlement.queries.standing import standing_of
from .common import case_context, find, find_own, informal_context, late_context
from .deciding import decision_context, papers_of


@require_safe
@staff_required(*MUNICIPAL)
def application_list(request: HttpRequest) -> HttpResponse:
    """The applications of one's municipality, newest first."""
    page = paging.keyset(
        request, queries.with_case(queries.own(request.scope)), order=("-created_at", "id"), per_page=20
    )
    calls = list(queries.open_calls(clock.now()))
    if calls:
        set_authority(request, calls[0].menu.programme.authority)
    return render(request, "grants/application_list.html", {"page": page, "calls": calls})


@keeps_form
@require_http_methods(["GET", "POST"])
@staff_required(*MUNICIPAL)
def application_new(request: HttpRequest) -> HttpResponse:
    """Open a draft under an open call."""
    calls = relief.startable(request.scope, clock.now())
    form = StartForm(
        request.POST or None, calls=calls, municipalities=queries.municipalities(request.scope), once=request
    )
    form.take_from_guide(request.GET.get("call", ""), request.GET.get("type", ""))
    if form.acts(actions.start_application, by=request.actor):
        messages.success(request, "下書きを作りました。順に書いていきます。入力は自動で保存されます。")
        return see_other(form.result.get_edit_url())
    found = list(calls)
    if found:
        set_authority(request, found[0].menu.programme.authority)
    return render(request, "grants/application_new.html", {"form": form, "calls": found}, status=form.status)


@require_safe
@staff_required
def application_detail(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One application for its municipality: the draft's way to the submission, or what was filed. Readers: their page."""
    return detail_page(request, pk)


def detail_page(request: HttpRequest, pk: UUID, failed: AnswerForm | None = None) -> HttpResponse:
    """The page of one application for its municipality; `failed`: an answer to a remark that was refused."""
    seen = needs.with_notice(queries.with_case(queries.visible_to(request.scope)))
    seen = assets.noting_limits(seen)
    application = find(request, seen, pk)
    if not _is_writers(request, application):
        return redirect(application.get_staff_url())
    context: dict[str, Any]
    if application.is_editable or application.submitted_at is None:
        context = case_context(queries.load_papers(application))
        context["sheet"] = filed(application, context["amounts"])
        lacking = [problem.part for problem in context["problems"]]
        context["next_url"] = application.get_edit_url(lacking[0] if lacking else Part.CONFIRM)
        context |= late_context(application)
    else:
        context = _filed_context(application)
    context |= informal_context(application)
    context |= {"form": failed, "remarks": [], "unanswered": 0}
    if application.held_by_id:
        remarks = queries.remarks_of(application, sent_only=True)
        context["remarks"] = [(row, _answer_form(request, application, row, failed)) for row in remarks]
        context["unanswered"] = sum(not row.answer for row in remarks if row.number == application.version)
    status = failed.status if failed is not None else 200
    return render(request, "grants/application_detail.html", context, status=status)


def _is_writers(request: HttpRequest, application: Application) -> bool:
    """Whether the page is that of who writes: the municipality's at any time, the office's while it types in a paper."""
    if application.municipality_id in request.scope.areas(*MUNICIPAL):
        return True
    verdict = permissions.check(request.actor, "grants.edit_application", application)
    return verdict.allowed and application.is_editable


def _filed_context(application: Application) -> dict[str, Any]:
    """What was submitted, its paper, what was decided."""
    snapshot, (paper, letter) = queries.latest_snapshot(application), papers_of(application)
    at = standing_of(application) if application.is_granted or application.revoked_at else None
    return {
        "application": application,
        "snapshot": snapshot,
        "sheet": snapshot.data,
        "document": paper,
        "letter": letter if application.is_judged else None,
        "step": recovery.for_town(application, at) or steps.for_town(application, at),
        "money": at.money if at else None,
    } | decision_context(application)


def _answer_form(
    request: HttpRequest, application: Application, remark: Remark, failed: AnswerForm | None
) -> AnswerForm | None:
    """The box for a remark of the submission that was returned; what was refused, as it was typed."""
    if not application.is_returned or remark.number != application.version:
        return None
    if failed is not None and failed.remark == remark:
        return failed
    return AnswerForm(remark=remark, at=remark.get_answer_url(), once=request)


@keeps_form
@require_http_methods(["GET", "POST"])
@staff_required(*WRITERS)
def application_withdraw(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Give a draft up, after asking once; or take a submitted file back, with a reason."""
    application = find_own(request, pk)
    if application.version:
        form, action, said = (
            NoteForm(request.POST or None, once=request),
            actions.withdraw,
            "申請を取り下げました。",
        )
    else:
        form = ButtonForm(request.POST or None, once=request)
        action, said = actions.withdraw_draft, "下書きを取りやめました。"
    if form.acts(action, by=request.actor, application=application):
        messages.success(request, said)
        return see_other("grants:application_list" if request.scope.has(*MUNICIPAL) else "grants:staff_queue")
    return render(
        request,
        "grants/application_withdraw.html",
        {
            "form": form,
            "application": application,
            "verdict": permissions.check(request.actor, "grants.withdraw_application", application),
        },
        status=form.status,
    )
