"""Pages around a missed deadline: the officers' page of a call, and the municipality's wish to be accepted."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from portal.accounts.decorators import staff_required
from portal.areas.site import set_authority
from portal.kernel import clock, permissions
from portal.kernel.forms import OnceForm, keeps_form
from portal.kernel.http import attachment, see_other

from ..actions.starting import type_in
from ..forms import PostButton
from ..models import Admission, Call
from ..queries import READERS
from ..rules import MUNICIPAL
from ..views.common import find_own
from . import actions, queries
from .forms import AdmitForm, AdmitTownForm, AskForm, DeclineForm, ExtendCallForm

ACTS: dict[str, tuple[type[Any], str, str]] = {
    "admit": (AdmitForm, "admit", "受理しました。市町村にメールで知らせます。"),
    "decline": (DeclineForm, "decline", "受理しないことを記録しました。市町村にメールで知らせます。"),
}


@require_safe
@staff_required(*READERS)
def call_relief(request: HttpRequest, pk: UUID) -> HttpResponse:
    """A call's deadline, what happened before it, who asks to be accepted after it."""
    return _page(request, _call(request, pk))


@keeps_form
@require_POST
@staff_required(*READERS)
def call_extend(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Give everybody more time."""
    call = _call(request, pk)
    permissions.require(request.actor, "grants.extend_call", call.menu)
    form = ExtendCallForm(request.POST, at=call.get_extend_url(), once=request)
    if form.acts(actions.extend_call, by=request.actor, call=call):
        messages.success(
            request, f"締切を{call.deadline.label}に延ばしました。すべての市町村にメールで知らせます。"
        )
        return see_other(call.get_relief_url())
    return _page(request, call, extend=form)


@keeps_form
@require_POST
@staff_required(*READERS)
def call_admit(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Accept a file that came late or on paper."""
    call = _call(request, pk)
    permissions.require(request.actor, "grants.extend_call", call.menu)
    form = AdmitTownForm(
        request.POST,
        request.FILES,
        at=call.get_admit_url(),
        towns=queries.towns_of(request.scope, call.menu),
        once=request,
    )
    if form.acts(actions.admit, by=request.actor, call=call):
        messages.success(request, "受理しました。市町村は期限まで、この募集に内容を提出できます。")
        return see_other(call.get_relief_url())
    return _page(request, call, town=form)


@keeps_form
@require_POST
@staff_required(*READERS)
def admission_act(request: HttpRequest, pk: UUID, act: str) -> HttpResponse:
    """Accept what was asked for, or not."""
    if act not in ACTS:
        raise Http404
    admission = get_object_or_404(queries.judged_by(request.scope), pk=pk)
    permissions.require(request.actor, "grants.judge_admission", admission)
    shape, step, said = ACTS[act]
    form = shape(request.POST, at=admission.get_act_url(act), once=request)
    if form.acts(actions.judge_admission, by=request.actor, admission=admission, step=step):
        messages.success(request, said)
        return see_other(admission)
    return _page(request, _call(request, admission.call_id), judged=(admission.pk, act, form))


@require_POST
@staff_required(*READERS)
def admission_type(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Begin to type in what came on paper; begun already: go on with it."""
    admission = get_object_or_404(queries.judged_by(request.scope), pk=pk)
    permissions.require(request.actor, "grants.judge_admission", admission)
    form = PostButton(request.POST, once=request)
    if form.acts(type_in, by=request.actor, admission=admission):
        messages.success(request, "紙の申請書のとおりに、順に入力してください。入力は自動で保存されます。")
        return see_other(form.result.get_edit_url())
    messages.error(request, " ".join(form.non_field_errors()))
    return see_other(admission)


@require_safe
@staff_required(*READERS)
def admission_paper(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The copy of the paper application."""
    admission = get_object_or_404(queries.judged_by(request.scope), pk=pk)
    if admission.paper is None:
        raise Http404
    return attachment(admission.paper)


@keeps_form
@require_http_methods(["GET", "POST"])
@staff_required(*MUNICIPAL)
def application_late(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The municipality asks to be accepted although the call has closed."""
    application = find_own(request, pk)
    if request.method == "GET" and (not application.is_draft or application.call.is_open(clock.now())):
        return redirect(application)
    form = AskForm(request.POST or None, once=request)
    if form.acts(actions.ask_admission, by=request.actor, application=application):
        messages.success(
            request, f"{application.office.name}に申し出ました。判断が出ると、メールで届きます。"
        )
        return see_other(application)
    context = {
        "application": application,
        "form": form,
        "outages": queries.outages_before(application.call),
        "latest": queries.latest(application),
    }
    return render(request, "grants/application_late.html", context, status=form.status)


def _call(request: HttpRequest, pk: UUID) -> Call:
    call = get_object_or_404(queries.calls_of(request.scope), pk=pk)
    set_authority(request, call.menu.programme.authority)
    return call


def _page(
    request: HttpRequest,
    call: Call,
    *,
    extend: OnceForm | None = None,
    town: OnceForm | None = None,
    judged: tuple[UUID, str, OnceForm] | None = None,
) -> HttpResponse:
    failed = extend or town or (judged[2] if judged else None)
    context = {
        "call": call,
        "outages": queries.outages_before(call),
        "rows": [_row(request, row, judged) for row in queries.of_call(call)],
        "form": failed,
        "extend": extend or ExtendCallForm(at=call.get_extend_url(), once=request),
        "town": town
        or AdmitTownForm(
            at=call.get_admit_url(), towns=queries.towns_of(request.scope, call.menu), once=request
        ),
        "accepts": queries.accepts(request.scope, call.menu),
        "may": permissions.check(request.actor, "grants.extend_call", call.menu),
        "is_open": call.is_open(clock.now()),
    }
    return render(request, "grants/call_relief.html", context, status=failed.status if failed else 200)


def _row(
    request: HttpRequest, admission: Admission, judged: tuple[UUID, str, OnceForm] | None
) -> tuple[Admission, dict[str, Any]]:
    """One wish with the forms of who may judge it; what was refused, as it was typed."""
    if not permissions.check(request.actor, "grants.judge_admission", admission):
        return admission, {}
    if admission.is_to_type(clock.now()):
        return admission, {"type": PostButton(at=admission.get_type_url(), once=request)}
    if not admission.is_asked:
        return admission, {}
    forms = {act: shape(at=admission.get_act_url(act), once=request) for act, (shape, _, _) in ACTS.items()}
    if judged is not None and judged[0] == admission.pk:
        forms[judged[1]] = judged[2]
    return admission, forms
