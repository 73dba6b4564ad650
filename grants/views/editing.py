"""The sections of a draft: one form each, saved by the button or while typing; a second editor is told, nothing is lost."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from portal.accounts.decorators import staff_required
from portal.kernel.forms import keeps_form
from portal.kernel.http import see_other
from portal.kernel.templatetags.fmt import jtime

from .. import actions, queries
from ..enums import Part
from ..forms import BudgetForm, ConfirmForm, PartForm, PlanForm, PostButton, TargetForm
from ..models import Application, ApplicationPart
from ..rules import WRITERS
from .attaching import attachments
from .common import case_context, find_own, side_context
from .presence import presence_context

SKIPPED = {"csrfmiddlewaretoken", "once", "revision", "tab", "add", "fill", "next"}


@dataclass(frozen=True, slots=True)
class Section:
    """How one section is edited."""

    form: type[PartForm]
    action: Callable[..., Application]
    template: str


SECTIONS: dict[str, Section] = {
    Part.TARGET: Section(TargetForm, actions.save_target, "grants/edit_target.html"),
    Part.PLAN: Section(PlanForm, actions.save_plan, "grants/edit_plan.html"),
    Part.BUDGET: Section(BudgetForm, actions.save_budget, "grants/edit_budget.html"),
    Part.CONFIRM: Section(ConfirmForm, actions.save_confirm, "grants/edit_confirm.html"),
}


@keeps_form
@require_http_methods(["GET", "POST"])
@staff_required(*WRITERS)
def application_edit(request: HttpRequest, pk: UUID, section: str) -> HttpResponse:
    """One section of a draft."""
    application = find_own(request, pk)
    if request.method == "GET" and not application.is_editable:
        return redirect(application)
    if section == Part.ATTACHMENTS:
        return attachments(request, application)
    shape = section_or_404(section)
    form = _form(request, application, shape)
    if isinstance(form, BudgetForm) and form.only_looks:
        form.fill_share()
    elif request.method == "POST" and form.acts(shape.action, by=request.actor, application=application):
        return _saved(request, application, section)
    elif form.conflicts:
        keep(request, application, section, form)
    return render(request, shape.template, _context(request, application, section, form), status=form.status)


@require_POST
@staff_required(*WRITERS)
def application_autosave(request: HttpRequest, pk: UUID, section: str) -> JsonResponse:
    """Save a section while people type: 200 with the new revision, 409 when another saved meanwhile, 422 for values."""
    application = find_own(request, pk)
    shape = section_or_404(section)
    form = shape.form(request.POST, application=application, once=request)
    if form.saves(shape.action, by=request.actor, application=application):
        return JsonResponse(_answer(request, find_own(request, pk), section, form))
    if form.conflicts:
        keep(request, application, section, form)
    text = " ".join(form.non_field_errors()) or "読み取れない入力があるため、まだ保存していません。"
    return JsonResponse({"text": text, "conflict": form.conflicts}, status=form.status)


@require_POST
@staff_required(*WRITERS)
def application_settle(request: HttpRequest, pk: UUID, section: str) -> HttpResponse:
    """Let go of what was set aside."""
    application = find_own(request, pk)
    form = PostButton(request.POST, once=request)
    if form.acts(actions.settle_typed, by=request.actor, application=application, key=section_key(section)):
        messages.success(request, "取り置いた入力を消しました。")
    else:
        messages.error(request, " ".join(form.non_field_errors()))
    return see_other(application.get_edit_url(section))


def section_or_404(section: str) -> Section:
    if section not in SECTIONS:
        raise Http404
    return SECTIONS[section]


def section_key(section: str) -> str:
    section_or_404(section)
    return section


def keep(request: HttpRequest, application: Application, section: str, form: PartForm) -> None:
    """Store what came second, and show it upon what is stored now."""
    sent = {
        name: values for name, values in request.POST.lists() if name in form.fields and name not in SKIPPED
    }
    actions.keep_typed(
        by=request.actor, application=application, key=section, revision=form.based_on(), sent=sent
    )
    form.rebase(ApplicationPart.objects.select_related("saved_by").get(application=application, key=section))
    form.application = find_own(request, application.pk)


def _form(request: HttpRequest, application: Application, shape: Section) -> PartForm:
    """The form as sent, as stored, or (`?restore=1`) as it was set aside, upon the newest revision."""
    if request.method == "POST":
        return shape.form(request.POST, application=application, once=request)
    if request.GET.get("restore"):
        part = next(row for row in application.parts.all() if row.key == shape.form.part)
        kept = queries.set_aside(part, request.scope.user_id)
        if kept:
            sent = QueryDict(mutable=True)
            for name, values in kept.sent.items():
                sent.setlist(name, values)
            form = shape.form(sent, application=application, once=request)
            form.rebase(part)
            return form
    return shape.form(application=application, once=request)


def _saved(request: HttpRequest, application: Application, section: str) -> HttpResponse:
    actions.settle_typed(by=request.actor, application=application, key=section)
    if "next" not in request.POST:
        messages.success(request, "保存しました。")
        return see_other(application.get_edit_url(section))
    order = list(Part.values)
    return see_other(application.get_edit_url(order[min(order.index(section) + 1, len(order) - 1)]))


def _context(request: HttpRequest, application: Application, section: str, form: PartForm) -> dict[str, Any]:
    known = form.cap if isinstance(form, BudgetForm) else None
    context = case_context(form.application, section, known) | {"form": form, "kept": None}
    if isinstance(form, BudgetForm):
        context |= side_context(application, form.amounts, form.cap)
        context["others"] = list(queries.waiting(application, request.scope)[:10])
    if not form.is_bound and application.has_kept:
        context["kept"] = queries.set_aside(form.stored, request.scope.user_id)
    settle_url = reverse("grants:application_settle", args=[application.pk, section])
    context["settle_form"] = PostButton(at=settle_url, once=request) if context["kept"] else None
    return context | presence_context(application, section, application.present)  # type: ignore[attr-defined]


def _answer(request: HttpRequest, application: Application, section: str, form: PartForm) -> dict[str, Any]:
    part = next(row for row in application.parts.all() if row.key == section)
    answer: dict[str, Any] = {"revision": part.revision, "text": f"{jtime(part.saved_at)}に保存しました"}
    if isinstance(form, BudgetForm):
        side = side_context(application, form.amounts, form.cap) | {
            "application": application,
            "form": form,
            "others": list(queries.waiting(application, request.scope)[:10]),
        }
        answer["side"] = render_to_string("grants/_budget_side.html", side, request=request)
        answer["excluded"] = form.excluded
    return answer
