"""The forms by which an officer opens a year: one page each, all of one shape."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_http_methods

from portal.accounts.decorators import staff_required
from portal.kernel.forms import OnceForm, keeps_form
from portal.kernel.http import see_other

from .. import actions
from ..forms.chain import ChainForm
from ..forms.papers import PapersForm
from ..forms.programmes import CallForm, CopyForm, PassedForm, ProgrammeForm, TermsForm
from ..models import Menu, Programme
from ..queries import READERS
from .programmes import find_own


def form_page(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A page of one form for the readers of the authority; who may not change it is told so."""
    return keeps_form(require_http_methods(["GET", "POST"])(staff_required(*READERS)(view)))


@form_page
def programme_copy(request: HttpRequest, programme: str) -> HttpResponse:
    """Open another year as a copy."""
    row = find_own(request, programme)
    form = CopyForm(request.POST or None, programme=row, once=request)
    if form.acts(actions.copy_programme, by=request.actor, programme=row):
        messages.success(
            request, "写しを作りました。変わるところを直してから公開します。それまで、外からは見えません。"
        )
        return see_other(form.result)
    lead = (
        "メニュー、型、書類、経費の決まり、科目、募集を、そのまま写します。募集の日は、同じ月日にずらします。"
    )
    return shown(request, row, form, "年度を写す", "写しを作る", lead)


@form_page
def programme_pass_budget(request: HttpRequest, programme: str) -> HttpResponse:
    """Record that the budget passed."""
    row = find_own(request, programme)
    form = PassedForm(request.POST or None, once=request)
    if form.acts(actions.pass_budget, by=request.actor, programme=row):
        messages.success(request, "予算の成立を記録しました。交付決定ができるようになりました。")
        return see_other(row)
    lead = "記録すると、「予算成立前提」の印と注記が消え、交付決定ができるようになります。"
    return shown(request, row, form, "予算の成立を記録する", "記録する", lead)


@form_page
def programme_edit(request: HttpRequest, programme: str) -> HttpResponse:
    """What a draft says about itself."""
    row = find_own(request, programme)
    form = ProgrammeForm(request.POST or None, programme=row, once=request)
    if form.acts(actions.change_programme, by=request.actor, programme=row):
        return saved(request, row)
    return shown(request, row, form, "事業の内容を直す", "保存する")


@form_page
def programme_terms(request: HttpRequest, programme: str, number: int) -> HttpResponse:
    """The terms of a draft's menu."""
    row, menu = own_menu(request, programme, number)
    form = TermsForm(request.POST or None, menu=menu, once=request)
    if form.acts(actions.change_menu, by=request.actor, menu=menu):
        return saved(request, row)
    return shown(request, row, form, f"{menu}の条件を直す", "保存する")


@form_page
def programme_papers(request: HttpRequest, programme: str, number: int) -> HttpResponse:
    """条 and 様式番号 of a menu's papers."""
    row, menu = own_menu(request, programme, number)
    form = PapersForm(request.POST or None, menu=menu, once=request)
    if form.acts(actions.change_papers, by=request.actor, menu=menu):
        return saved(request, row)
    lead = "要綱の条と様式番号を入れます。空の条は「第○条」のままです。公開したあとも入れられます。"
    template = "grants/programme_papers.html"
    return shown(request, row, form, f"{menu}の書類", "保存する", lead, template=template)


@form_page
def programme_chain(request: HttpRequest, programme: str, number: int) -> HttpResponse:
    """Where a menu's decisions are signed, and by whom in which order."""
    row, menu = own_menu(request, programme, number)
    form = ChainForm(request.POST or None, menu=menu, once=request)
    if form.acts(actions.change_chain, by=request.actor, menu=menu):
        return saved(request, row)
    lead = "ここで決裁するときは、上から順に押します。最後の人が押すと、決定と通知が出ます。起案した人は押せません。もう起案したものは、そのときの順のままです。"
    template = "grants/programme_chain.html"
    return shown(request, row, form, f"{menu}の決裁の順", "保存する", lead, template=template)


@form_page
def programme_call_new(request: HttpRequest, programme: str, number: int) -> HttpResponse:
    """Another call under a menu."""
    row, menu = own_menu(request, programme, number)
    form = CallForm(request.POST or None, once=request)
    if form.acts(actions.save_call, by=request.actor, menu=menu):
        return _called(request, row, form)
    return shown(request, row, form, f"{menu}の募集を加える", "募集を加える")


@form_page
def programme_call_edit(request: HttpRequest, programme: str, number: int, pk: UUID) -> HttpResponse:
    """A call of a draft."""
    row, menu = own_menu(request, programme, number)
    call = get_object_or_404(menu.calls, pk=pk)
    form = CallForm(request.POST or None, call=call, once=request)
    if form.acts(actions.save_call, by=request.actor, menu=menu, call=call):
        return _called(request, row, form)
    return shown(request, row, form, f"{menu} {call}を直す", "保存する")


def own_menu(request: HttpRequest, slug: str, number: int) -> tuple[Programme, Menu]:
    row = find_own(request, slug)
    return row, get_object_or_404(
        Menu.objects.select_related("programme__authority"), programme=row, number=number
    )


def saved(request: HttpRequest, row: Programme) -> HttpResponse:
    messages.success(request, "保存しました。")
    return see_other(row)


def _called(request: HttpRequest, row: Programme, form: OnceForm) -> HttpResponse:
    messages.success(request, f"{form.result}を保存しました。締切は{form.result.deadline.label}です。")
    return see_other(row)


def shown(
    request: HttpRequest, row: Programme, form: Any, heading: str, button: str, lead: str = "", *,
    template: str = "grants/programme_form.html",
) -> HttpResponse:  # fmt: skip
    context = {"programme": row, "form": form, "heading": heading, "submit_label": button, "lead": lead}
    return render(request, template, context, status=form.status)
