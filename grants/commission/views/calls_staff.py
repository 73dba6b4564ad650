"""The prefecture's side of calls: the list, the 公募要領, answers, publishing, closing, giving up."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from portal.accounts.decorators import staff_required
from portal.areas.site import set_authority
from portal.kernel import paging, permissions
from portal.kernel.forms import OnceForm, keeps_form
from portal.kernel.http import see_other

from ...forms import PostButton
from ...models import CommissionCall, CommissionQuestion
from ...queries import READERS
from ..actions import calls as actions
from ..actions import questions
from ..enums import CallState
from ..forms.calls import AnswerForm, CallForm, VoidForm
from ..queries import calls, proposals, themes

STEPS: dict[str, tuple[Callable[..., Any], str, str]] = {
    "publish": (actions.publish_call, "grants.run_call", "公募を始めました。市町村にメールを送りました。"),
    "close": (actions.close_call, "grants.run_call", "締め切りました。"),
    "void": (actions.void_call, "grants.run_call", "公募を取りやめました。関係者にメールを送りました。"),
}


@require_safe
@staff_required(*calls.PANEL_READERS)
def staff_review_list(request: HttpRequest) -> HttpResponse:
    """The calls of one's authority, newest first, and the selected themes that have none."""
    rows = calls.counted(calls.received(request.scope))
    page = paging.keyset(request, rows, order=("-created_at", "id"), per_page=20)
    context = {"page": page, "themes": calls.without_call(request.scope)[:20]}
    return render(request, "grants/commission/staff_review_list.html", context)


@keeps_form
@require_http_methods(["GET", "POST"])
@staff_required(*READERS)
def staff_call_new(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Write the 公募要領 about a selected theme."""
    theme = get_object_or_404(themes.received(request.scope), pk=pk)
    permissions.require(request.actor, "grants.judge_theme", theme)
    set_authority(request, theme.menu.programme.authority)
    known = {
        "title": theme.title,
        "purpose": theme.problem[:1500],
        "work": theme.wanted,
        "ceiling_yen": theme.menu.contract_cap_yen,
    }
    form = CallForm(request.POST or None, initial=known, once=request)
    if form.acts(actions.start_call, by=request.actor, theme=theme):
        messages.success(request, "公募要領を保存しました。公表するまで、外からは見えません。")
        return see_other(form.result.get_staff_url())
    context = {"theme": theme, "form": form, "heading": "公募要領を書く", "back": theme.get_staff_url()}
    return render(request, "grants/commission/staff_call_form.html", context, status=form.status)


@keeps_form
@require_http_methods(["GET", "POST"])
@staff_required(*READERS)
def staff_call_edit(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Write a draft anew."""
    call = find(request, pk)
    permissions.require(request.actor, "grants.run_call", call)
    form = CallForm(request.POST or None, call=call, once=request)
    if form.acts(actions.save_call, by=request.actor, call=call):
        messages.success(request, "公募要領を保存しました。")
        return see_other(call.get_staff_url())
    context = {"theme": call.theme, "form": form, "heading": "公募要領を直す", "back": call.get_staff_url()}
    return render(request, "grants/commission/staff_call_form.html", context, status=form.status)


@require_safe
@staff_required(*calls.PANEL_READERS)
def staff_call(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One call: its terms, what waits, and the next step."""
    return page(request, find(request, pk))


@keeps_form
@require_POST
@staff_required(*calls.PANEL_READERS)
def staff_call_move(request: HttpRequest, pk: UUID, step: str) -> HttpResponse:
    """Publish, close or give up; refused, the page comes again with what was typed."""
    if step not in STEPS:
        raise Http404
    call, (action, permission, said) = find(request, pk), STEPS[step]
    permissions.require(request.actor, permission, call)
    form = step_form(request, call, step, request.POST)
    if form.acts(action, by=request.actor, call=call):
        messages.success(request, said)
        return see_other(call.get_staff_url())
    return page(request, call, {f"form_{step}": form}, form)


@keeps_form
@require_POST
@staff_required(*READERS)
def staff_question(request: HttpRequest, pk: UUID, question_pk: UUID) -> HttpResponse:
    """Answer one question, to all at once."""
    call = find(request, pk)
    rows = CommissionQuestion.objects.select_related("call__theme__menu__programme__authority")
    question = get_object_or_404(rows, call=call, pk=question_pk)
    permissions.require(request.actor, "grants.answer_question", question)
    form = AnswerForm(request.POST, question=question, once=request)
    if form.acts(questions.answer_question, by=request.actor, question=question):
        messages.success(request, "回答を公開しました。")
        return see_other(call.get_staff_url())
    return page(request, call, {"answers": {question.pk: form}}, form)


def find(request: HttpRequest, pk: UUID) -> CommissionCall:
    """The call if the scope reads it, else 404; the page then speaks for its authority."""
    call = get_object_or_404(calls.received(request.scope), pk=pk)
    set_authority(request, call.theme.menu.programme.authority)
    return call


def step_form(request: HttpRequest, call: CommissionCall, step: str, data: Any = None) -> Any:
    """The form of one step; `void` asks for the reason."""
    shape = VoidForm if step == "void" else PostButton
    return shape(data, at=call.get_move_url(step), once=request)


def page(
    request: HttpRequest,
    call: CommissionCall,
    typed: dict[str, Any] | None = None,
    failed: OnceForm | None = None,
) -> HttpResponse:
    """The staff page of a call; `typed`: forms to show again, `failed`: the one that was refused."""
    typed = typed or {}
    answers = typed.get("answers", {})
    waiting = calls.waiting(call)
    context = {
        "call": call,
        "items": call.items.all(),
        "failed": failed,
        "form": failed,
        "waiting": [(row, answers.get(row.pk) or AnswerForm(question=row, once=request)) for row in waiting],
        "answered": calls.answered(call),
        "proposals": _received(request, call),
        "may_run": permissions.check(request.actor, "grants.run_call", call),
        "may_keep": permissions.check(request.actor, "grants.keep_panel", call),
        "reason": calls.void_reason(call),
        **{f"form_{step}": typed.get(f"form_{step}") or step_form(request, call, step) for step in STEPS},
    }
    status = failed.status if failed is not None else 200
    return render(request, "grants/commission/staff_call.html", context, status=status)


def _received(request: HttpRequest, call: CommissionCall) -> Any:
    """What is in, once the call has closed; whose it is stays shut before."""
    shut = call.state in (CallState.DRAFT, CallState.PUBLISHED)
    return [] if shut else proposals.of_call(request.scope, call)
